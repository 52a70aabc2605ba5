// Everything that views are put together from, in one place to import from. Nothing is made here.
export { Announcer } from "./announcer.js";
export { Button, IconButton } from "./button.js";
export { Check, Segments, Switch } from "./choice.js";
export { confirm } from "./confirm.js";
export { closeAllDialogs, Dialog, DialogHost, openDialog } from "./dialog.js";
export { Field, FieldError, Select } from "./field.js";
export { GroundFloats } from "./floats.js";
export { firstOf, isReachable, rememberFocus } from "./focus.js";
export { Icon, Mark } from "./icon.js";
export { isDialogOpen } from "./layers.js";
export { closeMenu, openMenu } from "./menu.js";
export { PasswordField, PasswordRules } from "./password.js";
export { Avatar, nameOf, PersonName, PresenceWord } from "./person.js";
export { Popover } from "./popover.js";
export { walk } from "./roving.js";
export { Empty, Notice, Skeleton } from "./states.js";
export { Time } from "./time.js";
export { Toasts } from "./toasts.js";
