// What the reader does to messages that are there: reacting at once and taking it back when refused, editing, deleting.
import { Refused } from "./errors.js";
import { request } from "./frames.js";
import { hasReacted, withReaction } from "./message.js";

export class Deeds {
  #ask;
  #me;
  #absorb;
  #patch;
  #restore;
  #refused;

  /**
   * `absorb(messages)` takes states of the server, `patch(message, change)` shows a change that is not confirmed,
   * `restore(message)` the server's state again.
   */
  constructor({ ask, me, absorb, patch, restore, refused }) {
    this.#ask = ask;
    this.#me = me;
    this.#absorb = absorb;
    this.#patch = patch;
    this.#restore = restore;
    this.#refused = refused;
  }

  /** Adds one's own reaction, or takes it back. Shown in the same frame. */
  async react(message, emoji) {
    const me = this.#me.peek().id;
    const on = !hasReacted(message, emoji, me);
    this.#patch(message, (now) => withReaction(now, emoji, me, on));
    try {
      await this.#ask(request.reaction, { messageId: message.id, reaction: emoji, ...(on ? {} : { remove: true }) });
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      this.#restore(message); // which the reaction may be part of, if it was only the answer that was lost
      this.#refused(refused);
    }
  }

  async edit(message, content) {
    const { message: edited } = await this.#ask(request.messageEdit, { messageId: message.id, content });
    this.#absorb([edited]);
    return edited;
  }

  async remove(message) {
    const { message: gone } = await this.#ask(request.messageDelete, { messageId: message.id });
    this.#absorb([gone]);
    return gone;
  }
}
