// A network that does everything PROTOCOL.md lets happen: it loses, repeats, delays and reorders events that have a
// `seq`, delays replies, and breaks connections. All other events come in order and at once, as the server promises.

const DROPPED = 0.06;
const REPEATED = 0.08;
const DELAYED = 0.15;
const REPLIES_DELAYED = 0.3;
const WINDOW_MS = 90;

export class Chaos {
  #chance;
  #url;
  #isUp;
  #socket = null;
  #blockedUntil = 0;
  isOn = true;
  happened = { dropped: 0, repeated: 0, delayed: 0, cut: 0, muted: 0 };

  /**
   * `isUp()` says whether the page has the whole state. Until then no event is touched: a client may rely on hearing
   * every one from `hello` on, and only a `seq` behind the state's tells it of a loss.
   */
  constructor({ chance, url, isUp }) {
    this.#chance = chance;
    this.#url = url;
    this.#isUp = isUp;
  }

  connect = () => {
    this.#socket = new ChaoticSocket(performance.now() < this.#blockedUntil ? null : new WebSocket(this.#url), this);
    return this.#socket;
  };

  /** The connection breaks; for `ms` no other one is made. */
  cut(ms) {
    this.happened.cut += 1;
    this.#blockedUntil = performance.now() + ms;
    this.#socket?.break();
  }

  /** The other way round: first nothing comes any more, while what is sent still arrives; then it breaks. */
  mute(ms) {
    this.happened.muted += 1;
    const socket = this.#socket;
    socket?.mute();
    setTimeout(() => socket?.break(), ms);
  }

  /** When this frame arrives: one time for each time that it does. */
  arrivals(frame) {
    const now = [0];
    if (!this.isOn) return now;
    const later = () => [this.#chance.between(1, WINDOW_MS)];
    if (frame.type === "reply") return this.#chance.happens(REPLIES_DELAYED) ? later() : now;
    if (typeof frame.seq !== "number" || !this.#isUp()) return now;
    if (this.#chance.happens(DROPPED)) return this.#count("dropped", []);
    if (this.#chance.happens(REPEATED)) return this.#count("repeated", [0, ...later()]);
    return this.#chance.happens(DELAYED) ? this.#count("delayed", later()) : now;
  }

  #count(what, times) {
    this.happened[what] += 1;
    return times;
  }
}

/** A WebSocket as lib/socket.js uses it. */
class ChaoticSocket {
  #ws;
  #listeners = { message: [], close: [] };
  #isMuted = false;
  #isOver = false;

  constructor(ws, chaos) {
    this.#ws = ws;
    if (!ws) return void setTimeout(() => this.#end(1006), 5);
    ws.addEventListener("message", ({ data }) => this.#heard(data, chaos));
    ws.addEventListener("close", ({ code }) => this.#end(code));
  }

  get readyState() {
    return this.#isOver ? 3 : (this.#ws?.readyState ?? 0);
  }

  addEventListener(name, listener) {
    this.#listeners[name].push(listener);
  }

  send(text) {
    this.#ws.send(text);
  }

  close() {
    this.#ws?.close();
  }

  mute() {
    this.#isMuted = true;
  }

  break() {
    this.#ws?.close();
    this.#end(1006);
  }

  #heard(data, chaos) {
    for (const ms of chaos.arrivals(JSON.parse(data))) {
      if (ms === 0) this.#tell(data);
      else setTimeout(() => this.#tell(data), ms);
    }
  }

  #tell(data) {
    if (this.#isOver || this.#isMuted) return;
    for (const listener of this.#listeners.message) listener({ data });
  }

  #end(code) {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const listener of this.#listeners.close) listener({ code, reason: "" });
  }
}
