// How high each row is: measured while it is in the document, guessed before. Numbers only, no elements.

const LINE = 22;
const CHARACTER = 7.2;
const BLOCK = 60; // a fence of code has padding, border and a margin
const BELOW = 32; // reactions, or the link to a thread
const FIXED = { day: 44, line: 28, start: 190, older: 170, newer: 170, gap: 170, replies: 26 };

export class Heights {
  #measured = new Map(); // by key: a row that left the document keeps its height
  #guessed = new Map();
  #columns = 90; // characters in a line, roughly
  #rows = [];
  #sums = new Float64Array(64); // #sums[n] is the height of the first n rows
  #valid = 0; // up to here #sums holds

  of(row) {
    return this.#measured.get(row.key) ?? this.#guessed.get(row.key) ?? this.#guess(row);
  }

  /** Takes the height of the row at `index`; true when it is not what was thought. */
  measure(row, index, height) {
    if (this.#measured.get(row.key) === height) return false;
    this.#measured.set(row.key, height);
    this.#valid = Math.min(this.#valid, index);
    return true;
  }

  /** The list has another width: nothing that was measured holds any more. */
  widthChanged(width) {
    this.#columns = Math.max(20, Math.min(736, width - 90) / CHARACTER);
    this.#measured.clear();
    this.#guessed.clear();
    this.#valid = 0;
  }

  /** The height of all rows before the one at `index`. */
  above(rows, index) {
    this.#sumUpTo(rows, index);
    return this.#sums[index];
  }

  /** The index of the row that covers this place below the top of the first. */
  at(rows, place) {
    this.#sumUpTo(rows, rows.length);
    let [low, high] = [0, Math.max(0, rows.length - 1)];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sums[middle + 1] <= place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #sumUpTo(rows, count) {
    if (rows !== this.#rows) this.#take(rows);
    for (let index = this.#valid; index < count; index += 1) this.#sums[index + 1] = this.#sums[index] + this.of(rows[index]);
    this.#valid = Math.max(this.#valid, count);
  }

  /** The sums of an untouched beginning still hold: one more row at the end costs nothing. */
  #take(rows) {
    const most = Math.min(this.#valid, rows.length);
    let same = 0;
    while (same < most && rows[same].key === this.#rows[same].key) same += 1;
    this.#valid = same;
    this.#rows = rows;
    if (this.#sums.length <= rows.length) {
      const before = this.#sums;
      this.#sums = new Float64Array(rows.length * 2 + 1);
      this.#sums.set(before.subarray(0, same + 1));
    }
  }

  /** Near enough that the scroll bar hardly moves when the rows are measured. */
  #guess(row) {
    const height = row.kind === "message" ? guessMessage(row, this.#columns) : FIXED[row.kind];
    this.#guessed.set(row.key, height);
    return height;
  }
}

function guessMessage({ message, entry, grouped, isThread }, columns) {
  const { content } = message ?? entry;
  const lines = content.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / columns)), 0);
  const fences = content.includes("```") ? BLOCK : 0;
  const reactions = message && Object.keys(message.reactions).length ? BELOW : 0;
  const thread = message?.thread && !isThread ? BELOW : 0;
  return (grouped ? 3 : 31) + lines * LINE + fences + reactions + thread;
}
