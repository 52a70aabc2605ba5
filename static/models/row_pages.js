// Rows that a server gives in pages, newest first, kept fresh while somebody looks. What a row is, is not known here.
import { batch, computed, signal } from "../vendor/signals-core.js";

const REFRESH_MS = 250; // much may happen in one moment: it is looked at once

export class RowPages {
  #look;
  #clock;
  #asked = 0;
  #cancel = null;

  /** `look({offset, limit})` resolves with {rows, total}, or rejects with Refused. */
  constructor({ look, clock, pageSize = 50 }) {
    this.#look = look;
    this.#clock = clock;
    this.pageSize = pageSize;
    this.rows = signal(null); // null until the first answer
    this.total = signal(0);
    this.page = signal(0);
    this.error = signal(null);
    this.pages = computed(() => Math.max(1, Math.ceil(this.total.value / pageSize)));
  }

  /** Looks now. Never rejects: a refusal is in `error`, and what was shown stays. */
  async load() {
    this.#cancel?.();
    this.#cancel = null;
    const number = ++this.#asked;
    try {
      const { rows, total } = await this.#look({ offset: this.page.peek() * this.pageSize, limit: this.pageSize });
      if (number === this.#asked) this.#show(rows, total);
    } catch (refused) {
      if (number === this.#asked) this.error.value = refused;
    }
  }

  #show(rows, total) {
    const isBeyond = rows.length === 0 && total > 0; // the last of this page was taken away
    batch(() => {
      if (!isBeyond) this.rows.value = rows;
      this.total.value = total;
      this.error.value = null;
    });
    if (isBeyond) this.showPage(this.pages.peek() - 1);
  }

  showPage(page) {
    this.page.value = Math.min(Math.max(0, page), this.pages.peek() - 1);
    return this.load();
  }

  /** Looks again soon, once for all that happens until then. */
  refresh() {
    this.#cancel ??= this.#clock.after(REFRESH_MS, () => this.load());
  }

  /** Takes a row out at once; the numbers follow. */
  drop(id) {
    const rows = this.rows.peek();
    if (rows) this.rows.value = rows.filter((row) => row.id !== id);
    this.refresh();
  }

  /** Nothing is shown afterwards that was asked before. */
  close() {
    this.#asked += 1;
    this.#cancel?.();
  }
}
