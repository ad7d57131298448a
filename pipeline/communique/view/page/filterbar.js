/**
 * The bar with the search and the filters, and what is looked for at the moment as chips.
 */
class FilterBar {
  /** @param {(query: Query, replaces: boolean) => void} change called when something else is looked for */
  constructor(change) {
    this._change = change;
    /** @type {Query} */
    this._query = queryOf(new URLSearchParams());
    this._form = /** @type {HTMLFormElement} */ (byId("filters"));
    const search = settled(() => this._set({ words: this._words.value.trim() }, true), 200);
    this._words = h("input", {
      type: "search", id: "words", placeholder: "Search", "aria-label": "Search texts and records", autocomplete: "off", spellcheck: "false",
      input: search,
    });
    this._state = this._choice("state", "Any state", (code) => this._set({ states: code ? [code] : [] }));
    this._act = this._choice("act", "Any act", (act) => this._set({ act }));
    this._status = this._choice("status", "Any status", (status) => this._set({ status }));
    this._options(this._act, "Any act", ABOUT.acts.map((act) => [act, act]));
    const statuses = [...new Set([...DECISION_STATUSES, ...DOCUMENT_STATUSES])];
    this._options(this._status, "Any status", statuses.map((status) => [status, status]));
    this._kinds = KIND_NAMES.map((kind) =>
      h("button", { type: "button", class: "kind", "data-kind": kind, "aria-pressed": "true", click: () => this._toggle(kind) },
        h("i", { class: `swatch ${kind}` }), KINDS[kind][1]),
    );
    this._chips = h("div", { class: "chips", hidden: true });
    const more = h("button", { type: "button", class: "more-filters", "aria-expanded": "false", "aria-controls": "choices",
      click: () => more.setAttribute("aria-expanded", String(this._form.classList.toggle("open"))) }, "Filters");
    this._form.append(
      h("div", { class: "line-one" }, h("div", { class: "search" }, this._words), more,
        h("div", { class: "choices", id: "choices" },
          this._state, this._act, this._status,
          h("div", { class: "kinds", role: "group", "aria-label": "Kinds shown" }, this._kinds))),
      this._chips,
    );
    this._form.addEventListener("submit", (event) => event.preventDefault());
  }

  /** Put the cursor into the search. */
  focus() {
    this._words.focus();
    this._words.select();
  }

  /**
   * Show what is looked for.
   *
   * @param {Query} query
   */
  show(query) {
    this._query = query;
    if (document.activeElement !== this._words) this._words.value = query.words;
    const states = new Map([...knownStates(), ...query.states.map((code) => /** @type {const} */ ([code, stateName(code)]))]);
    this._options(this._state, "Any state", [...states]);
    this._state.value = query.states[0] ?? "";
    this._act.value = query.act;
    this._status.value = query.status;
    for (const select of [this._state, this._act, this._status]) select.classList.toggle("set", select.value !== "");
    for (const button of this._kinds) {
      const kind = /** @type {Kind} */ (button.dataset.kind);
      button.setAttribute("aria-pressed", String(!query.kinds.length || query.kinds.includes(kind)));
    }
    this._showChips(query);
  }

  /** @param {Query} query */
  _showChips(query) {
    /** @type {[string, Partial<Query>][]} */
    const chips = [
      ...query.states.slice(1).map((code) => /** @type {[string, Partial<Query>]} */ ([`and ${stateName(code)}`, { states: query.states.filter((other) => other !== code) }])),
    ];
    if (query.when) chips.push([`dated ${spanName(query.when)}`, { when: "" }]);
    if (query.period) chips.push([`in force in ${spanName(query.period)}`, { period: "" }]);
    if (query.unit) chips.push([`in ${query.unit}`, { unit: "" }]);
    if (query.name) chips.push([query.name, { name: "" }]);
    const all = !isEmpty(query);
    this._chips.hidden = !all;
    this._chips.replaceChildren(
      ...chips.map(([label, without]) =>
        h("button", { type: "button", class: "chip", "aria-label": `Remove the filter: ${clipped(label, 80)}`, click: () => this._set(without) },
          isolated(clipped(label, 60)), " ×")),
      ...(all ? [h("button", { type: "button", class: "chip clear", click: () => this._clear() }, "Clear all")] : []),
    );
  }

  _clear() {
    this._words.value = "";
    this._change(queryOf(new URLSearchParams()), false);
  }

  /**
   * @param {Partial<Query>} change
   * @param {boolean} [replaces] whether the way back leaves this step out
   */
  _set(change, replaces = false) {
    this._change({ ...this._query, ...change }, replaces);
  }

  /** @param {Kind} kind */
  _toggle(kind) {
    const shown = this._query.kinds.length ? this._query.kinds : KIND_NAMES;
    const kinds = shown.includes(kind) ? shown.filter((other) => other !== kind) : KIND_NAMES.filter((k) => k === kind || shown.includes(k));
    this._set({ kinds: kinds.length === KIND_NAMES.length ? [] : kinds });
  }

  /**
   * @param {string} name
   * @param {string} any
   * @param {(value: string) => void} choose
   */
  _choice(name, any, choose) {
    return h("select", { name, "aria-label": any.replace("Any", "Only this"), change: (/** @type {any} */ e) => choose(e.target.value) });
  }

  /**
   * @param {HTMLSelectElement} select
   * @param {string} any
   * @param {(readonly [string, string])[]} options
   */
  _options(select, any, options) {
    if (select.options.length === options.length + 1) return;
    select.replaceChildren(h("option", { value: "" }, any), ...options.map(([value, name]) => h("option", { value }, clipped(name, 40))));
  }
}

/** "before 1976" of `../1975`, "2010–2014" of `2010/2014`. @param {string} when */
function spanName(when) {
  return when.startsWith("../") ? `until ${when.slice(3)}` : when.replace("/", "–");
}
