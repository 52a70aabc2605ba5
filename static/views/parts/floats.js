// What must stay usable and audible whatever is open: the menu, the toasts, the live regions. A modal dialog makes all
// outside of it inert, so the one on top renders these too.
import { html } from "../../lib/ui.js";
import { Announcer } from "./announcer.js";
import { useGroundLayer } from "./layers.js";
import { MenuHost } from "./menu.js";
import { Toasts } from "./toasts.js";

/** Inside a modal dialog. */
export function Floats() {
  return html`<${MenuHost} /><${Toasts} /><${Announcer} named=${false} />`;
}

/** At the root of the page: the named live regions always, the rest while no dialog is open. */
export function GroundFloats() {
  const isGround = useGroundLayer();
  return html`${isGround && html`<${MenuHost} /><${Toasts} />`}<${Announcer} />`;
}
