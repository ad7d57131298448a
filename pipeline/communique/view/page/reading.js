/**
 * A text as it was published, with its mentions marked.
 *
 * Paragraphs become blocks; within them every character stands as it was read.
 *
 * @typedef {{start: number, end: number, row: Row, nth: number}} Mark a mention: the nth of its row
 */

/** A paragraph longer than this is shown in pieces, which a browser lays out one by one. */
const LONGEST = 10000;
/** A text of more characters is laid out only where it is in sight. */
const LONG_TEXT = 150000;
/** How many places of the words looked for are painted at most. */
const MOST_PLACES = 5000;

class Reading {
  /**
   * @param {TextRecord} text
   * @param {Row[]} rows
   * @param {(row: Row, nth: number) => void} choose called for a mention that was clicked
   */
  constructor(text, rows, choose) {
    this.text = text;
    /** The text's characters in the page: each node and the offset it starts at. @type {{start: number, node: Text}[]} */
    this._nodes = [];
    /** Elements of a row's mentions, by the row's key; a mention over two blocks has two. @type {Map<string, HTMLElement[][]>} */
    this._marks = new Map();
    this.marks = marksOf(rows);
    this.element = h("div", { class: "text", lang: text.source.language ?? "en", click: (e) => this._click(e, choose) });
    this._rows = new Map(rows.map((row) => [row.key, row]));
    const blocks = blocksOf(text.text);
    this.element.classList.toggle("long", text.text.length > LONG_TEXT);
    let next = 0;
    for (const [start, end] of blocks) {
      while (next < this.marks.length && this.marks[next].start < start && this.marks[next].end <= start) next++;
      let last = next;
      while (last < this.marks.length && this.marks[last].start < end) last++;
      this.element.append(this._block(start, end, this.marks.slice(next, last)));
      while (next < last && this.marks[next].end <= end) next++;
    }
  }

  /**
   * @param {number} start
   * @param {number} end
   * @param {Mark[]} marks by start, the longer first
   */
  _block(start, end, marks) {
    const words = this.text.text.slice(start, end);
    const title = this.text.source.title;
    const isTitle = title !== null && words.length < 2 * title.length + 20 && folded(bare(words)) === folded(bare(title));
    const block = h(isTitle ? "h1" : "p", { dir: "auto", class: isWrapped(words) ? "wrapped" : null });
    /** @type {{element: HTMLElement, end: number}[]} */
    const open = [{ element: block, end }];
    let at = start;
    const queue = marks.map((mark) => ({ ...mark, start: Math.max(mark.start, start) })).filter((m) => m.end > start);
    /** @param {number} to */
    const write = (to) => {
      while (open.length > 1 && open[open.length - 1].end <= to) {
        const top = /** @type {{element: HTMLElement, end: number}} */ (open.pop());
        this._write(top.element, at, top.end);
        at = Math.max(at, top.end);
      }
      this._write(open[open.length - 1].element, at, to);
      at = Math.max(at, to);
    };
    for (let mark = queue.shift(); mark; mark = queue.shift()) {
      write(mark.start);
      const inside = open[open.length - 1].end;
      const element = this._mark(mark);
      open[open.length - 1].element.append(element);
      open.push({ element, end: Math.min(mark.end, inside) });
      if (mark.end > inside && inside < end) {
        const rest = { ...mark, start: inside };
        const place = queue.findIndex((other) => other.start > inside);
        queue.splice(place < 0 ? queue.length : place, 0, rest);
      }
    }
    write(end);
    return block;
  }

  /**
   * @param {HTMLElement} parent
   * @param {number} start
   * @param {number} end
   */
  _write(parent, start, end) {
    if (start >= end) return;
    for (const piece of piecesOf(this.text.text.slice(start, end))) {
      const node = document.createTextNode(piece);
      this._nodes.push({ start, node });
      start += piece.length;
      parent.append(TURNS.test(piece) ? turn(node) : node);
    }
  }

  /** @param {Mark} mark */
  _mark({ row, nth }) {
    const element = h("mark", { class: row.kind, "data-key": row.key, "data-nth": nth });
    let elements = this._marks.get(row.key);
    if (!elements) this._marks.set(row.key, (elements = []));
    (elements[nth] ??= []).push(element);
    return element;
  }

  /**
   * @param {Event} event
   * @param {(row: Row, nth: number) => void} choose
   */
  _click(event, choose) {
    if (!getSelection()?.isCollapsed) return; // words are being copied
    const mark = /** @type {HTMLElement} */ (event.target).closest?.("mark:not(.off)");
    const row = mark instanceof HTMLElement && this._rows.get(mark.dataset.key ?? "");
    if (row) choose(row, Number(mark.dataset.nth));
  }

  /**
   * Mark only rows that are looked for.
   *
   * @param {(row: Row) => boolean} matches
   */
  filter(matches) {
    for (const [key, mentions] of this._marks) {
      const row = this._rows.get(key);
      const off = !row || !matches(row);
      for (const mark of mentions.flat()) mark.classList.toggle("off", off);
    }
  }

  /**
   * Show a row, in the text and by the parts of its sentence, and bring its nth mention into sight.
   *
   * @param {Row | null} row
   * @param {number} [nth]
   */
  select(row, nth = 0) {
    for (const mark of this.element.querySelectorAll("mark.on")) mark.classList.remove("on", "here");
    for (const name of ["evidence", "actor", "object"]) this.paint(name, []);
    if (!row) return;
    const mentions = this._marks.get(row.key) ?? [];
    for (const mark of mentions.flat()) mark.classList.add("on");
    for (const mark of mentions[nth] ?? []) mark.classList.add("here");
    if (row.kind === "decision") {
      const { evidence, object, actors, recipient } = row.item;
      const places = [...actors, recipient].map((actor) => actor?.at).filter(Boolean);
      this.paint("evidence", [evidence]);
      this.paint("actor", places);
      this.paint("object", object ? [object] : []);
    }
    this.reveal(mentions[nth]?.[0]);
  }

  /** @param {HTMLElement | undefined} element */
  reveal(element) {
    element?.scrollIntoView({ block: "center", behavior: "instant" });
    // Paragraphs that were not laid out yet had a height that was a guess.
    if (this.element.classList.contains("long")) {
      requestAnimationFrame(() => element?.scrollIntoView({ block: "center", behavior: "instant" }));
    }
  }

  /**
   * Paint places under a name that the style gives a look.
   *
   * @param {string} name
   * @param {Place[]} places
   */
  paint(name, places) {
    if (!("highlights" in CSS)) return;
    CSS.highlights.set(name, new Highlight(...places.flatMap((place) => this._range(place) ?? [])));
  }

  /**
   * Paint the words looked for; gives the range of the first.
   *
   * @param {string} sought
   * @returns {Range | null}
   */
  paintWords(sought) {
    const words = folded(sought).split(/\s+/).filter(Boolean);
    const places = words.length ? placesOf(this.text.text, words) : [];
    this.paint("found", places);
    return places.length ? this._range(places[0]) : null;
  }

  /**
   * @param {Place} place
   * @returns {Range | null}
   */
  _range([start, end]) {
    const from = this._node(start);
    const to = this._node(end - 1);
    if (!from || !to) return null;
    const range = document.createRange();
    range.setStart(from.node, Math.min(Math.max(0, start - from.start), from.node.length));
    range.setEnd(to.node, Math.min(Math.max(0, end - to.start), to.node.length));
    return range;
  }

  /**
   * The node that holds the character, or the last one before it.
   *
   * @param {number} offset
   */
  _node(offset) {
    let low = 0;
    let high = this._nodes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this._nodes[middle].start <= offset) low = middle + 1;
      else high = middle;
    }
    return this._nodes[low - 1];
  }
}

/**
 * Where words stand in a text, without regard to case and accents; the first thousands of places.
 *
 * @param {string} text
 * @param {string[]} words folded
 * @returns {Place[]}
 */
function placesOf(text, words) {
  const pieces = [];
  /** Where each character of the folded text comes from. @type {number[]} */
  const from = [];
  let at = 0;
  for (const character of text) {
    const piece = folded(character);
    pieces.push(piece);
    for (let n = 0; n < piece.length; n++) from.push(at);
    at += character.length;
  }
  from.push(at);
  const flat = pieces.join("");
  /** @type {Place[]} */
  const places = [];
  for (const word of words) {
    for (let found = flat.indexOf(word); found >= 0 && places.length < MOST_PLACES; found = flat.indexOf(word, found + word.length)) {
      const end = from[found + word.length];
      places.push([from[found], end > from[found] ? end : from[found] + 1]);
    }
  }
  return places.sort((one, other) => one[0] - other[0]);
}

/**
 * The mentions of rows, by start, the longer first.
 *
 * @param {Row[]} rows
 * @returns {Mark[]}
 */
function marksOf(rows) {
  return rows
    .flatMap((row) => row.mentions.map(([start, end], nth) => ({ start, end, row, nth })))
    .sort((one, other) => one.start - other.start || other.end - one.end);
}

/**
 * Where the paragraphs of a text stand; the empty lines between them belong to none.
 *
 * @param {string} text
 * @returns {Place[]}
 */
function blocksOf(text) {
  /** @type {Place[]} */
  const blocks = [];
  let start = 0;
  for (const gap of [...text.matchAll(/\n(?:[^\S\n]*\n)+|$/g)]) {
    for (let from = start; from < gap.index; ) {
      let to = Math.min(gap.index, from + LONGEST);
      if (to < gap.index) {
        const space = text.lastIndexOf(" ", to);
        if (space > from + LONGEST / 2) to = space + 1;
        else if (/[\uDC00-\uDFFF]/.test(text[to])) to += 1;
      }
      if (/\S/.test(text.slice(from, to))) blocks.push([from, to]);
      from = to;
    }
    start = gap.index + gap[0].length;
  }
  return blocks;
}

/**
 * Whether a paragraph was wrapped at a width: on another width its line ends are spaces.
 *
 * @param {string} words
 */
function isWrapped(words) {
  const lines = words.split("\n");
  if (lines.length < 3) return false;
  const full = lines.slice(0, -1).map((line) => line.length);
  return Math.max(...full) <= 100 && Math.min(...full) >= 45 && !lines.slice(1).some((line) => /^\s*([-*•–—]|\d+[.)])\s/.test(line));
}

/**
 * Words without marks of a heading and of emphasis, white space folded.
 *
 * @param {string} words
 */
function bare(words) {
  return words.replace(/[#*_\\]/g, "").replace(/\s+/g, " ").trim();
}
