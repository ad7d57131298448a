/**
 * The records of a text as rows, one shape for all kinds: what lists, filters and charts work on.
 *
 * Places are offsets in UTF-16 code units, half-open, as JavaScript's strings count.
 *
 * @typedef {"decision"|"document"|"person"|"state"|"organization"|"figure"|"date"} Kind
 * @typedef {[number, number]} Place
 * @typedef {[number, number, string | null]} Mention start, end, rule
 * @typedef {{text: string, at: Place | null, ids: string[]}} Actor
 * @typedef {{title: string, state: string | null, organization: string | null, at: Place | null}} Role
 * @typedef {{name: string | null, date: string | null, place: string | null, state: string | null,
 *   participants: string[]}} Meeting
 * @typedef {{id: string, source: Record<string, string | null>, text: string, sentences: number[],
 *   meeting: Meeting | null, people: any[], states: any[], organizations: any[], documents: any[], dates: any[],
 *   figures: any[], decisions: any[]}} TextRecord
 *
 * @typedef {object} Row
 * @property {number} text which text, by its place in the file
 * @property {Kind} kind
 * @property {string} key unique within the text; the record's id where it has one
 * @property {string} name what a list calls it
 * @property {Mention[]} mentions where it stands; a decision's trigger
 * @property {string[]} states codes: a decision's actors, a document's parties, a person's offices; else those in its
 *   sentence
 * @property {string | null} act
 * @property {string | null} status
 * @property {string | null} unit
 * @property {string | null} day `2024`, `2024-05` or `2024-05-17`
 * @property {any} item the record itself
 */

/** @type {Record<Kind, [one: string, many: string]>} */
const KINDS = {
  decision: ["Decision", "Decisions"],
  document: ["Document", "Documents"],
  person: ["Person", "People"],
  state: ["State", "States"],
  organization: ["Organization", "Organizations"],
  figure: ["Figure", "Figures"],
  date: ["Date", "Dates"],
};
const KIND_NAMES = /** @type {Kind[]} */ (Object.keys(KINDS));
const DECISION_STATUSES = ["taken", "proposed"];
const DOCUMENT_STATUSES = ["signed", "adopted", "proposed", "amended", "terminated", "mentioned"];

/**
 * Every record of a text.
 *
 * @param {TextRecord} text
 * @param {number} number
 * @returns {Row[]}
 */
function rowsOf(text, number) {
  const own = dayOf(text.meeting?.date) ?? dayOf(text.source.published);
  const near = stateFinder(text);
  const offices = new Map(text.people.map((p) => [p.id, statesOf(p.roles.map((/** @type {Role} */ r) => r.state))]));
  const codes = new Set(text.states.map((s) => s.id));
  /** @param {string} id */
  const meant = (id) => offices.get(id) ?? (codes.has(id) ? [id] : []);
  /**
   * @param {Kind} kind
   * @param {string} key
   * @param {string} name
   * @param {Mention[]} mentions
   * @param {any} item
   * @param {Partial<Row>} more
   * @returns {Row}
   */
  const row = (kind, key, name, mentions, item, more) => ({
    text: number, kind, key, name, mentions, item, states: [], act: null, status: null, unit: null, day: own, ...more,
  });
  return [
    ...text.decisions.map((d) =>
      row("decision", d.id, words(text, d.object) || words(text, d.trigger), [d.trigger], d, {
        act: d.act,
        status: d.status,
        day: dayOf(d.date) ?? own,
        states: statesOf(d.actors.flatMap((/** @type {Actor} */ a) => a.ids.flatMap(meant))),
      }),
    ),
    ...text.documents.map((d) =>
      row("document", d.id, d.title, d.mentions, d, {
        status: d.status,
        day: dayOf(d.date) ?? own,
        states: statesOf(d.parties.filter((/** @type {string} */ id) => /^[A-Z]{3}$/.test(id))),
      }),
    ),
    ...text.people.map((p) => row("person", p.id, p.name, p.mentions, p, { states: offices.get(p.id) ?? [] })),
    ...text.states.map((s) => row("state", s.id, s.name, s.mentions, s, { states: [s.id] })),
    ...text.organizations.map((o) => row("organization", o.id, o.name, o.mentions, o, { states: near(o.mentions) })),
    ...text.figures.map((f, n) => {
      const at = [[...f.at, f.rule]];
      return row("figure", `f${n + 1}`, words(text, f.at), /** @type {Mention[]} */ (at), f, {
        unit: f.unit,
        states: near(at),
      });
    }),
    ...text.dates.map((d, n) => {
      const at = [[...d.at, d.rule]];
      return row("date", `t${n + 1}`, words(text, d.at), /** @type {Mention[]} */ (at), d, {
        day: dayOf(d.value),
        states: near(at),
      });
    }),
  ];
}

/** @param {(string | null)[]} codes */
function statesOf(codes) {
  return /** @type {string[]} */ ([...new Set(codes.filter((code) => code !== null))]);
}

/**
 * A function that gives the states named in the sentences of mentions.
 *
 * @param {TextRecord} text
 * @returns {(mentions: any[]) => string[]}
 */
function stateFinder(text) {
  /** @type {Map<number, string[]>} */
  const found = new Map();
  for (const state of text.states) {
    for (const mention of state.mentions) {
      const sentence = sentenceAt(text, mention)[0];
      found.set(sentence, [...(found.get(sentence) ?? []), state.id]);
    }
  }
  return (mentions) => statesOf(mentions.flatMap((mention) => found.get(sentenceAt(text, mention)[0]) ?? []));
}

/**
 * The words at a place.
 *
 * @param {TextRecord} text
 * @param {Place | Mention | null} place
 */
function words(text, place) {
  return place ? text.text.slice(place[0], place[1]) : "";
}

/**
 * The sentence around a place, by the bounds that came with the text.
 *
 * @param {TextRecord} text
 * @param {Place | Mention} place
 * @returns {Place}
 */
function sentenceAt(text, place) {
  const bounds = text.sentences;
  let low = 0;
  let high = bounds.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bounds[2 * middle + 1] <= place[0]) low = middle + 1;
    else high = middle;
  }
  if (2 * low >= bounds.length) return [place[0], place[1]];
  return [Math.min(bounds[2 * low], place[0]), Math.max(bounds[2 * low + 1], place[1])];
}

/**
 * The sentence that a row stands in: a decision's evidence, else that of its first mention.
 *
 * @param {TextRecord} text
 * @param {Row} row
 * @returns {Place}
 */
function evidenceOf(text, row) {
  return row.kind === "decision" ? row.item.evidence : sentenceAt(text, row.mentions[0]);
}

/**
 * The day, month or year on which an EDTF value begins, or null; a decade, a century and a duration have none.
 *
 * @param {string | null | undefined} value
 */
function dayOf(value) {
  if (!value) return null;
  const [start, end] = value.split("/");
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(start === ".." || !start ? (end ?? "") : start);
  if (!found) return null;
  const [, year, month, day] = found;
  if (!month || Number(month) > 12) return year; // seasons, quarters and halves
  return day ? `${year}-${month}-${day}` : `${year}-${month}`;
}

/**
 * The years that a period covers; none where an end is open.
 *
 * @param {string | null} period
 * @returns {number[]}
 */
function yearsOf(period) {
  const ends = (period ?? "").split("/").map((end) => Number(/^\d{4}/.exec(end)?.[0] ?? NaN));
  const [first, last] = [ends[0], ends[ends.length - 1]];
  if (!(last - first >= 0 && last - first < 200)) return [];
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}
