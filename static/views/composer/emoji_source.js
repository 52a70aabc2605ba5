// The emoji names of vendor/emoji.js, fetched when somebody first needs them and kept. Searching is emoji_index.js.
import { signal } from "../../lib/ui.js";
import { EmojiIndex } from "./emoji_index.js";

/** The index once it is there; reading it in a component draws again when it comes. */
export const emojiIndex = signal(null);

let loading = null;

/** The index; rejects when the file cannot be had now, and the next call tries again. */
export function loadEmoji() {
  loading ??= import("../../vendor/emoji.js").then(
    ({ emoji }) => (emojiIndex.value = new EmojiIndex(emoji)),
    (failure) => {
      loading = null;
      throw failure;
    },
  );
  return loading;
}
