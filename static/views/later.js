// Stand-ins for what is not needed to see and write messages: dialogs, panels, pickers, settings, the admin panel. They
// come as two files, aside.js and admin.js, fetched when the page has become quiet or when somebody is faster than that.
import { html, signal, useEffect } from "../lib/ui.js";

const QUIET_MS = 500;
const aside = part(() => import("./aside.js"));
const administration = part(() => import("./admin.js").then(async (names) => (await names.dress(), names)));

/** One file: `names` is null until it is there. `fetch` rejects without a connection; who asks again then tries again. */
function part(load) {
  const names = signal(null);
  let coming = null;
  const fetch = () =>
    (coming ??= load().then(
      (found) => (names.value = found),
      (error) => {
        coming = null;
        throw error;
      },
    ));
  return { names, fetch };
}

/** Fetches them once messages are on the screen, so that a click finds everything there, also without a connection. */
export function useAsideWhenQuiet({ me }) {
  const { isAdmin } = me.value;
  useEffect(() => {
    const wanted = isAdmin ? [aside, administration] : [aside];
    const waiting = setTimeout(() => wanted.forEach(({ fetch }) => fetch().catch(() => {})), QUIET_MS);
    return () => clearTimeout(waiting);
  }, [isAdmin]);
}

/** The component of this name, from the moment at which it is there. If it cannot be had, what was opened closes. */
function standIn(name, { names, fetch } = aside) {
  return function Later(props) {
    const Component = names.value?.[name];
    useEffect(() => {
      if (!Component) fetch().catch(() => (props.close ?? props.onClose)?.());
    }, []);
    return Component ? html`<${Component} ...${props} />` : props.waiting;
  };
}

export const AddPeople = standIn("AddPeople");
export const AdminPanel = standIn("AdminPanel", administration);
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
  const open = (names) => names.openSettings(section);
  if (aside.names.peek()) open(aside.names.peek());
  else aside.fetch().then(open, () => {});
}

/** The `ask` of a Chat that puts the one more check by itself where the server wants it; without a connection it asks. */
export const provingAsk = (chat) => async (type, payload) => {
  const names = await aside.fetch().catch(() => null);
  return (names ? names.provingAsk(chat) : chat.ask)(type, payload);
};
