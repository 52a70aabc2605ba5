// What would be lost by leaving a page or a dialog, and the question before that. How it is asked is the view's.

export class Unsaved {
  #questions = new Set();
  #isAsking = false;

  /** From now on `ask()` comes before leaving, and resolves with whether it may be lost; returns the end of it. */
  hold(ask) {
    this.#questions.add(ask);
    return () => this.#questions.delete(ask);
  }

  get isHeld() {
    return this.#questions.size > 0;
  }

  /** Asks for all that is held; false as soon as something is kept, and while the answer is still awaited. */
  async mayLeave() {
    if (this.#isAsking) return false;
    this.#isAsking = true;
    try {
      for (const ask of [...this.#questions]) if (!(await ask())) return false;
      return true;
    } finally {
      this.#isAsking = false;
    }
  }
}
