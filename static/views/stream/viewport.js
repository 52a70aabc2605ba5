// Holds what the reader looks at in its place on the screen, to the pixel, whatever comes or grows above it. Which rows
// are rendered is decided in geometry.js; what they show is not known here.
import { Geometry } from "./geometry.js";

const RESTS_AFTER_MS = 150;

/**
 * plan() says which rows to render; settle(), once they are in the document, measures them and brings the reader's
 * anchor back to where it was.
 */
export class Viewport {
  #geometry = new Geometry();
  #changed;
  #scroller = null;
  #list = null;
  #isShown = false;
  #top = null; // of the scroller on the screen
  #width = 0;
  #scrolledTo = 0; // as far as it is taken into account
  #slack = 0; // over the first row: a short list may stand at the lower edge
  #isMoving = false;
  #resting = null;

  /** `changed()` is called when other rows are to be rendered. */
  constructor(changed) {
    this.#changed = changed;
  }

  /** `scroller` scrolls; `list` in it holds the rows as `[data-row]`, and the two `[data-space]`. */
  attach(scroller, list) {
    this.#scroller = scroller;
    this.#list = list;
    this.#measureScroller();
    this.#geometry.fit();
    const observer = new ResizeObserver(() => this.#resized());
    observer.observe(scroller);
    observer.observe(list);
    return () => {
      observer.disconnect();
      clearTimeout(this.#resting);
      this.#isShown = false;
    };
  }

  get rows() {
    return this.#geometry.rows;
  }

  get isAtEnd() {
    return this.#geometry.isAtEnd;
  }

  get height() {
    return this.#geometry.height;
  }

  /** Where the reader is. It may be given to another viewport of the same list later. */
  get place() {
    return this.#geometry.anchor;
  }

  set place(anchor) {
    this.#geometry.anchor = anchor;
    this.#takeOver();
  }

  toEnd() {
    this.#geometry.toEnd();
    this.#takeOver();
  }

  show(key, share) {
    this.#geometry.show(key, share);
    this.#takeOver();
  }

  /** The range {first, end} of `rows` to render. */
  plan(rows) {
    // Scrolled, and the event is still to come: what is drawn now must not take that back.
    if (this.#isShown && this.rows.length && this.#isScrolled) this.#remember();
    const selection = this.#list?.ownerDocument.getSelection();
    // Text that is being selected would be lost with the row it stands in.
    const isSelecting = Boolean(selection && !selection.isCollapsed && this.#list.contains(selection.anchorNode));
    this.#geometry.plan(rows, { keep: isSelecting });
    return { first: this.#geometry.first, end: this.#geometry.end };
  }

  /** To be called after the planned rows are in the document. */
  settle() {
    if (!this.#isShown || !this.rows.length) return;
    const { above, below } = this.#geometry.space();
    this.#setSpace("above", above);
    this.#setSpace("below", below);
    const tops = this.#measure();
    if (this.isAtEnd) this.#holdEnd();
    else this.#holdAnchor(tops);
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    this.#scrolledTo = scrollTop;
    if (!this.isAtEnd) this.#geometry.arrive(scrollHeight - scrollTop - clientHeight);
    this.#slack = scrollHeight > clientHeight ? 0 : this.#list.offsetTop - this.#scroller.offsetTop;
    if (!this.#geometry.covers(this.#scrolledTo)) this.#changed();
  }

  scrolled() {
    if (!this.#isShown || !this.rows.length) return;
    if (this.#isScrolled) this.#readerScrolled();
    if (!this.#geometry.covers(this.#scroller.scrollTop)) this.#changed();
  }

  /** The pixels of loaded messages {above, below} the screen. */
  hidden() {
    return this.#geometry.hidden(this.#scroller.scrollTop);
  }

  visible() {
    const { above } = this.#geometry;
    return this.#isShown ? this.#geometry.visible(above - this.#scroller.scrollTop + this.#slack) : [];
  }

  heightOf(row) {
    return this.#geometry.heights.of(row);
  }

  /** Is the list on the page at all? On a phone another screen may stand in its place. */
  get isShown() {
    return this.#isShown;
  }

  elementOf(key) {
    return this.#list?.querySelector(`[data-row="${CSS.escape(key)}"]`) ?? null;
  }

  /** The place was given: where the list stands now counts no more. */
  #takeOver() {
    if (this.#scroller) this.#scrolledTo = this.#scroller.scrollTop;
  }

  /** Scrolls no further than needed for the element to be seen, with `clear` pixels over it. */
  reveal(element, clear) {
    const { top, bottom } = element.getBoundingClientRect();
    const [upper, lower] = [this.#top + clear, this.#top + this.height];
    if (top < upper) this.#scroller.scrollTop -= upper - top;
    else if (bottom > lower) this.#scroller.scrollTop += Math.min(bottom - lower, top - upper);
    else return;
    this.#remember();
  }

  #setSpace(where, pixels) {
    const space = this.#list.querySelector(`[data-space=${where}]`);
    const height = `${pixels}px`;
    if (space && space.style.height !== height) space.style.height = height;
  }

  /** Takes the heights of all rendered rows; returns their tops on the screen. */
  #measure() {
    const { rows, first, heights } = this.#geometry;
    const tops = [];
    for (const [at, element] of this.#list.querySelectorAll("[data-row]").entries()) {
      const row = rows[first + at];
      if (element.dataset.row !== row?.key) break;
      const { top, height } = element.getBoundingClientRect();
      heights.measure(row, first + at, height);
      tops.push(top);
    }
    return tops;
  }

  #holdEnd() {
    const { scrollHeight, clientHeight, scrollTop } = this.#scroller;
    const wanted = scrollHeight - clientHeight - this.place.gap;
    if (Math.abs(scrollTop - wanted) >= 1) this.#scroller.scrollTop = wanted;
  }

  #holdAnchor(tops) {
    const top = tops[this.place.index - this.#geometry.first];
    if (top === undefined) return;
    const off = top - this.#top - this.place.offset;
    if (Math.abs(off) < 0.01) return;
    // To set scrollTop under a moving finger or wheel would stop the motion: there the space above gives way, and so it
    // does for what is less than a pixel.
    if ((this.#isMoving || Math.abs(off) < 1) && this.#geometry.give(off)) {
      this.#setSpace("above", this.#geometry.above);
      return;
    }
    const before = this.#scroller.scrollTop;
    this.#scroller.scrollTop = before + off;
    if (Math.abs(this.#scroller.scrollTop - before - off) >= 1) this.#remember(); // at an end there is nowhere to go
  }

  /**
   * By the reader, that is: what settle() did is accounted for. In a width that is not yet taken into account nothing is
   * where it was, and #resized() comes in the same frame.
   */
  get #isScrolled() {
    const { scrollTop, clientWidth } = this.#scroller;
    return scrollTop !== this.#scrolledTo && clientWidth === this.#width;
  }

  #readerScrolled() {
    this.#remember();
    this.#isMoving = true;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#rest(), RESTS_AFTER_MS);
  }

  #remember() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    this.#scrolledTo = scrollTop;
    this.#geometry.remember(scrollTop, scrollHeight - scrollTop - clientHeight);
    const element = this.isAtEnd ? null : this.elementOf(this.place.key);
    if (element) this.#geometry.anchor = { ...this.place, offset: element.getBoundingClientRect().top - this.#top };
  }

  /** What the space above gave while the list moved is made good. */
  #rest() {
    this.#isMoving = false;
    if (!this.#scroller || !this.#geometry.drift) return;
    this.#geometry.drift = 0;
    this.settle();
  }

  #resized() {
    const [width, height] = [this.#width, this.height];
    const moved = this.#measureScroller();
    if (!this.#isShown) return;
    const isSameWidth = width === this.#width;
    if (!isSameWidth) this.#geometry.heights.widthChanged(this.#width);
    else if (moved && !this.isAtEnd) this.#follow(moved);
    this.settle();
    if (!isSameWidth || height !== this.height) this.#changed();
  }

  /** A banner pushes the list down: what is read stays where it is on the screen. */
  #follow(moved) {
    this.#geometry.anchor = { ...this.place, offset: this.place.offset - moved };
  }

  /** How far the scroller went down on the screen since last time. */
  #measureScroller() {
    const { clientWidth, clientHeight } = this.#scroller;
    this.#isShown = clientHeight > 0;
    if (!this.#isShown) return 0;
    const { top } = this.#scroller.getBoundingClientRect();
    const moved = this.#top === null ? 0 : top - this.#top;
    this.#top = top;
    this.#width = clientWidth;
    this.#geometry.height = clientHeight;
    return moved;
  }
}
