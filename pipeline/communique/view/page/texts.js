/**
 * The reading view: the list of texts, the text, its records.
 */
class TextsView {
  /** @param {App} app */
  constructor(app) {
    this._app = app;
    this._number = -1;
    /** @type {Row | null} */
    this._row = null;
    this._nth = 0;
    this._filtered = "";
    this._painted = "";
    /** @type {Reading | null} */
    this._reading = null;
    /** @type {Panel | null} */
    this._panel = null;
    this._list = new TextList((number) => addressOfText(number, app.place.query));
    this._paper = h("article", { class: "paper", tabindex: 0, "aria-label": "Text" });
    this._side = h("aside", { class: "panel", "aria-label": "Records of the text", tabindex: 0 });
    this._tabs = /** @type {const} */ (["list", "text", "panel"]).map((pane) =>
      h("button", { type: "button", "aria-pressed": "false", "data-pane": pane, click: () => this._open(pane) },
        { list: "All texts", text: "Text", panel: "Records" }[pane]));
    this.element = byId("texts");
    this.element.append(h("div", { class: "panes", role: "group", "aria-label": "Parts of the view" }, this._tabs),
      this._list.element, this._paper, this._side);
    this._open("text");
  }

  /** On a narrow screen one part is shown at a time. @param {"list" | "text" | "panel"} pane */
  _open(pane) {
    this.element.dataset.pane = pane;
    for (const tab of this._tabs) tab.setAttribute("aria-pressed", String(tab.dataset.pane === pane));
  }

  /** Whether the text and its records stand side by side. */
  _isWide() {
    return getComputedStyle(this._tabs[1]).display === "none";
  }

  /** @param {Where} place */
  show(place) {
    const asked = place.number;
    if (asked === null) {
      const fits = isEmpty(place.query) ? null : textMatcher(place.query);
      const kept = this._number >= 0 && (!fits || fits(this._number)) ? this._number : HEADS.findIndex((_, n) => !fits || fits(n));
      if (location.hash.includes("texts/")) return this._nothing("No text of this page has this id.");
      if (kept < 0) return this._nothing("No text is like this. Take a filter away, or search for less.");
      return this._app.go(addressOfText(kept, place.query), true);
    }
    const isNew = asked !== this._number;
    if (isNew) this._load(asked);
    this._filter(place.query);
    this._list.show(place.query, asked);
    const row = store.rows(asked).find((row) => row.key === place.at) ?? null;
    this._select(row, place.nth);
    if (isNew && !row) this._open("text");
    const key = `${asked} ${place.query.words}`;
    if (key !== this._painted) {
      this._painted = key;
      const first = this._reading?.paintWords(place.query.words);
      if (first && !row) first.startContainer.parentElement?.scrollIntoView({ block: "center" });
    }
  }

  /** @param {string} why */
  _nothing(why) {
    this._number = -1;
    this._paper.replaceChildren(h("p", { class: "empty" }, why));
    this._side.replaceChildren();
    this._list.show(this._app.place.query, -1);
  }

  /** @param {number} number */
  _load(number) {
    this._number = number;
    this._row = null;
    this._filtered = "";
    this._painted = "";
    const text = store.text(number);
    const rows = store.rows(number);
    const reading = new Reading(text, rows, (row, nth) => this._choose(row, nth, "panel"));
    const panel = new Panel(text, rows, (row, nth) => this._choose(row, nth, "text"));
    this._reading = reading;
    this._panel = panel;
    const { publisher, published } = text.source;
    const hasTitle = reading.element.querySelector("h1") !== null;
    this._paper.replaceChildren(
      h("header", { class: "paper-head" },
        h("p", { class: "byline" }, isolated(clipped([published, publisher].filter(Boolean).join(" · ") || text.id, 160))),
        hasTitle ? null : h("h1", {}, isolated(clipped(text.source.title ?? text.id, 300)))),
      reading.element,
      h("nav", { class: "turn-page", "aria-label": "Other texts" },
        h("button", { type: "button", click: () => this.turn(-1) }, "← Previous text"),
        h("button", { type: "button", click: () => this.turn(1) }, "Next text →")),
    );
    this._side.replaceChildren(panel.element);
    this._paper.scrollTop = 0;
    this._side.scrollTop = 0;
    document.title = `${clipped(text.source.title ?? text.id, 80)} – ${ABOUT.title}`;
  }

  /** @param {Query} query */
  _filter(query) {
    const key = `${this._number}?${parametersOf(query)}`;
    if (key === this._filtered) return;
    this._filtered = key;
    this._reading?.filter(matcher({ ...query, words: "" }));
    this._panel?.filter(matcher(query));
  }

  /**
   * Go to a row: on a narrow screen to the part that was not clicked.
   *
   * @param {Row} row
   * @param {number} nth
   * @param {"text" | "panel"} pane
   */
  _choose(row, nth, pane) {
    if (!this._isWide()) this._open(pane);
    const at = nth ? `${row.key}.${nth + 1}` : row.key;
    const hash = addressOfText(row.text, this._app.place.query, at);
    if (location.hash === hash) this._select(row, nth, true);
    else this._app.go(hash);
  }

  /**
   * @param {Row | null} row
   * @param {number} nth
   * @param {boolean} [again]
   */
  _select(row, nth, again = false) {
    if (row === this._row && nth === this._nth && !again) return;
    this._row = row;
    this._nth = nth;
    this._reading?.select(row, nth);
    this._panel?.select(row, nth);
    if (row) say(`${KINDS[row.kind][0]}: ${clipped(row.name, 100)}`);
  }

  /** Select nothing. */
  letGo() {
    if (this._row && this._app.place.view === "texts") this._app.go(addressOfText(this._number, this._app.place.query));
  }

  /** The text so many places on. @param {number} by */
  turn(by) {
    const next = this._app.place.view === "texts" ? this._list.beside(by) : null;
    if (next !== null) this._app.go(addressOfText(next, this._app.place.query));
  }

  /** The record so many mentions on, in the order of the text. @param {number} by */
  step(by) {
    if (!this._reading || this._app.place.view !== "texts") return;
    const shown = this._reading.marks.filter(matcherOfMarks(this._app.place.query));
    const here = shown.findIndex((mark) => mark.row === this._row && mark.nth === this._nth);
    const mark = shown[here < 0 ? (by > 0 ? 0 : shown.length - 1) : here + by];
    if (!mark) return;
    const at = mark.nth ? `${mark.row.key}.${mark.nth + 1}` : mark.row.key;
    this._app.go(addressOfText(this._number, this._app.place.query, at), true);
  }
}

/**
 * @param {Query} query
 * @returns {(mark: Mark) => boolean}
 */
function matcherOfMarks(query) {
  const matches = matcher({ ...query, words: "" });
  return (mark) => matches(mark.row);
}
