// A clock that stands still until a test moves it. What happens at a time is the test's.

export class ManualClock {
  #time = 1_700_000_000_000;
  #timers = new Set();

  now = () => this.#time;

  after = (ms, deed) => {
    const timer = { at: this.#time + ms, deed };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** How many deeds are waiting. */
  get waiting() {
    return this.#timers.size;
  }

  /** Moves on by `ms`; what falls due happens at its time, and what its promises cause happens right behind it. */
  async pass(ms) {
    const end = this.#time + ms;
    await settled();
    for (;;) {
      const due = [...this.#timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#timers.delete(due);
      this.#time = due.at;
      due.deed();
      await settled();
    }
    this.#time = end;
  }
}

/** All promises that can settle without time passing have settled. */
export async function settled() {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
