// The way in and out: who is signed in here, and if nobody is, why. Signs in by the cookie only; tokens are not kept.
// What happens inside is the Chat's.
import { batch, signal } from "../vendor/signals-core.js";
import { Refused } from "./errors.js";
import { errorCode, request } from "./frames.js";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
const TICK_MS = 1000;

export class Door {
  #http;
  #clock;
  #open;
  #stranger;
  #tries = 0;
  #retryAt = 0;
  #cancelTick = () => {};
  #given = null; // the password just typed, kept only until a forced change needs it once more

  /**
   * `open(user, {ended, restricted})` makes and starts the Chat of somebody who is signed in. `stranger` says that the
   * browser brought no cookie when it asked for the page: then nobody needs to ask who it is.
   */
  constructor({ http, clock, open, stranger = false }) {
    this.#http = http;
    this.#stranger = stranger;
    this.#clock = clock;
    this.#open = open;
    this.phase = signal("starting"); // "starting", "sign-in", "restricted", "inside"
    this.config = signal(null);
    this.notice = signal(null); // {code, by}: why the last session is over
    this.trouble = signal(null); // {key: "unreachable" or "full", seconds}: the server does not let anybody in
    this.restriction = signal(null);
    this.last = signal({ form: null, login: "", email: "" }); // what the form begins with
    this.chat = signal(null);
  }

  /** Finds out where the reader stands; tried again by itself until the server answers. */
  async start() {
    this.#cancelTick();
    const [config, me] = await Promise.allSettled([this.#http.get("/config.json"), this.#whoAmI()]);
    const isOut = me.status === "rejected" && me.reason.code === errorCode.unauthenticated;
    if (config.status === "rejected" || (me.status === "rejected" && !isOut)) {
      return this.#wait(config.status === "rejected" ? config.reason : me.reason);
    }
    batch(() => {
      this.#tries = 0;
      this.trouble.value = null;
      this.config.value = config.value;
      if (isOut) this.phase.value = "sign-in";
      else this.#enter(me.value);
    });
    return undefined;
  }

  #whoAmI() {
    if (!this.#stranger) return this.#http.get("/auth/me");
    return Promise.reject(new Refused({ code: errorCode.unauthenticated })); // what the server would say
  }

  /** Rejects with `Refused`. */
  async login(login, password, rememberMe) {
    await this.#signIn("password", "/auth/password-login", { login, password, rememberMe }, password);
  }

  /** Without a password; only where the server runs for development. */
  async devLogin(email) {
    await this.#signIn("dev", "/auth/dev-login", { email });
  }

  /** `account`: {email, password, userName?, displayName?}. Signed in afterwards. */
  async register(account) {
    await this.#signIn("password", "/auth/register", account);
  }

  /** The way out of a restricted session. `current` may be null while the password just typed is still known. */
  async changePassword(current, next) {
    const chat = this.chat.peek();
    await chat.connection.settled(); // it has only just been begun
    await chat.ask(request.meChangePassword, { currentPassword: current ?? this.#given, newPassword: next });
    this.#given = null;
  }

  get knowsPassword() {
    return this.#given !== null;
  }

  async signOut() {
    await this.chat.peek().signOut();
  }

  dismissNotice() {
    this.notice.value = null;
  }

  /** Answers to a sign-in carry tokens: they are for programs and are dropped here. */
  async #signIn(form, path, body, password = null) {
    await this.#http.post(path, body);
    const me = await this.#http.get("/auth/me").catch((refused) => {
      throw refused.code === errorCode.unauthenticated ? new Refused({ code: "cookies" }) : refused;
    });
    this.#given = me.restricted ? password : null;
    this.last.value = { ...this.last.value, form };
    this.#enter(me);
  }

  #enter({ user, restricted = null }) {
    const chat = this.#open(user, {
      ended: (how) => this.#ended(how),
      restricted: (kind) => this.#restrict(kind),
    });
    batch(() => {
      this.notice.value = null;
      this.chat.value = chat;
      this.#restrict(restricted);
    });
    chat.start();
  }

  #restrict(kind) {
    batch(() => {
      this.restriction.value = kind;
      this.phase.value = kind ? "restricted" : "inside";
    });
  }

  #ended(how) {
    const { userName, email } = this.chat.peek().me.peek();
    this.#given = null;
    batch(() => {
      const form = this.last.value.form ?? (email ? null : "password"); // without an address only a password opens
      this.last.value = { form, login: userName, email: email ?? "" };
      this.chat.value = null;
      this.restriction.value = null;
      this.notice.value = how;
      this.phase.value = "sign-in";
    });
    this.#refreshConfig();
  }

  /** The form shows what holds now: a name or a rule may have changed since the page was loaded. */
  async #refreshConfig() {
    try {
      this.config.value = await this.#http.get("/config.json");
    } catch {
      // What is known is shown; signing in will say what is wrong.
    }
  }

  #wait({ code, retryAfterMs }) {
    const own = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#tries);
    this.#tries += 1;
    this.#retryAt = this.#clock.now() + (retryAfterMs ?? own);
    const isThere = code !== "offline" && code !== "lost";
    this.#tick(isThere ? "full" : "unreachable");
  }

  #tick(key) {
    const left = this.#retryAt - this.#clock.now();
    this.trouble.value = { key, seconds: Math.max(0, Math.ceil(left / 1000)) };
    this.#cancelTick = this.#clock.after(Math.max(0, Math.min(TICK_MS, left)), () => (left > 0 ? this.#tick(key) : this.start()));
  }
}
