// What the parts of one list of messages share: which row has the focus, the pointer, the mark, and the deeds that need
// more than the message. The rows themselves are rows.js, where they stand viewport.js.
import { signal } from "../../lib/ui.js";
import { canWrite } from "../../models/channel_rights.js";
import { focusComposer } from "../composer/focus.js";

const TINTED_MS = 1600;
const SCREENS_AHEAD = 2;
const CLEAR_PX = 44; // the day's pill lies over the upper edge

export class List {
  current = signal(null); // the row that is the tab stop
  pointed = signal(null);
  focused = signal(null); // by keyboard: a click does not bring up the tools twice
  held = signal(null); // its tools have something open
  tinted = signal(null);
  picking = signal(null); // {message, anchor} for the emoji picker
  failed = signal("first"); // what was asked for last: "first", "older", "newer"
  hasFocus = false;
  #wanted = null; // the message that is to be visited once it is among the rows
  #focusing = null; // the row that gets the focus once it is in the document

  constructor({ chat, timeline, viewport, redraw }) {
    Object.assign(this, { chat, timeline, viewport, redraw });
    this.threadId = timeline.rootId;
  }

  /** The timelines that show messages of this channel: a root stands in the channel's and is edited from the thread. */
  timelines() {
    const { channelId } = this.timeline;
    return this.threadId === null ? [this.timeline] : [this.timeline, this.chat.timeline(channelId)];
  }

  canWrite() {
    const channel = this.chat.channels.get(this.timeline.channelId);
    return channel !== null && canWrite(channel);
  }

  isActive(key) {
    return this.pointed.value === key || this.focused.value === key || this.held.value === key;
  }

  /** Keeps the tools of the row while something that belongs to them is open; returns the control. */
  hold(key, control) {
    this.held.value = key;
    return control;
  }

  release(key) {
    if (this.held.peek() === key) this.held.value = null;
  }

  pickReaction(message, anchor) {
    this.held.value = anchor.closest("[data-row]")?.dataset.row ?? null;
    this.picking.value = { message, anchor };
  }

  stopPicking() {
    this.picking.value = null;
    this.held.value = null;
  }

  openThread(message) {
    this.chat.open.showThread(message.id);
  }

  jumpTo(messageId) {
    if (this.threadId === null) this.chat.open.jump.value = messageId;
    else this.mark(this.keyOf(messageId));
  }

  /** The text box that belongs to this list. */
  write() {
    return focusComposer(this.threadId === null ? "main" : "thread");
  }

  keyOf(messageId) {
    return this.viewport.rows.find((row) => row.message?.id === messageId)?.key ?? null;
  }

  /** Brings a row to a third of the screen and tints it for a moment. */
  mark(key) {
    if (key === null) return;
    this.viewport.show(key, 1 / 3);
    this.tinted.value = key;
    this.chat.clock.after(TINTED_MS, () => this.tinted.peek() === key && (this.tinted.value = null));
    this.redraw();
  }

  /** The same for a message that may have been loaded this moment, with the focus. */
  visit(messageId) {
    this.#wanted = messageId;
    this.redraw();
  }

  toEnd() {
    this.viewport.toEnd();
    if (this.timeline.hasNewer.peek()) this.timeline.toNewest();
    this.redraw();
  }

  // --- loading -----------------------------------------------------------------------------------------------------

  /** Fetches more before the reader comes to where the messages end. */
  loadMore() {
    const { timeline, viewport } = this;
    if (timeline.loading.peek() !== null || timeline.error.peek() !== null) return;
    const { above, below } = viewport.hidden();
    const near = SCREENS_AHEAD * viewport.height;
    if (above < near && timeline.hasOlder.peek()) this.#load("older");
    else if (below < near && timeline.hasNewer.peek()) this.#load("newer");
  }

  retry() {
    if (!this.timeline.loaded.peek()) this.#load("first");
    else this.#load(this.failed.peek());
  }

  #load(which) {
    const { timeline } = this;
    this.failed.value = which;
    if (which === "first") timeline.load();
    else if (which === "older") timeline.loadOlder();
    else timeline.loadNewer();
  }

  // --- the focus ---------------------------------------------------------------------------------------------------

  /** Gives the focus to a row, bringing it into the document and into view. */
  focusRow(key) {
    if (key === null) return;
    this.current.value = key;
    const element = this.viewport.elementOf(key);
    if (!element) {
      this.viewport.show(key, 1 / 3);
      this.#focusing = key;
      this.redraw();
      return;
    }
    element.focus({ preventScroll: true });
    this.viewport.reveal(element, CLEAR_PX);
  }

  /** The list itself got the focus, by F6 or because a row with the focus left: it goes to a message. */
  enter() {
    const key = this.current.peek();
    const element = key && this.viewport.elementOf(key);
    if (element) element.focus({ preventScroll: true });
  }

  /** After each drawing: the row that was waited for, or a tab stop that is in the document. */
  settleFocus() {
    const wanted = this.#wanted && this.keyOf(this.#wanted);
    if (wanted) {
      this.#wanted = null;
      this.#focusing = wanted;
      this.mark(wanted);
      return;
    }
    const element = this.#focusing && this.viewport.elementOf(this.#focusing);
    if (element) {
      this.#focusing = null;
      element.focus({ preventScroll: true });
      this.viewport.reveal(element, CLEAR_PX);
    } else if (!this.current.peek() || !this.viewport.elementOf(this.current.peek())) {
      this.current.value = this.nearest();
      if (this.hasFocus && document.activeElement === document.body) this.focusRow(this.current.peek());
    }
  }

  /** The lowest message that is wholly on the screen, or any on it. */
  nearest() {
    const shown = this.viewport.visible().filter(({ row }) => row.kind === "message");
    return (shown.findLast(({ bottom }) => bottom <= this.viewport.height) ?? shown.at(-1))?.row.key ?? null;
  }

  reveal(message) {
    const element = this.viewport.elementOf(this.keyOf(message.id));
    if (element) this.viewport.reveal(element, CLEAR_PX);
    else this.mark(this.keyOf(message.id));
  }

  afterEditing() {
    if (!this.write()) this.focusRow(this.current.peek());
  }
}
