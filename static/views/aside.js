// What comes after the first paint, as one file for later.js. What the first paint needs is not imported from here.
import "../lib/text_aside.js";
export { EmojiPicker } from "./composer/emoji_picker.js";
export { provingAsk } from "./settings/one_more_check.js";
export { openSettings } from "./settings/settings.js";
export { AddPeople } from "./shell/add_people.js";
export { BrowseChannels } from "./shell/browse_channels.js";
export { CreateChannel } from "./shell/create_channel.js";
export { EditChannel } from "./shell/edit_channel.js";
export { ExitServer } from "./shell/exit_server.js";
export { KeyboardMap } from "./shell/keyboard_map.js";
export { MembersPanel } from "./shell/members_panel.js";
export { NewDirect } from "./shell/new_direct.js";
export { SetStatus } from "./shell/set_status.js";
export { Switcher } from "./shell/switcher.js";
export { ThreadPanel } from "./stream/thread_panel.js";
