// Which rows are to be in the document, and where the reader is among them. Numbers only: the document is viewport.js's.
import { Heights } from "./heights.js";

const AROUND = 1; // screens of rows above and below the visible one
const NEAR_END_PX = 80;
const ANCHOR_DEPTH = 0.6; // the row that is held lies in this upper part of the screen
const MOST_KEPT = 400;

const END = { key: null, index: -1, offset: 0, gap: 0 };

/**
 * The reader's place is an anchor: a row and the distance of its top from the upper edge of the screen; or, without a
 * key, the end of the list and the distance from it. All places are in pixels; `scrollTop` is counted from the top of
 * the whole list, of which the rows that are not rendered are a guess.
 */
export class Geometry {
  heights = new Heights();
  rows = [];
  first = 0; // rows[first] up to, not including, rows[end] are rendered
  end = 0;
  height = 800; // of the screen, until it is known
  above = 0; // the empty space over the first rendered row
  drift = 0; // how much that is off from the sum of the heights
  anchor = END;

  get isAtEnd() {
    return this.anchor.key === null;
  }

  toEnd() {
    this.anchor = END;
  }

  /** The row goes to this share of the screen's height, as far as there are rows enough. */
  show(key, share) {
    this.anchor = { key, index: -1, offset: Math.round(this.height * share), gap: 0, share };
  }

  /** To be called when the screen's height has become known: a row may have been shown before. */
  fit() {
    const { share } = this.anchor;
    if (share) this.anchor = { ...this.anchor, offset: Math.round(this.height * share) };
  }

  /** Decides which of `rows` are rendered; with `keep` none of those that are leaves. */
  plan(rows, { keep = false } = {}) {
    const before = { rows: this.rows, first: this.first, count: this.end - this.first };
    this.rows = rows;
    const reach = this.height * AROUND;
    if (!this.isAtEnd) this.#findAnchor(before.rows);
    else if (rows.at(-1)?.key !== before.rows.at(-1)?.key) this.anchor = END; // what is new comes into view
    const { index, offset } = this.anchor;
    if (this.isAtEnd) [this.first, this.end] = [this.#walkUp(rows.length, this.height + reach), rows.length];
    else [this.first, this.end] = [this.#walkUp(index, offset + reach), this.#walkDown(index, this.height + reach - offset)];
    if (keep && before.count && before.count < MOST_KEPT) this.#keep(before);
  }

  /** Makes room for what is not rendered, {above, below}. */
  space() {
    if (this.first === 0) this.drift = 0;
    this.above = Math.max(0, this.heights.above(this.rows, this.first) + this.drift);
    return { above: this.above, below: this.#total - this.heights.above(this.rows, this.end) };
  }

  /** Makes the space above smaller by so many pixels. False when it has not that much to give. */
  give(pixels) {
    if (this.first === 0 || this.above - pixels < this.height) return false;
    this.drift -= pixels;
    this.above -= pixels;
    return true;
  }

  /** Do the rendered rows reach half a screen beyond the visible ones? */
  covers(scrollTop) {
    const start = this.above - scrollTop;
    const margin = (this.height * AROUND) / 2;
    const reachesUp = this.first === 0 || start <= -margin;
    return reachesUp && (this.end === this.rows.length || start + this.#rendered >= this.height + margin);
  }

  /** Takes the anchor from what is on the screen; `fromEnd` are the pixels left to scroll. */
  remember(scrollTop, fromEnd) {
    if (!this.arrive(fromEnd)) this.anchor = this.#anchorAt(scrollTop);
  }

  /** Near the end the end is what is held. False elsewhere, and before a hole. */
  arrive(fromEnd) {
    const isEnd = this.rows.at(-1).kind !== "newer" && fromEnd <= NEAR_END_PX;
    if (isEnd) this.anchor = { ...END, gap: Math.max(0, fromEnd) };
    return isEnd;
  }

  /** The pixels above and below the screen, as far as messages are loaded. */
  hidden(scrollTop) {
    const above = scrollTop - this.drift;
    return { above, below: this.#total - above - this.height };
  }

  /** The rows of which something is on the screen: {row, top, bottom}; `start` is where the first rendered one begins. */
  visible(start) {
    const found = [];
    let top = start;
    for (let index = this.first; index < this.end && top < this.height; index += 1) {
      const row = this.rows[index];
      const bottom = top + this.heights.of(row);
      if (bottom > 0) found.push({ row, top, bottom });
      top = bottom;
    }
    return found;
  }

  indexOf(key) {
    return this.rows.findIndex((row) => row.key === key);
  }

  get #total() {
    return this.heights.above(this.rows, this.rows.length);
  }

  get #rendered() {
    return this.heights.above(this.rows, this.end) - this.heights.above(this.rows, this.first);
  }

  #walkUp(index, pixels) {
    let at = index;
    for (let left = pixels; at > 0 && left > 0; left -= this.heights.of(this.rows[at])) at -= 1;
    return at;
  }

  #walkDown(index, pixels) {
    let at = index;
    for (let left = pixels; at < this.rows.length && left > 0; at += 1) left -= this.heights.of(this.rows[at]);
    return at;
  }

  /** Finds the anchor in the new rows. When it is gone, the next message that stayed takes its part. */
  #findAnchor(before) {
    const { key, index } = this.anchor;
    if (this.rows[index]?.key === key) return;
    const place = this.indexOf(key);
    if (place >= 0) {
      this.anchor = { ...this.anchor, index: place };
      return;
    }
    const places = new Map(this.rows.map((row, at) => [row.key, at]));
    const heir = before.findIndex((row, at) => at >= index && row.kind === "message" && places.has(row.key));
    if (heir < 0) this.toEnd();
    else this.anchor = { ...this.anchor, key: before[heir].key, index: places.get(before[heir].key) };
  }

  #keep({ rows, first, count }) {
    const place = this.indexOf(rows[first].key);
    if (place < 0) return;
    this.first = Math.min(this.first, place);
    this.end = Math.max(this.end, Math.min(this.rows.length, place + count));
  }

  /** The topmost message that begins on the screen; should one message fill it, that one. */
  #anchorAt(scrollTop) {
    const edge = this.#edge(scrollTop);
    const lowest = this.height * ANCHOR_DEPTH;
    let { index, top } = edge;
    while (top <= lowest && index < this.rows.length) {
      if (top >= 0 && this.rows[index].kind === "message") return { key: this.rows[index].key, index, offset: top, gap: 0 };
      top += this.heights.of(this.rows[index]);
      index += 1;
    }
    return { key: this.rows[edge.index].key, index: edge.index, offset: edge.top, gap: 0 };
  }

  /** The row at the upper edge of the screen, and where its top is. */
  #edge(scrollTop) {
    const { heights, rows } = this;
    if (scrollTop < this.above || scrollTop >= this.above + this.#rendered) {
      const index = heights.at(rows, scrollTop - this.drift);
      return { index, top: heights.above(rows, index) + this.drift - scrollTop };
    }
    let [index, top] = [this.first, this.above - scrollTop];
    while (index < this.end - 1 && top + heights.of(rows[index]) <= 0) {
      top += heights.of(rows[index]);
      index += 1;
    }
    return { index, top };
  }
}
