/**
 * The texts in the page: each is parsed when it is first needed.
 *
 * @typedef {{id: string, title: string | null, publisher: string | null, published: string | null, size: number}} Head
 */

/** @type {{title: string, version: string, acts: string[], texts: Head[]}} */
const ABOUT = JSON.parse(byId("about").textContent ?? "");
const HEADS = ABOUT.texts;
/** How long the page may work before it lets the browser draw, in milliseconds. */
const SLICE = 40;

const store = {
  /** @type {(TextRecord | undefined)[]} */
  _texts: [],
  /** @type {(Row[] | undefined)[]} */
  _rows: [],
  /** @type {(string | undefined)[]} */
  _folded: [],
  _numbers: new Map(HEADS.map((head, number) => [head.id, number])),
  /** @type {Promise<void> | null} */
  _all: null,
  /** What states are called, by code; a code of which no text gives a name stands for itself. */
  names: new Map(),
  complete: false,

  /**
   * The number of the text with this id.
   *
   * @param {string} id
   * @returns {number | undefined}
   */
  number(id) {
    return this._numbers.get(id);
  },

  /**
   * @param {number} number
   * @returns {TextRecord}
   */
  text(number) {
    let text = this._texts[number];
    if (!text) {
      const element = byId(`text-${number}`);
      text = /** @type {TextRecord} */ (JSON.parse(element.textContent ?? ""));
      element.remove(); // its characters are needed once
      this._texts[number] = text;
      for (const state of text.states) this.names.set(state.id, state.name);
    }
    return text;
  },

  /**
   * @param {number} number
   * @returns {Row[]}
   */
  rows(number) {
    return (this._rows[number] ??= rowsOf(this.text(number), number));
  },

  /**
   * The text without case and accents, to search in.
   *
   * @param {number} number
   */
  folded(number) {
    return (this._folded[number] ??= folded(`${HEADS[number].title ?? ""}\n${HEADS[number].id}\n${this.text(number).text}`));
  },

  /** Parse every text, in slices. */
  all() {
    return (this._all ??= this._readAll());
  },

  async _readAll() {
    let since = performance.now();
    for (let number = 0; number < HEADS.length; number++) {
      this.rows(number);
      if (performance.now() - since > SLICE) {
        byId("loading").textContent = `Reading the texts … ${grouped(number)} of ${grouped(HEADS.length)}`;
        await breathe();
        since = performance.now();
      }
    }
    this.complete = true;
  },

  /** Every row that was parsed, text by text. */
  everything() {
    return this._rows.flatMap((rows) => rows ?? []);
  },
};

/**
 * What a text is called.
 *
 * @param {Head} head
 */
function titleOf(head) {
  return head.title ?? head.id;
}

/** @param {string} code */
function stateName(code) {
  return store.names.get(code) ?? code;
}

/**
 * Without case and accents.
 *
 * @param {string} words
 */
function folded(words) {
  return words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
