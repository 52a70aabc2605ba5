// The connection to the server and how it comes back: tries, waits, and what is said about it meanwhile. What is asked
// for after `hello` is decided by its owner (chat.js).
import { batch, effect, signal } from "../vendor/signals-core.js";
import { Socket } from "../lib/socket.js";
import { OFFLINE, Refused } from "./errors.js";
import { closeCode, request } from "./frames.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const HANDSHAKE_MS = 15_000;
const QUIET_MS = 1000; // a loss shorter than this is not spoken of
const WORTH_A_WORD_MS = 5000; // after a banner that stood this long the return is told
const BACK_SHOWN_MS = 2000;
const ANSWER_MS = 5000; // a connection that does not answer a ping for this long is dead
const RESTART_MS = 60_000; // a server that said it restarts is believed for this long
const PROXY_REFUSALS = 3; // signed in, and yet refused this often in a row: something between refuses the upgrade
const TERMINAL = 4500;

const BANNER_OF = {
  [closeCode.restart]: "restart",
  [closeCode.slowConsumer]: "slow",
  [closeCode.heartbeatTimeout]: "silent",
  [closeCode.flooding]: "flooding",
};

export class Connection {
  #connect;
  #whoAmI;
  #network;
  #clock;
  #random;
  #hooks;
  #socket = null;
  #greeted = false; // `hello` has come on this socket
  #bye = null;
  #tries = 0;
  #refusals = 0;
  #lostAt = null;
  #retryAt = null;
  #reason = "lost";
  #timers = new Map(); // name -> cancel

  /**
   * `connect()` makes a WebSocket; `whoAmI()` resolves to `{status, retryAfterMs}` of GET /auth/me, 0 when there is no
   * answer; `network` has `online()` and `onChange(fn)`. Hooks: `hello(payload)` resolves when everything missed is
   * applied, `frame(frame)` gets the events, `up()`, `down()`, and `ended({code, by})` once, for good.
   */
  constructor({ connect, whoAmI, network, clock, random, hooks }) {
    this.#connect = connect;
    this.#whoAmI = whoAmI;
    this.#network = network;
    this.#clock = clock;
    this.#random = random;
    this.#hooks = hooks;
    this.state = signal("connecting");
    this.banner = signal(null);
    network.onChange(() => {
      if (network.online()) this.tryNow();
      else this.check();
      this.#draw();
    });
  }

  start() {
    this.#attempt();
  }

  /** One request; rejects with `Refused`, code "offline" where there is no connection. */
  request(type, payload) {
    if (!this.#socket || !this.#greeted) return Promise.reject(new Refused({ code: OFFLINE }));
    return this.#socket.request(type, payload);
  }

  /** Resolves when the attempt under way, if there is one, has led to a connection or to none. */
  async settled() {
    if (this.state.peek() !== "connecting") return;
    await new Promise((resolve) => {
      const stop = effect(() => void (this.state.value !== "connecting" && queueMicrotask(() => resolve(stop()))));
    });
  }

  tryNow() {
    if (this.state.peek() === "down") this.#attempt();
    else this.check();
  }

  /** Makes sure that the connection is alive; one that does not answer is given up. */
  async check() {
    const socket = this.#socket;
    if (!socket || !this.#greeted || this.#timers.has("answer")) return;
    this.#after("answer", ANSWER_MS, () => socket === this.#socket && this.#giveUp("silent"));
    await socket.request(request.ping).catch(() => {});
    if (socket === this.#socket) this.#cancel("answer");
  }

  /** Ends it from this side, without a word. */
  stop() {
    this.state.value = "ended";
    for (const name of [...this.#timers.keys()]) this.#cancel(name);
    const socket = this.#socket;
    this.#socket = null;
    socket?.drop();
  }

  #attempt() {
    if (this.state.peek() === "ended" || this.#socket) return;
    this.#cancel("retry");
    this.#greeted = false;
    this.#bye = null;
    this.#retryAt = null;
    this.state.value = "connecting";
    const socket = new Socket(this.#connect(), {
      onFrame: (frame) => socket === this.#socket && this.#heard(frame),
      onClose: (how) => socket === this.#socket && this.#closed(how),
    });
    this.#socket = socket;
    this.#after("handshake", HANDSHAKE_MS, () => this.#giveUp("lost"));
    this.#draw();
  }

  #heard(frame) {
    if (frame.type === "hello") this.#hello(frame.payload);
    else if (frame.type === "bye") this.#bye = frame.payload;
    else this.#hooks.frame(frame);
  }

  async #hello(hello) {
    const socket = this.#socket;
    this.#cancel("handshake");
    this.#greeted = true;
    this.#listen(hello.heartbeatSeconds * 1000);
    try {
      await this.#hooks.hello(hello);
    } catch (refused) {
      if (socket !== this.#socket) return;
      if (!(refused instanceof Refused)) throw refused;
      return void this.#giveUp("lost", refused.retryAfterMs);
    }
    if (socket === this.#socket) this.#up();
  }

  #up() {
    const lasted = this.#lostAt === null ? 0 : this.#clock.now() - this.#lostAt;
    this.#tries = this.#refusals = 0;
    this.#lostAt = null;
    this.#reason = "lost";
    this.#cancel("tick");
    batch(() => {
      this.state.value = "up";
      this.banner.value = lasted >= WORTH_A_WORD_MS ? { key: "back", seconds: null } : null;
    });
    if (lasted >= WORTH_A_WORD_MS) this.#after("back", BACK_SHOWN_MS, () => this.#draw());
    this.#hooks.up();
  }

  /** The server's pings do not reach scripts: when nothing at all has come for a beat, a request asks. */
  #listen(beatMs) {
    const heard = this.#socket?.heardAt;
    this.#after("beat", beatMs, () => {
      if (this.#socket?.heardAt === heard) this.check();
      this.#listen(beatMs);
    });
  }

  #giveUp(reason, afterMs = null) {
    const socket = this.#socket;
    this.#socket = null;
    socket?.drop();
    this.#retry(reason, afterMs);
  }

  async #closed({ code }) {
    const [bye, greeted] = [this.#bye, this.#greeted];
    this.#socket = null;
    if (bye?.reconnect === false || (bye?.code ?? code) >= TERMINAL) {
      return this.#end({ code: bye?.code ?? code, by: bye?.by ?? null });
    }
    if (greeted) return this.#retry(BANNER_OF[bye?.code ?? code] ?? "lost", bye?.reconnectAfterMs ?? null);
    this.#lose("lost");
    const { status, retryAfterMs } = await this.#whoAmI();
    if (this.state.peek() === "ended") return undefined;
    if (status === 401) return this.#end({ code: closeCode.sessionExpired, by: null });
    if (status === 503) return this.#retry("full", retryAfterMs);
    this.#refusals = status === 200 ? this.#refusals + 1 : 0;
    return this.#retry(this.#refusals >= PROXY_REFUSALS ? "proxy" : "lost", null);
  }

  #end(how) {
    this.stop();
    this.banner.value = null;
    this.#hooks.ended(how);
  }

  #lose(reason) {
    for (const name of ["handshake", "answer", "beat", "back"]) this.#cancel(name);
    this.#lostAt ??= this.#clock.now();
    const restarts = this.#reason === "restart" && this.#clock.now() - this.#lostAt < RESTART_MS;
    if (reason !== "lost" || !restarts) this.#reason = reason; // that nobody answers meanwhile is no news
    if (this.state.peek() !== "up") return;
    this.banner.value = null;
    this.#hooks.down();
  }

  /** Full jitter: anything between nothing and a bound that doubles, so that many do not come back at once. */
  #retry(reason, afterMs) {
    if (this.state.peek() === "ended") return;
    this.#lose(reason);
    const bound = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#tries);
    this.#tries += 1;
    const wait = afterMs ?? Math.max(FIRST_WAIT_MS * this.#random(), bound * this.#random());
    this.#retryAt = this.#clock.now() + wait;
    this.state.value = "down";
    this.#after("retry", wait, () => this.#attempt());
    this.#draw();
    this.#tick();
  }

  #tick() {
    const next = this.#clock.now() - this.#lostAt < QUIET_MS ? QUIET_MS - (this.#clock.now() - this.#lostAt) : 1000;
    this.#after("tick", next, () => {
      this.#draw();
      this.#tick();
    });
  }

  #draw() {
    if (this.state.peek() === "ended" || this.#timers.has("back")) return;
    if (this.state.peek() === "up") this.banner.value = null;
    else if (!this.#network.online()) this.banner.value = { key: "offline", seconds: null };
    else if (this.#lostAt !== null && this.#clock.now() - this.#lostAt >= QUIET_MS) this.banner.value = this.#wait();
  }

  #wait() {
    const seconds = this.#retryAt === null ? 0 : Math.max(0, Math.ceil((this.#retryAt - this.#clock.now()) / 1000));
    return { key: this.#reason, seconds };
  }

  #after(name, ms, deed) {
    this.#cancel(name);
    const run = () => (this.#timers.delete(name), deed());
    this.#timers.set(name, this.#clock.after(ms, run));
  }

  #cancel(name) {
    this.#timers.get(name)?.();
    this.#timers.delete(name);
  }
}
