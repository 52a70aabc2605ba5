// Requests over HTTP to this page's own server: JSON or a file in, JSON or `Refused` out. Which paths there are is not
// known here.
import { Refused } from "./refused.js";

const TIMEOUT_MS = 15_000;

export class Http {
  #fetch;
  #timeoutMs;

  constructor({ fetch = globalThis.fetch.bind(globalThis), timeoutMs = TIMEOUT_MS } = {}) {
    this.#fetch = fetch;
    this.#timeoutMs = timeoutMs;
  }

  get(path) {
    return this.#ask("GET", path);
  }

  post(path, body = {}) {
    return this.#ask("POST", path, body);
  }

  /** `file` is a Blob, sent as it is. */
  put(path, file) {
    return this.#ask("PUT", path, file);
  }

  delete(path) {
    return this.#ask("DELETE", path);
  }

  async #ask(method, path, body) {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), this.#timeoutMs);
    try {
      const response = await this.#fetch(path, {
        method,
        signal: giveUp.signal,
        cache: "no-store",
        credentials: "same-origin",
        redirect: "error",
        ...(body && sent(body)),
      });
      return await this.#read(response);
    } catch (error) {
      if (error instanceof Refused) throw error;
      throw new Refused({ code: giveUp.signal.aborted ? "lost" : "offline" });
    } finally {
      clearTimeout(timer);
    }
  }

  async #read(response) {
    const text = await response.text();
    const body = parsed(text);
    if (response.ok && body) return body;
    throw new Refused({
      code: body?.code ?? codeOfStatus(response.status),
      message: body?.error ?? "",
      field: body?.field ?? null,
      retryAfterMs: body?.retryAfterMs ?? secondsToMs(response.headers.get("Retry-After")),
    });
  }
}

function sent(body) {
  if (body instanceof Blob) return { headers: { "Content-Type": body.type || "application/octet-stream" }, body };
  return { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

function parsed(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" ? value : null;
  } catch {
    return null; // a proxy's page of its own
  }
}

/** Something between the page and the server answered: what comes closest. */
function codeOfStatus(status) {
  if (status === 401) return "unauthenticated";
  if (status === 403) return "forbidden";
  if (status === 404) return "not_found";
  if (status === 429) return "rate_limited";
  return "unavailable";
}

function secondsToMs(header) {
  const seconds = Number.parseInt(header ?? "", 10);
  return Number.isNaN(seconds) ? null : seconds * 1000;
}
