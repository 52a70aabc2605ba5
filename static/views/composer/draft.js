// Keeps what is being written while it is written: soon after each stroke, and at once when the page or the channel goes.
// Where drafts are kept is models/drafts.js.
import { useEffect, useMemo } from "../../lib/ui.js";
import { useChat } from "../context.js";

const QUIET_MS = 400;

/** The draft of `key`: {text} as it was found, `keep(text)`, and `drop()` once it was sent. */
export function useDraft(key) {
  const { drafts, clock } = useChat();
  const draft = useMemo(() => new Draft({ drafts, clock, key }), [key]);
  useEffect(() => {
    const flush = () => draft.flush();
    const onHidden = () => document.visibilityState === "hidden" && flush();
    window.addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", onHidden);
    return () => {
      window.removeEventListener("pagehide", flush);
      document.removeEventListener("visibilitychange", onHidden);
      flush();
    };
  }, [draft]);
  return draft;
}

class Draft {
  #drafts;
  #clock;
  #key;
  #unkept = null; // a tab that wrote nothing must not put its old text over what another tab wrote
  #cancel = null;

  constructor({ drafts, clock, key }) {
    this.#drafts = drafts;
    this.#clock = clock;
    this.#key = key;
    this.text = drafts.get(key);
  }

  keep(text) {
    this.text = text;
    this.#unkept = text;
    this.#cancel?.();
    this.#cancel = this.#clock.after(QUIET_MS, () => this.flush());
  }

  drop() {
    this.keep("");
    this.flush();
  }

  flush() {
    this.#cancel?.();
    this.#cancel = null;
    if (this.#unkept !== null) this.#drafts.set(this.#key, this.#unkept);
    this.#unkept = null;
  }
}
