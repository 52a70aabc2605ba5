// What few need at the door, as one file for later.js. What the sign-in form needs is not imported from here.
import "../../lib/text_door.js";
export { CodeStep } from "./code_step.js";
export { ForgotForm } from "./forgot_form.js";
export { LinkPage } from "./link_page.js";
export { RegisterForm } from "./register_form.js";
export { Restricted } from "./restricted.js";
