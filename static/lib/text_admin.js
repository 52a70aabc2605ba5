// The sentences of the admin panel's frame and of its Users page, which come with it. Those of deeds on people that
// Settings has too are in text_settings.js.
import { addWords } from "./text.js";

addWords({
  // --- the frame
  "panel.label": "Administration",
  "panel.toChat": "Back to chat",
  "panel.menu": "Admin menu",
  "panel.back": "Back",
  "panel.skip": "Skip to the page",
  "panel.number": "{n}",
  "panel.users": "Users",
});
