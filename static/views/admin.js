// The admin panel as one file for later.js, with the style sheet that only it needs.
import { wear } from "../lib/style_sheet.js";

export { AdminPanel } from "./admin/panel.js";

/** To be waited for before the panel is shown. */
export const dress = () => wear(new URL("../styles/admin.css", import.meta.url).href);
