// Stand-ins for what is not needed to see and write messages: dialogs, panels, pickers, settings. All of it is one file,
// aside.js, fetched when the page has become quiet or when somebody is faster than that.
import { html, signal, useEffect } from "../lib/ui.js";

const QUIET_MS = 500;
const aside = signal(null);
let coming = null;

/** Rejects without a connection; who asks again then tries again. */
function fetchAside() {
  coming ??= import("./aside.js").then(
    (found) => (aside.value = found),
    (error) => {
      coming = null;
      throw error;
    },
  );
  return coming;
}

/** Fetches it once messages are on the screen, so that a click finds everything there, also without a connection. */
export function useAsideWhenQuiet() {
  useEffect(() => {
    const waiting = setTimeout(() => fetchAside().catch(() => {}), QUIET_MS);
    return () => clearTimeout(waiting);
  }, []);
}

/** The component of this name, from the moment at which it is there. If it cannot be had, what was opened closes. */
function standIn(name) {
  return function Later(props) {
    const Component = aside.value?.[name];
    useEffect(() => {
      if (!Component) fetchAside().catch(() => (props.close ?? props.onClose)?.());
    }, []);
    return Component ? html`<${Component} ...${props} />` : null;
  };
}

export const AddPeople = standIn("AddPeople");
export const BrowseChannels = standIn("BrowseChannels");
export const CreateChannel = standIn("CreateChannel");
export const EditChannel = standIn("EditChannel");
export const EmojiPicker = standIn("EmojiPicker");
export const ExitServer = standIn("ExitServer");
export const KeyboardMap = standIn("KeyboardMap");
export const MembersPanel = standIn("MembersPanel");
export const NewDirect = standIn("NewDirect");
export const SetStatus = standIn("SetStatus");
export const Switcher = standIn("Switcher");
export const ThreadPanel = standIn("ThreadPanel");

/** Opens Settings at `section`, or goes there when it is open already. */
export function openSettings(section) {
  if (aside.peek()) aside.peek().openSettings(section);
  else fetchAside().then((found) => found.openSettings(section), () => {});
}
