/** Browsers lay out no more pixels than this; a longer list shows its first rows. */
const TALLEST = 15_000_000;

/**
 * A list of any length, of which only the rows in sight are elements.
 */
class LongList {
  /**
   * @param {string} label what the list is, for those who listen
   * @param {(index: number) => HTMLElement} draw makes the link of a row
   */
  constructor(label, draw) {
    this._draw = draw;
    this._count = 0;
    this._height = 64;
    /** @type {Map<number, HTMLElement>} */
    this._shown = new Map();
    this.rows = h("ul", { class: "rows", "aria-label": label });
    this.element = h("div", { class: "long-list", scroll: () => this._update(), keydown: (e) => this._move(e) }, this.rows);
    new ResizeObserver(() => this.refresh()).observe(this.element);
  }

  /**
   * Show this many rows, from the top unless told where.
   *
   * @param {number} count
   * @param {number} [top]
   */
  fill(count, top = 0) {
    this._count = Math.min(count, this.most);
    this.refresh();
    this.element.scrollTop = top;
    this._update();
  }

  /** How many rows it can show. */
  get most() {
    return Math.floor(TALLEST / 140);
  }

  /** Draw the rows in sight anew. */
  refresh() {
    this._height = parseFloat(getComputedStyle(this.element).getPropertyValue("--row")) || 64;
    for (const row of this._shown.values()) row.remove();
    this._shown.clear();
    this.rows.style.height = `${this._count * this._height}px`;
    this._update();
  }

  /**
   * Bring a row into sight.
   *
   * @param {number} index
   */
  reveal(index) {
    const top = index * this._height;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop || top + this._height > scrollTop + clientHeight) {
      this.element.scrollTop = Math.max(0, top - clientHeight / 3);
      this._update();
    }
  }

  _update() {
    const { scrollTop, clientHeight } = this.element;
    if (!clientHeight) return; // not in sight at all
    const first = Math.max(0, Math.floor(scrollTop / this._height) - 4);
    const last = Math.min(this._count, Math.ceil((scrollTop + clientHeight) / this._height) + 4);
    for (const [index, row] of this._shown) {
      const kept = (index >= first && index < last) || row.contains(document.activeElement);
      if (!kept) {
        row.remove();
        this._shown.delete(index);
      }
    }
    for (let index = first; index < last; index++) {
      if (!this._shown.has(index)) this._shown.set(index, this._place(index));
    }
  }

  /** @param {number} index */
  _place(index) {
    const row = h("li", { "aria-setsize": this._count, "aria-posinset": index + 1 }, this._draw(index));
    row.style.transform = `translateY(${index * this._height}px)`;
    const after = [...this._shown.keys()].filter((other) => other > index);
    this.rows.insertBefore(row, after.length ? (this._shown.get(Math.min(...after)) ?? null) : null);
    return row;
  }

  /** @param {KeyboardEvent} event */
  _move(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -Infinity, End: Infinity };
    const step = steps[/** @type {keyof typeof steps} */ (event.key)];
    const here = [...this._shown].find(([, row]) => row.contains(document.activeElement));
    if (!step || !here) return;
    event.preventDefault();
    const index = Math.min(this._count - 1, Math.max(0, here[0] + step));
    this.reveal(index);
    this._shown.get(index)?.querySelector("a")?.focus({ preventScroll: true });
    this._update();
  }
}
