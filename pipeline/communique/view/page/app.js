/**
 * The page: which view is shown, what the address says, the keys.
 *
 * Addresses: `#/overview`, `#/records`, `#/texts/ID`, each with what is looked for behind `?`; `at=KEY` or `at=KEY.N` is
 * a record of the text, or its Nth mention.
 */

/** @typedef {{view: "overview" | "records" | "texts", number: number | null, at: string, nth: number, query: Query}} Where */

const VIEWS = /** @type {const} */ (["overview", "records", "texts"]);

/** @returns {Where} */
function readAddress() {
  const [path, parameters] = location.hash.replace(/^#\/?/, "").split("?", 2);
  const [name, id] = [path.split("/", 1)[0], path.slice(path.indexOf("/") + 1)];
  const known = new URLSearchParams(parameters ?? "");
  const [at, nth] = (known.get("at") ?? "").split(".");
  const start = HEADS.length > 1 ? "overview" : "texts";
  const number = path.includes("/") ? (store.number(decoded(id)) ?? null) : null;
  return {
    view: VIEWS.find((view) => view === name) ?? start,
    number, at, nth: Number(nth) > 0 ? Number(nth) - 1 : 0,
    query: queryOf(known),
  };
}

/** @param {string} component */
function decoded(component) {
  try {
    return decodeURIComponent(component);
  } catch {
    return component;
  }
}

/**
 * @param {string} path
 * @param {Partial<Query>} query
 * @param {string} [at]
 */
function addressTo(path, query, at) {
  const parameters = parametersOf(query);
  if (at) parameters.set("at", at);
  return `#/${path}${parameters.size ? `?${parameters}` : ""}`;
}

/**
 * @param {number} number
 * @param {Partial<Query>} query
 * @param {string} [at]
 */
function addressOfText(number, query, at) {
  return addressTo(`texts/${encodeURIComponent(HEADS[number].id)}`, query, at);
}

class App {
  constructor() {
    this.place = readAddress();
    /** What the address said last; null before anything was shown. @type {Where | null} */
    this._was = null;
    this.bar = new FilterBar((query, replaces) => this.look(query, replaces));
    this.overview = new Overview((query) => addressTo("records", query), (row) => this.addressOfRow(row));
    this.records = new RecordsView((row) => this.addressOfRow(row));
    this.texts = new TextsView(this);
    addEventListener("hashchange", () => this.show());
    addEventListener("keydown", (event) => keys(event, this));
    byId("theme").addEventListener("click", () => this._theme(document.documentElement.dataset.theme !== "dark"));
    const dark = matchMedia("(prefers-color-scheme: dark)");
    this._theme(dark.matches);
    dark.addEventListener("change", (event) => this._theme(event.matches));
    byId("ask").addEventListener("click", showHelp);
  }

  /** Links in lists keep what is looked for, so that the text shows it too. @param {Row} row */
  addressOfRow(row) {
    const { words, states, kinds, act, status } = this.place.query;
    return addressOfText(row.text, row.kind === "figure" && this.place.view === "overview" ? {} : { words, states, kinds, act, status }, row.key);
  }

  /**
   * Look for something else, in the same view.
   *
   * @param {Query} query
   * @param {boolean} replaces
   */
  look(query, replaces) {
    const { view, number } = this.place;
    const hash = view === "texts" && number !== null ? addressOfText(number, query) : addressTo(view, query);
    this.go(hash, replaces);
  }

  /**
   * @param {string} hash
   * @param {boolean} [replaces]
   */
  go(hash, replaces = false) {
    if (!replaces) location.hash = hash;
    else {
      history.replaceState(null, "", hash);
      this.show();
    }
  }

  async show() {
    if (this._was?.view === "records") this.records.leave();
    const place = (this.place = readAddress());
    const alone = place.view === "texts" && isEmpty(place.query);
    if (!store.complete && !alone) await store.all();
    if (place !== this.place) return; // somebody went on meanwhile
    byId("loading").hidden = true;
    for (const view of VIEWS) byId(view).hidden = view !== place.view;
    document.body.dataset.view = place.view;
    for (const link of document.querySelectorAll("header nav a")) {
      const on = link instanceof HTMLElement && link.dataset.view === place.view;
      if (on) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
      link.setAttribute("href", addressTo(/** @type {HTMLElement} */ (link).dataset.view ?? "", place.query));
    }
    this.bar.show(place.query);
    if (place.view === "overview") this.overview.show(place.query);
    else if (place.view === "records") this.records.show(place.query);
    else this.texts.show(place);
    this._was = place;
    document.body.dataset.ready = location.hash;
    if (!store.complete) store.all().then(() => this.bar.show(this.place.query));
  }

  /** @param {boolean} dark */
  _theme(dark) {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    byId("theme").setAttribute("aria-pressed", String(dark));
    this.overview.repaint();
  }
}

/** @type {[keys: string, what: string][]} */
const KEYS = [
  ["/", "search"], ["o r t", "overview, records, texts"], ["n p", "next, previous text"], ["j k", "next, previous record in the text"],
  ["Esc", "let go of the record"], ["?", "this help"],
];
let keysOn = true;

/**
 * @param {KeyboardEvent} event
 * @param {App} app
 */
function keys(event, app) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.key === "Escape" && target.id === "words") return target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, select, textarea, dialog[open]")) return;
  if (event.key === "Escape") return app.texts.letGo();
  if (!keysOn) return;
  const { query } = app.place;
  /** @type {Record<string, () => void>} */
  const acts = {
    "/": () => app.bar.focus(),
    "?": showHelp,
    o: () => app.go(addressTo("overview", query)),
    r: () => app.go(addressTo("records", query)),
    t: () => app.go(addressTo("texts", query)),
    n: () => app.texts.turn(1),
    p: () => app.texts.turn(-1),
    j: () => app.texts.step(1),
    k: () => app.texts.step(-1),
  };
  const act = acts[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
}

function showHelp() {
  const dialog = /** @type {HTMLDialogElement} */ (byId("help"));
  const box = h("input", { type: "checkbox", change: () => (keysOn = box.checked) });
  box.checked = keysOn;
  dialog.replaceChildren(
    h("h2", { id: "help-title" }, "How to read this page"),
    h("p", {}, "Each kind of mention has its colour and its underline. Click a mention to see its record, a record to see its place; the browser’s Back leads back. The address always says what is shown: copy it to come back to it."),
    h("ul", { class: "legend" }, KIND_NAMES.map((kind) => h("li", {}, h("mark", { class: kind }, KINDS[kind][0])))),
    h("dl", { class: "keys" }, KEYS.map(([key, what]) => h("div", {}, h("dt", {}, key.split(" ").filter(Boolean).map((one) => h("kbd", {}, one))), h("dd", {}, what)))),
    h("label", {}, box, " Keys of one letter are on"),
    h("form", { method: "dialog" }, h("button", { class: "plain-button", autofocus: true }, "Close")),
  );
  dialog.showModal();
}

const app = new App();
app.show();
