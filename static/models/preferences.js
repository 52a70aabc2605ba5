// What the reader chose for this device: look, notifications, keys, emoji. What an account is set to is the server's.
import { effect, signal } from "../vendor/signals-core.js";

const RECENT_EMOJI_MOST = 24;

/** How each is read from what is stored, which may be anything. */
const flags = { notifications: (stored) => stored === true, sounds: (stored) => stored === true, letterKeys: (stored) => stored !== false };

export class Preferences {
  #storage;

  /** `storage` is this device's, shared by everybody who signs in here. Setting a signal is enough to have it kept. */
  constructor({ storage }) {
    this.#storage = storage;
    this.theme = signal("system"); // "system", "light", "dark"
    this.notifications = signal(false);
    this.sounds = signal(false);
    this.letterKeys = signal(true);
    this.recentEmoji = signal([]); // newest first
    this.reread();
    effect(() => this.#keepTheme(this.theme.value));
    for (const name of [...Object.keys(flags), "recentEmoji"]) effect(() => this.#keep(name, this[name].value));
  }

  /** Takes over what is stored; also when another tab changed it. */
  reread() {
    const theme = this.#storage.getText("theme");
    this.theme.value = theme === "light" || theme === "dark" ? theme : "system";
    for (const [name, read] of Object.entries(flags)) this[name].value = read(this.#storage.get(name));
    const emoji = this.#storage.get("recentEmoji");
    this.recentEmoji.value = Array.isArray(emoji) ? emoji.filter((one) => typeof one === "string") : [];
  }

  usedEmoji(emoji) {
    const others = this.recentEmoji.value.filter((other) => other !== emoji);
    this.recentEmoji.value = [emoji, ...others].slice(0, RECENT_EMOJI_MOST);
  }

  /** Plain text, not JSON, and nothing for the system's: a script in the page's head reads it before anything is drawn. */
  #keepTheme(theme) {
    if (theme === "system") this.#storage.remove("theme");
    else if (this.#storage.getText("theme") !== theme) this.#storage.setText("theme", theme);
  }

  #keep(name, value) {
    const before = this.#storage.get(name);
    if (JSON.stringify(before) !== JSON.stringify(value)) this.#storage.set(name, value);
  }
}
