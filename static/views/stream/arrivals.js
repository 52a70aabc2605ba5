// What came below the screen, counted for the pill, and what was looked at long enough to be read. Telling the server is
// models/open_channel.js.
import { signal } from "../../lib/ui.js";

const READ_AFTER_MS = 1000;
const FAR_SCREENS = 2;

export class Arrivals {
  /** null at the end; else {n}: how many new messages are below, 0 when it is only far. */
  pill = signal(null);
  #list;
  #seen;
  #seenSeq = null; // of the newest message that was on the screen
  #looking = null; // {id, cancel}: what is on the screen now

  /** `seen(messageId)` is called for what was on the screen, in a window that has the focus, for a second. */
  constructor(list, { seen }) {
    this.#list = list;
    this.#seen = seen;
  }

  /** The line's message and all before it count as seen when the list is opened. */
  opened(rows) {
    const line = rows.findIndex((row) => row.kind === "line");
    const known = rows.slice(0, line < 0 ? rows.length : line).findLast((row) => row.message && !row.isRoot);
    this.#seenSeq = known?.message.seq ?? 0;
  }

  /** After each drawing and each scrolling. */
  update() {
    const { viewport } = this.#list;
    const shown = viewport.visible();
    const lowest = shown.findLast(({ row, top, bottom }) => row.message && !row.isRoot && isSeen(top, bottom, viewport.height));
    if (lowest) {
      this.#seenSeq = Math.max(this.#seenSeq, lowest.row.message.seq);
      this.#look(lowest.row.message.id);
    }
    const now = this.#count();
    if (now?.n !== this.pill.peek()?.n) this.pill.value = now;
  }

  /** The window got the focus, or came back: what is on the screen begins to be read. */
  lookAgain() {
    const id = this.#looking?.id;
    this.stop();
    if (id) this.#look(id);
  }

  stop() {
    this.#looking?.cancel();
    this.#looking = null;
  }

  #look(id) {
    if (this.#looking?.id === id) return;
    this.stop();
    const cancel = this.#list.chat.clock.after(READ_AFTER_MS, () => {
      if (this.#list.viewport.isShown && document.hasFocus() && document.visibilityState === "visible") this.#seen(id);
    });
    this.#looking = { id, cancel };
  }

  #count() {
    const { viewport, timeline, chat } = this.#list;
    if (viewport.isAtEnd) return null;
    const messages = timeline.messages.peek();
    const meId = chat.me.peek().id;
    let n = 0;
    for (let at = messages.length - 1; at >= 0 && messages[at].seq > this.#seenSeq; at -= 1) {
      if (messages[at].author.id !== meId && !messages[at].deletedAt) n += 1;
    }
    const isFar = timeline.hasNewer.peek() || viewport.hidden().below > FAR_SCREENS * viewport.height;
    return n > 0 || isFar ? { n } : null;
  }
}

/** A message is seen when its end is on the screen, or when it fills half of it. */
function isSeen(top, bottom, height) {
  return bottom <= height + 2 || top < height / 2;
}
