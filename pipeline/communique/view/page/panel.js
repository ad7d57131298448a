/**
 * The records of a text as cards: a click on one leads to its place in the text.
 */

/** How many cards of a kind are shown at first, and how many more each time one asks. */
const SOME_CARDS = 120;

class Panel {
  /**
   * @param {TextRecord} text
   * @param {Row[]} rows
   * @param {(row: Row, nth: number) => void} choose called for a card, and for a step to another of its mentions
   */
  constructor(text, rows, choose) {
    this._text = text;
    this._rows = rows;
    this._choose = choose;
    this._byKey = new Map(rows.map((row) => [row.key, row]));
    /** @type {Row | null} */
    this._selected = null;
    this._nth = 0;
    /** Which cards of a kind are shown, where it is not the first ones. @type {Map<Kind, Place>} */
    this._shown = new Map();
    this._matches = (/** @type {Row} */ _row) => true;
    this.element = h("div", { class: "panel-body" });
  }

  /**
   * Show the cards of rows that are looked for.
   *
   * @param {(row: Row) => boolean} matches
   */
  filter(matches) {
    if (matches !== this._matches) this._shown.clear();
    this._matches = matches;
    const shown = this._rows.filter(matches);
    const hidden = this._rows.length - shown.length;
    const groups = KIND_NAMES.map((kind) => this._group(kind, shown.filter((row) => row.kind === kind)));
    this.element.replaceChildren(
      this._about(),
      ...groups.filter((group) => group !== null),
      ...(hidden ? [h("p", { class: "hint" }, `${counted(hidden, "record")} hidden by the filters.`)] : []),
    );
  }

  /**
   * @param {Row | null} row
   * @param {number} [nth]
   */
  select(row, nth = 0) {
    const old = this._selected;
    this._selected = row;
    this._nth = nth;
    if (old && old !== row) this._card(old)?.replaceWith(this._draw(old));
    if (!row) return;
    if (!this._card(row)) this._show(row);
    const card = this._card(row);
    const held = card?.contains(document.activeElement);
    const fresh = this._draw(row);
    card?.replaceWith(fresh);
    if (held) fresh.querySelector("button")?.focus({ preventScroll: true });
    fresh.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  /** Show the cards around a row. @param {Row} row */
  _show(row) {
    const at = this._rows.filter((other) => other.kind === row.kind && this._matches(other)).indexOf(row);
    if (at < 0) return;
    this._shown.set(row.kind, [Math.max(0, at - SOME_CARDS / 2), at + SOME_CARDS / 2]);
    this.filter(this._matches);
  }

  /** @param {Row} row */
  _card(row) {
    return this.element.querySelector(`[data-card="${row.key}"]`);
  }

  /**
   * @param {Kind} kind
   * @param {Row[]} rows
   */
  _group(kind, rows) {
    if (!rows.length) return null;
    const [first, last] = this._shown.get(kind) ?? [0, SOME_CARDS];
    /** @type {(name: string, count: number, from: number, to: number) => Child} */
    const more = (name, count, from, to) =>
      count > 0 &&
      h("button", { type: "button", class: "more", click: () => {
        this._shown.set(kind, [from, to]);
        this.filter(this._matches);
      } }, `${name} (${grouped(count)})`);
    return h(
      "section",
      { class: `group ${kind}` },
      h("h3", {}, h("i", { class: `swatch ${kind}` }), KINDS[kind][1], h("span", { class: "count" }, grouped(rows.length))),
      more("Show earlier", first, Math.max(0, first - SOME_CARDS), last),
      h("ul", {}, rows.slice(first, last).map((row) => this._draw(row))),
      more("Show more", rows.length - last, first, last + SOME_CARDS),
    );
  }

  /** @param {Row} row */
  _draw(row) {
    const on = row === this._selected;
    const choose = () => this._choose(row, 0);
    return h(
      "li",
      { class: `card ${row.kind}${on ? " on" : ""}`, "data-card": row.key },
      h("button", { type: "button", class: "go", "aria-current": on && "true", click: choose }, faceOf(this._text, row, this._byKey)),
      on && this._more(row),
    );
  }

  /** @param {Row} row */
  _more(row) {
    const count = row.mentions.length;
    const nth = this._nth;
    const rule = row.mentions[nth]?.[2];
    /** @type {(by: number) => () => void} */
    const step = (by) => () => this._choose(row, (nth + by + count) % count);
    return h(
      "div",
      { class: "details" },
      row.kind === "decision" && this._links(row),
      row.kind === "figure" && row.item.measure && line("measures", words(this._text, row.item.measure)),
      count > 1 &&
        h(
          "p",
          { class: "stepper" },
          h("button", { type: "button", "aria-label": "Previous mention", click: step(-1) }, "‹"),
          h("span", {}, `mention ${nth + 1} of ${grouped(count)}`),
          h("button", { type: "button", "aria-label": "Next mention", click: step(1) }, "›"),
        ),
      rule && line("found by", rule, "code"),
    );
  }

  /** Links to those a decision names. @param {Row} row */
  _links(row) {
    /** @type {Actor[]} */
    const actors = [...row.item.actors, row.item.recipient].filter(Boolean);
    const ids = [...new Set([...actors.flatMap((actor) => actor.ids), ...row.item.documents])];
    const rows = ids.flatMap((id) => this._byKey.get(id) ?? []);
    if (!rows.length) return null;
    return h(
      "p",
      { class: "links" },
      rows.map((other) =>
        h(
          "button",
          { type: "button", class: `link ${other.kind}`, click: () => this._choose(other, 0) },
          h("i", { class: `swatch ${other.kind}` }),
          isolated(clipped(other.name, 60)),
        ),
      ),
    );
  }

  /** What the text is and tells of. */
  _about() {
    const { meeting, source } = this._text;
    const name = (/** @type {string} */ id) => this._byKey.get(id)?.name ?? id;
    const day = meeting && [meeting.date, meeting.place, meeting.state && stateName(meeting.state)].filter(Boolean);
    return h(
      "section",
      { class: "about-text" },
      h("h2", {}, meeting?.name ? isolated(clipped(meeting.name, 200)) : meeting ? "No named meeting" : "No meeting"),
      meeting && day?.length ? h("p", {}, isolated(day.join(" · "))) : null,
      meeting?.participants.length
        ? h("details", {}, h("summary", {}, counted(meeting.participants.length, "participant")),
            h("ul", { class: "plain" }, meeting.participants.map((id) => h("li", {}, isolated(clipped(name(id), 200))))))
        : null,
      h(
        "dl",
        {},
        pair("Publisher", source.publisher),
        pair("Published", source.published),
        pair("Address", source.url && addressOf(source.url)),
        pair("Rights", source.rights),
        pair("File", source.path),
      ),
    );
  }
}

/**
 * @param {string} label
 * @param {string | Node | null} value
 */
function pair(label, value) {
  if (!value) return null;
  return h("div", {}, h("dt", {}, label), h("dd", {}, typeof value === "string" ? isolated(clipped(value, 300)) : value));
}

/**
 * A link where the address is one of the web, else its characters.
 *
 * @param {string} url
 */
function addressOf(url) {
  const shown = isolated(clipped(url, 120));
  const safe = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  return safe ? h("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, shown) : shown;
}

/**
 * @param {string} label
 * @param {string} value
 * @param {"span" | "code"} [tag]
 */
function line(label, value, tag = "span") {
  return h("p", { class: "line" }, h("span", { class: "label" }, label), " ", h(tag, {}, isolated(clipped(value, 300))));
}

/**
 * What a card says of a row.
 *
 * @param {TextRecord} text
 * @param {Row} row
 * @param {Map<string, Row>} byKey
 * @returns {Child[]}
 */
function faceOf(text, row, byKey) {
  const { item } = row;
  const title = (/** @type {string} */ value) => isolated(clipped(value, 240), { class: "title" });
  const note = (/** @type {...(string | null)} */ ...parts) => {
    const said = parts.filter(Boolean).join(" · ");
    return said ? h("span", { class: "note" }, isolated(clipped(said, 240))) : null;
  };
  switch (row.kind) {
    case "decision": {
      const actors = item.actors.map((/** @type {Actor} */ actor) => clipped(actor.text, 80)).join(", ");
      return [
        h("span", { class: "tags" }, tag(item.act, "act"), tag(item.status, `status ${item.status}`), item.date && h("span", { class: "day" }, item.date)),
        title(words(text, item.object) || words(text, evidenceOf(text, row))),
        note(actors && `by ${actors}`, item.recipient && `to ${clipped(item.recipient.text, 80)}`),
      ];
    }
    case "document": {
      const parties = item.parties.map((/** @type {string} */ id) => byKey.get(id)?.name ?? stateName(id)).join(", ");
      return [
        h("span", { class: "tags" }, tag(item.type, "type"), tag(item.status, `status ${item.status}`), item.date && h("span", { class: "day" }, item.date)),
        title(item.title),
        note(parties && clipped(parties, 160), item.period && `for ${item.period}`),
      ];
    }
    case "person":
      return [title(item.name), times(row), note(item.roles.map(officeOf).join("; "))];
    case "state":
      return [title(item.name), times(row)];
    case "organization":
      return [title(item.name), times(row), note(item.acronym !== item.name ? item.acronym : null)];
    case "figure":
      return [title(row.name), h("span", { class: "value" }, isolated(clipped(valueOf(item), 120)))];
    default:
      return [title(row.name), h("span", { class: "value" }, item.value ?? "not resolved")];
  }
}

/** @param {Row} row */
function times(row) {
  return h("span", { class: "times" }, `${grouped(row.mentions.length)}×`);
}

/**
 * @param {string} name
 * @param {string} look
 */
function tag(name, look) {
  return h("span", { class: `tag ${look}` }, name);
}

/** @param {Role} role */
function officeOf(role) {
  const of = role.organization ?? (role.state && stateName(role.state));
  return of ? `${role.title}, ${of}` : role.title;
}

/**
 * A figure's value in full: "over 2,400,000,000 USD".
 *
 * @param {{value: number | string, upper: number | string | null, unit: string, modifier: string | null}} figure
 */
function valueOf({ value, upper, unit, modifier }) {
  const range = upper === null ? numberOf(value) : `${numberOf(value)}–${numberOf(upper)}`;
  return [modifier, range, unit].filter(Boolean).join(" ");
}

/**
 * A number as it is, grouped; one that JavaScript can't hold came as a string.
 *
 * @param {number | string} value
 */
function numberOf(value) {
  if (typeof value === "string") return value.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return value.toLocaleString("en", { maximumFractionDigits: 20 });
}
