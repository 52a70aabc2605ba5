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
  #asked = 0; // how often `start` was called: only the last call's answer counts
  #retryAt = 0;
  #cancelTick = () => {};
  #given = null; // the password just typed, kept only until a forced change needs it once more
  #isHeld = false; // the restriction is lifted, but something has to be read first

  /**
   * `open(user, {ended, restricted})` makes and starts the Chat of somebody who is signed in. `stranger` says that the
   * browser brought no cookie when it asked for the page: then nobody needs to ask who it is. `link` is the one that
   * the page was opened by, as models/link.js reads it; its secret is kept here only, and only until it is used.
   */
  constructor({ http, clock, open, stranger = false, link = null }) {
    this.#http = http;
    this.#stranger = stranger;
    this.#clock = clock;
    this.#open = open;
    this.phase = signal("starting"); // "starting", "sign-in", "link", "restricted", "inside"
    this.config = signal(null);
    this.notice = signal(null); // {code, by}: why the last session is over
    this.trouble = signal(null); // {key: "unreachable" or "full", seconds}: the server does not let anybody in
    this.restriction = signal(null);
    this.last = signal({ form: null, login: "", email: "" }); // what the form begins with
    this.chat = signal(null);
    this.link = signal(link);
    this.visitor = signal(null); // who is signed in while a link is looked at
  }

  /** Finds out where the reader stands; tried again by itself until the server answers. */
  async start() {
    this.#cancelTick();
    const asked = ++this.#asked;
    const [config, me] = await Promise.allSettled([this.#http.get("/config.json"), this.#whoAmI()]);
    if (asked !== this.#asked) return undefined;
    const isOut = me.status === "rejected" && me.reason.code === errorCode.unauthenticated;
    if (config.status === "rejected" || (me.status === "rejected" && !isOut)) {
      return this.#wait(config.status === "rejected" ? config.reason : me.reason);
    }
    batch(() => {
      this.#tries = 0;
      this.trouble.value = null;
      this.config.value = config.value;
      this.visitor.value = isOut ? null : me.value.user;
      if (this.link.value) this.phase.value = "link";
      else if (isOut) this.phase.value = "sign-in";
      else this.#enter(me.value);
    });
    return undefined;
  }

  /** A link was followed in a window that shows the page already. */
  openLink(link) {
    this.chat.peek()?.stop();
    batch(() => {
      this.link.value = link;
      this.phase.value = "starting";
      this.#forget();
    });
    return this.#knock();
  }

  /** Done with the link, or it is worth nothing: on to the chat, or to the sign-in form (`form`) of who is nobody here. */
  leaveLink(form = null) {
    if (form) this.last.value = { ...this.last.value, form };
    this.link.value = null;
    return this.#knock();
  }

  /** As `start`, by a browser that may have got its cookie meanwhile. */
  #knock() {
    this.#stranger = false;
    return this.start();
  }

  #whoAmI() {
    if (!this.#stranger) return this.#http.get("/auth/me");
    return Promise.reject(new Refused({ code: errorCode.unauthenticated })); // what the server would say
  }

  /** Rejects with `Refused`: with `totp_required` where a code is asked for too. */
  async login(login, password, rememberMe, totp = null) {
    const body = { login, password, rememberMe, ...(totp !== null && { totp }) };
    await this.#signIn("password", "/auth/password-login", body, password);
  }

  /** Without a password; only where the server runs for development. */
  async devLogin(email) {
    await this.#signIn("dev", "/auth/dev-login", { email });
  }

  /** `account`: {email, password, userName?, displayName?}. By a link that lets strangers in, if one is open. */
  async register(account) {
    const link = this.link.peek();
    await this.#signIn("password", "/auth/register", link ? { ...account, joinToken: link.token } : account);
  }

  /** A letter with a link to choose a new password, if this is somebody's address: the answer is the same if not. */
  async requestReset(email) {
    await this.#http.post("/auth/request-password-reset", { email });
  }

  /** The password that the open link asks for. Signed in afterwards; may ask for a code as `login` does. */
  async setUpPassword(password, totp = null) {
    const body = { token: this.link.peek().token, password, ...(totp !== null && { totp }) };
    await this.#signIn("password", "/auth/setup-password", body);
  }

  /** The address that the open link was sent to. */
  async verifyEmail() {
    await this.#http.post("/auth/verify-email", { token: this.link.peek().token });
  }

  /** The way out of a restricted session. `current` may be null while the password just typed is still known. */
  async changePassword(current, next) {
    const chat = this.chat.peek();
    await chat.connection.settled(); // it has only just been begun
    await chat.ask(request.meChangePassword, { currentPassword: current ?? this.#given, newPassword: next });
    this.#given = null;
  }

  /** While this holds, a lifted restriction opens nothing: what is shown only once has to be read first. */
  hold(isHeld) {
    this.#isHeld = isHeld;
    if (!isHeld && this.restriction.peek() === null) this.#restrict(null);
  }

  get knowsPassword() {
    return this.#given !== null;
  }

  /** What was just typed at sign-in, as the proof that setting up two-step sign-in takes; null when it is not known. */
  get proof() {
    return this.#given === null ? null : { password: this.#given };
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
    this.link.value = null;
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
      if (kind || !this.#isHeld) this.phase.value = kind ? "restricted" : "inside";
    });
  }

  #ended(how) {
    const { userName, email } = this.chat.peek().me.peek();
    batch(() => {
      const form = this.last.value.form ?? (email ? null : "password"); // without an address only a password opens
      this.last.value = { form, login: userName, email: email ?? "" };
      this.#forget();
      this.notice.value = how;
      this.phase.value = "sign-in";
    });
    this.#refreshConfig();
  }

  #forget() {
    this.#given = null;
    this.#isHeld = false;
    this.chat.value = null;
    this.restriction.value = null;
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
