// One's own tokens and bots, fresh while somebody looks at them. Those of the whole server are the admin panel's.
import { batch, computed, signal } from "../vendor/signals-core.js";
import { request } from "./frames.js";
import { KeptFresh } from "./kept_fresh.js";

const LOOK_MS = 10_000; // they come and go without an event of their own

export class OwnKeys {
  #ask;
  #fresh;

  constructor({ ask, clock }) {
    this.#ask = ask;
    this.#fresh = new KeptFresh({
      look: () => this.#look(),
      show: (found) => this.#show(found),
      clock,
      everyMs: LOOK_MS,
    });
    this.all = signal(null); // every token, of oneself and of one's bots; null until the first answer
    this.bots = signal(null);
    this.error = this.#fresh.error;
    this.tokens = computed(() => this.all.value?.filter(({ kind }) => kind === "personal") ?? null);
  }

  /** The tokens of one bot. Reactive. */
  tokensOf(botId) {
    return (this.all.value ?? []).filter(({ userId }) => userId === botId);
  }

  /** Looks now, and then again and again until `close`. Never rejects. */
  open() {
    return this.#fresh.open();
  }

  close() {
    this.#fresh.close();
  }

  #look() {
    return Promise.all([this.#ask(request.tokenList, {}), this.#ask(request.botList, { limit: 200 })]);
  }

  #show([{ tokens }, { bots }]) {
    batch(() => {
      this.all.value = tokens;
      this.bots.value = bots;
      this.error.value = null;
    });
  }

  /** Makes a token for oneself, or for a bot; the reply has its secret. Rejects with Refused. */
  async make({ botId, ...payload }) {
    const made = await this.#ask(request.tokenCreate, { ...payload, ...(botId && { botId }) });
    this.open();
    return made;
  }

  /** Ends a token; it leaves the list at once. Rejects with Refused. */
  async revoke(tokenId) {
    await this.#ask(request.tokenRevoke, { tokenId });
    this.all.value = (this.all.peek() ?? []).filter(({ id }) => id !== tokenId);
    this.open();
  }

  /** Removes a bot of one's own with its tokens. Rejects with Refused. */
  async removeBot(botId) {
    await this.#ask(request.botRemove, { botId });
    batch(() => {
      this.bots.value = (this.bots.peek() ?? []).filter(({ id }) => id !== botId);
      this.all.value = (this.all.peek() ?? []).filter(({ userId }) => userId !== botId);
    });
    this.open();
  }
}
