// The whole page: which of its five faces is shown. What each looks like is in door/ and shell/.
import { html, useLayoutEffect } from "../lib/ui.js";
import { useAnnouncements } from "./announcements.js";
import { ChatContext, DoorContext, useChat } from "./context.js";
import { LinkPage, Restricted } from "./door/later.js";
import { SignIn } from "./door/sign_in.js";
import { Starting } from "./door/starting.js";
import { closeAllDialogs, closeMenu, DialogHost, GroundFloats } from "./parts/parts.js";
import { Shell } from "./shell/shell.js";

const faces = { starting: Starting, "sign-in": SignIn, link: LinkPage, restricted: Restricted, inside: Shell };

export function App({ door }) {
  const phase = door.phase.value;
  const isInside = phase === "inside";
  return html`<${DoorContext.Provider} value=${door}>
    <${ChatContext.Provider} value=${door.chat.value}>
      <${faces[phase]} key=${phase} door=${isInside ? undefined : door} />
      ${isInside && html`<${Inside} />`}
      ${phase === "restricted" && html`<${Dialogs} />`}
      <${GroundFloats} />
    <//>
  <//>`;
}

function Inside() {
  useAnnouncements(useChat());
  return html`<${Dialogs} />`;
}

/** What of a session may stand on the screen ends with it, and with its being restricted. */
function Dialogs() {
  useLayoutEffect(() => () => {
    closeMenu();
    closeAllDialogs();
  }, []);
  return html`<${DialogHost} />`;
}
