/**
 * The two lists: the records of all texts, each in its sentence, and the texts.
 */

/** How much of a long sentence stands before and behind the words. */
const AROUND = 160;

/**
 * A sentence, shortened around the place of its mention.
 *
 * @param {TextRecord} text
 * @param {Row} row
 * @returns {[before: string, words: string, after: string]}
 */
function sentenceParts(text, row) {
  const [start, end] = evidenceOf(text, row);
  const [from, to] = row.mentions[0];
  const low = from - start <= AROUND ? start : wordAfter(text.text, from - AROUND, from);
  const high = end - to <= AROUND ? end : wordBefore(text.text, to + AROUND, to);
  const fold = (/** @type {string} */ part) => part.replace(/\s+/g, " ");
  return [
    (low > start ? "…" : "") + fold(text.text.slice(low, from)),
    clipped(fold(text.text.slice(from, to)), 2 * AROUND),
    fold(text.text.slice(to, high)) + (high < end ? "…" : ""),
  ];
}

/**
 * Where the first whole word behind an offset begins, where that is near.
 *
 * @param {string} text
 * @param {number} offset
 * @param {number} last
 */
function wordAfter(text, offset, last) {
  const space = text.indexOf(" ", offset);
  return space >= 0 && space < Math.min(last, offset + 30) ? space + 1 : offset;
}

/**
 * Where the last whole word before an offset ends, where that is near.
 *
 * @param {string} text
 * @param {number} offset
 * @param {number} first
 */
function wordBefore(text, offset, first) {
  const space = text.lastIndexOf(" ", offset);
  return space > Math.max(first, offset - 30) ? space : offset;
}

class RecordsView {
  /** @param {(row: Row) => string} address where a row's place is */
  constructor(address) {
    /** @type {Row[]} */
    this._rows = [];
    this._address = address;
    /** Where the list was, by what was looked for. @type {Map<string, number>} */
    this._tops = new Map();
    this._key = "";
    this._count = h("h1", { class: "count-line" });
    this._list = new LongList("Records", (index) => this._draw(this._rows[index]));
    this._empty = h("p", { class: "empty", hidden: true }, "Nothing is like this. Take a filter away, or search for less.");
    byId("records").append(this._count, this._list.element, this._empty);
  }

  /** @param {Query} query */
  show(query) {
    const key = parametersOf(query).toString();
    if (key === this._key && this._rows.length) {
      this._list.fill(this._rows.length, this._tops.get(key) ?? 0);
      return;
    }
    this._key = key;
    this._rows = store.everything().filter(matcher(query));
    const texts = new Set(this._rows.map((row) => row.text)).size;
    const most = this._list.most < this._rows.length ? `, the first ${grouped(this._list.most)} listed` : "";
    this._count.textContent = `${counted(this._rows.length, "record")} in ${counted(texts, "text")}${most}`;
    this._empty.hidden = this._rows.length > 0;
    this._list.element.hidden = !this._rows.length;
    this._list.fill(this._rows.length, this._tops.get(key) ?? 0);
    say(this._count.textContent);
  }

  /** Remember where the list is. */
  leave() {
    this._tops.set(this._key, this._list.element.scrollTop);
  }

  /** @param {Row} row */
  _draw(row) {
    const text = store.text(row.text);
    const [before, middle, after] = sentenceParts(text, row);
    const what = [row.act, row.status, row.kind === "document" ? row.item.type : null].filter((part) => part !== null);
    if (row.kind === "figure") what.push(clipped(valueOf(row.item), 60));
    if (row.kind === "date") what.push(row.item.value ?? "not resolved");
    if (row.kind === "person" && row.item.roles.length) what.push(clipped(row.item.roles.map(officeOf).join("; "), 120));
    return h(
      "a",
      { class: "row", href: this._address(row) },
      h("span", { class: "row-head" }, h("i", { class: `swatch ${row.kind}` }),
        h("b", {}, KINDS[row.kind][0]), what.length ? isolated(what.join(" · "), { class: "what" }) : null,
        isolated(clipped([HEADS[row.text].published, titleOf(HEADS[row.text])].filter(Boolean).join(" · "), 160), { class: "from" })),
      h("span", { class: "sentence", dir: "auto" }, before, h("mark", { class: row.kind }, middle), after),
    );
  }
}

class TextList {
  /** @param {(number: number) => string} address where a text is */
  constructor(address) {
    this._address = address;
    /** @type {number[]} */
    this.numbers = HEADS.map((_, number) => number);
    this._current = -1;
    this._key = "";
    this._count = h("p", { class: "count-line" });
    this._list = new LongList("Texts", (index) => this._draw(this.numbers[index]));
    this.element = h("nav", { class: "text-list", "aria-label": "Texts" }, this._count, this._list.element);
  }

  /**
   * Show the texts that are looked for, and which is being read.
   *
   * @param {Query} query
   * @param {number} current
   */
  show(query, current) {
    const key = parametersOf(query).toString();
    const moved = current !== this._current;
    this._current = current;
    if (key !== this._key || !this._list.rows.childElementCount) {
      this._key = key;
      this.numbers = HEADS.map((_, number) => number);
      if (!isEmpty(query)) this.numbers = this.numbers.filter(textMatcher(query));
      const all = this.numbers.length === HEADS.length;
      this._count.textContent = all ? counted(HEADS.length, "text") : `${grouped(this.numbers.length)} of ${counted(HEADS.length, "text")}`;
      this._list.fill(this.numbers.length);
    } else if (moved) this._list.refresh();
    const index = this.numbers.indexOf(current);
    if (index >= 0) this._list.reveal(index);
  }

  /**
   * The text so many places on in the list, or null behind its ends.
   *
   * @param {number} by
   */
  beside(by) {
    const index = this.numbers.indexOf(this._current);
    return this.numbers[index < 0 ? 0 : index + by] ?? null;
  }

  /** @param {number} number */
  _draw(number) {
    const head = HEADS[number];
    const on = number === this._current;
    return h(
      "a",
      { class: `row${on ? " on" : ""}`, href: this._address(number), "aria-current": on && "page" },
      isolated(clipped(titleOf(head), 160), { class: "title" }),
      isolated(clipped([head.published, head.publisher].filter(Boolean).join(" · ") || head.id, 90), { class: "note" }),
    );
  }
}
