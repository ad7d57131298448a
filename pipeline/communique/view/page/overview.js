/**
 * The overview: how much there is, charts, each with a table that says the same, and the people with their offices.
 */

class Overview {
  /**
   * @param {(query: Partial<Query>) => string} address of records that are looked for
   * @param {(row: Row) => string} place of a row in its text
   */
  constructor(address, place) {
    this._address = address;
    this._place = place;
    this._inForce = false;
    /** @type {Query | null} */
    this._query = null;
    /** @type {Map<string, any>} */
    this._drawn = new Map();
    /** Charts that were not in sight yet, by their element. @type {Map<Element, {name: string, option: any}>} */
    this._waiting = new Map();
    this._near = new IntersectionObserver(
      (entries) => this._draw(entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target)),
      { root: byId("overview"), rootMargin: "400px" },
    );
    addEventListener("beforeprint", () => this._draw([...this._waiting.keys()]));
    /** Which charts show their table. @type {Set<string>} */
    this._tables = new Set();
    this._width = 0;
    const redraw = settled(() => this.repaint(), 150);
    new ResizeObserver(() => {
      if (byId("overview").clientWidth !== this._width) redraw();
    }).observe(byId("overview"));
  }

  /** Draw again, in other colours. */
  repaint() {
    if (this._query && !byId("overview").hidden) this.show(this._query);
  }

  /** @param {Query} query */
  show(query) {
    this._query = query;
    const asked = { ...query, kinds: /** @type {Kind[]} */ ([]) };
    const rows = store.everything().filter(matcher(asked));
    // What the mark means comes on top of what is looked for already.
    /** @type {Address} */
    const address = (more) => this._address({ ...asked, ...more, states: [...new Set([...asked.states, ...(more.states ?? [])])] });
    const c = colours();
    this._width = byId("overview").clientWidth;
    const width = Math.min(1240, this._width) - 180; // of the plot of a wide chart, without its labels
    this._drawn.forEach((chart) => chart.dispose());
    this._drawn.clear();
    this._near.disconnect();
    this._waiting.clear();
    const top = byId("overview").scrollTop;
    byId("overview").replaceChildren(
      h("div", { class: "page" },
        this._numbers(rows, address),
        h("div", { class: "charts" },
          this._figure("Decisions over time", "wide", timeline(rows, address, c, width)),
          this._figure("States and acts", "", matrix(rows, address, c)),
          this._figure("States joined by documents", "", graph(rows, address, c, width)),
          this._figure("Documents by status", "wide", documents(rows, address, c, this._inForce, width), this._periodChoice()),
          this._figure("Figures by unit", "wide", figures(rows, address, c, this._place)),
          this._people(rows, address)),
        h("footer", { class: "foot" }, `Made by communique ${ABOUT.version}. Charts: Apache ECharts, Apache License 2.0.`)),
    );
    byId("overview").scrollTop = top;
    for (const plot of this._waiting.keys()) this._near.observe(plot);
  }

  /**
   * @param {Row[]} rows
   * @param {Address} address
   */
  _numbers(rows, address) {
    const counts = new Map(tally(rows.map((row) => row.kind)));
    const names = { person: "name", state: "key", organization: "name" };
    /** @param {Kind} kind */
    const count = (kind) => {
      const by = names[/** @type {keyof typeof names} */ (kind)];
      if (!by) return counts.get(kind) ?? 0;
      return new Set(rows.filter((row) => row.kind === kind).map((row) => row[/** @type {"name"} */ (by)])).size;
    };
    return h(
      "section",
      { class: "numbers", "aria-label": "In numbers" },
      h("h1", {}, counted(new Set(rows.map((row) => row.text)).size, "text")),
      h("ul", {}, KIND_NAMES.map((kind) =>
        h("li", {}, h("a", { href: address({ kinds: [kind] }) },
          h("strong", {}, grouped(count(kind))), h("span", {}, h("i", { class: `swatch ${kind}` }), KINDS[kind][1]))))),
    );
  }

  _periodChoice() {
    const choose = (/** @type {boolean} */ inForce) => () => {
      this._inForce = inForce;
      if (this._query) this.show(this._query);
    };
    const button = (/** @type {string} */ name, /** @type {boolean} */ value) =>
      h("button", { type: "button", "aria-pressed": String(this._inForce === value), click: choose(value) }, name);
    return h("div", { class: "switch", role: "group", "aria-label": "Years" }, button("Made in", false), button("In force in", true));
  }

  /**
   * @param {string} name
   * @param {string} look
   * @param {Chart} chart
   * @param {HTMLElement} [choice]
   */
  _figure(name, look, chart, choice) {
    const empty = !chart.rows.length;
    const plot = h("div", { class: "plot", role: "img", "aria-label": `${chart.label}. The table says the same.` });
    plot.style.height = `${chart.height}px`;
    const table = h("div", { class: "table", tabindex: 0, role: "region", "aria-label": `${name}, as a table` });
    const asTable = this._tables.has(name);
    const turn = () => {
      if (!this._tables.delete(name)) this._tables.add(name);
      const shown = this._tables.has(name);
      button.setAttribute("aria-pressed", String(shown));
      plot.hidden = shown;
      table.hidden = !shown;
      if (shown) table.replaceChildren(tableOf(chart.columns, chart.rows));
      else this._drawn.get(name)?.resize();
    };
    const button = h("button", { type: "button", class: "turn-over", "aria-pressed": String(asTable), click: turn }, "Table");
    plot.hidden = asTable;
    table.hidden = !asTable;
    if (asTable) table.append(tableOf(chart.columns, chart.rows));
    if (!empty) this._waiting.set(plot, { name, option: chart.option });
    return h(
      "section",
      { class: `chart-card ${look}` },
      h("header", {}, h("h2", {}, name), choice, empty ? null : button),
      empty ? h("p", { class: "hint" }, "Nothing of this is in the records shown.") : [plot, table],
      empty ? null : h("p", { class: "hint" }, chart.note ?? ""),
    );
  }

  /** Draw the charts that come into sight. @param {Iterable<Element>} plots */
  _draw(plots) {
    for (const plot of plots) {
      const waiting = this._waiting.get(plot);
      if (!waiting) continue;
      this._waiting.delete(plot);
      this._near.unobserve(plot);
      const chart = echarts.init(plot, null, { renderer: "canvas" });
      chart.setOption(waiting.option);
      chart.on("click", (/** @type {any} */ mark) => {
        if (mark.data?.to) location.hash = mark.data.to;
      });
      this._drawn.set(waiting.name, chart);
    }
  }

  /**
   * @param {Row[]} rows
   * @param {Address} address
   */
  _people(rows, address) {
    /** @type {Map<string, {texts: Set<number>, mentions: number, offices: string[]}>} */
    const people = new Map();
    for (const row of rows) {
      if (row.kind !== "person") continue;
      const person = people.get(row.name) ?? { texts: new Set(), mentions: 0, offices: [] };
      people.set(row.name, person);
      person.texts.add(row.text);
      person.mentions += row.mentions.length;
      person.offices.push(...row.item.roles.map(officeOf));
    }
    const order = [...people].sort((one, other) => other[1].texts.size - one[1].texts.size || other[1].mentions - one[1].mentions || (one[0] < other[0] ? -1 : 1));
    const shown = order.slice(0, 60);
    return h(
      "section",
      { class: "chart-card wide" },
      h("header", {}, h("h2", {}, "People and their offices")),
      h("div", { class: "table", tabindex: 0, role: "region", "aria-label": "People and their offices" },
        tableOf(["Person", "Offices", "Texts", "Mentions"], shown.map(([name, person]) => [
          { text: clipped(name, 80), to: address({ kinds: ["person"], name }) },
          clipped([...new Set(person.offices)].join("; "), 300),
          person.texts.size,
          person.mentions,
        ]))),
      h("p", { class: "hint" }, `People of the same full name are taken as one.${order.length > shown.length ? ` The ${shown.length} in most texts of ${grouped(order.length)}; ` : ""}`,
        order.length > shown.length ? h("a", { href: address({ kinds: ["person"] }) }, "all people") : null),
    );
  }
}

/**
 * @param {string[]} columns
 * @param {Chart["rows"]} rows
 */
function tableOf(columns, rows) {
  return h(
    "table",
    {},
    h("thead", {}, h("tr", {}, columns.map((column) => h("th", { scope: "col" }, column)))),
    h("tbody", {}, rows.slice(0, 500).map((row) =>
      h("tr", {}, row.map((cell) => {
        const shown = typeof cell === "object" ? h("a", { href: cell.to }, isolated(String(cell.text))) : isolated(String(cell));
        const numeric = typeof (typeof cell === "object" ? cell.text : cell) === "number";
        return h("td", { class: numeric ? "number" : null }, shown);
      })))),
    rows.length > 500 ? h("caption", {}, `The first 500 of ${grouped(rows.length)} rows`) : null,
  );
}
