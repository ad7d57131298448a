/**
 * What is looked for, the same for the overview, the lists and the text; it stands in the page's address.
 *
 * @typedef {object} Query
 * @property {Kind[]} kinds those shown; empty for all
 * @property {string[]} states all of them
 * @property {string} act
 * @property {string} status
 * @property {string} unit of a figure
 * @property {string} when the year, month or day in which it lies, or two and all between them
 * @property {string} period years of which a document's period covers one
 * @property {string} name of the record, whole
 * @property {string} words all of them, in the record's sentence or name
 */

/** What the address calls each; those in lists are told with commas. */
const PARAMETERS = /** @type {const} */ ({
  kinds: "kind", states: "state", act: "act", status: "status", unit: "unit", when: "when", period: "in-force",
  name: "name", words: "q",
});

/**
 * @param {URLSearchParams} parameters
 * @returns {Query}
 */
function queryOf(parameters) {
  /** @param {keyof typeof PARAMETERS} name */
  const value = (name) => parameters.get(PARAMETERS[name]) ?? "";
  /** @param {keyof typeof PARAMETERS} name */
  const list = (name) => value(name).split(",").filter(Boolean);
  return {
    kinds: KIND_NAMES.filter((kind) => list("kinds").includes(kind)),
    states: list("states").filter((code) => /^[A-Z]{3}$/.test(code)),
    act: value("act"),
    status: value("status"),
    unit: value("unit"),
    when: value("when"),
    period: value("period"),
    name: value("name"),
    words: value("words"),
  };
}

/**
 * The parameters of the address that say it.
 *
 * @param {Partial<Query>} query
 */
function parametersOf(query) {
  const parameters = new URLSearchParams();
  for (const [name, key] of Object.entries(PARAMETERS)) {
    const value = query[/** @type {keyof Query} */ (name)];
    if (value && value.length) parameters.set(key, Array.isArray(value) ? value.join(",") : value);
  }
  return parameters;
}

/** @param {Query} query */
function isEmpty(query) {
  return parametersOf(query).size === 0;
}

/**
 * A function that says whether a row is looked for.
 *
 * @param {Query} query
 * @returns {(row: Row) => boolean}
 */
function matcher(query) {
  const sought = folded(query.words).split(/\s+/).filter(Boolean);
  return (row) =>
    (!query.kinds.length || query.kinds.includes(row.kind)) &&
    (!query.act || row.act === query.act) &&
    (!query.status || row.status === query.status) &&
    (!query.unit || row.unit === query.unit) &&
    (!query.name || row.name === query.name) &&
    query.states.every((code) => row.states.includes(code)) &&
    (!query.when || isWithin(row.day, query.when)) &&
    (!query.period || (row.kind === "document" && yearsOf(row.item.period).some((year) => isWithin(padded(year), query.period)))) &&
    (!sought.length || hasWords(row, sought));
}

/**
 * Whether a day lies in a year, a month or a day, or between two, as in `2010/2014` and `../1975`.
 *
 * @param {string | null} day
 * @param {string} when
 */
function isWithin(day, when) {
  if (day === null) return false;
  const [low, high] = when.split("/");
  if (high === undefined) return day === when || day.startsWith(`${when}-`);
  return (low === ".." || day >= low) && (high === ".." || day.slice(0, high.length) <= high);
}

/**
 * @param {Row} row
 * @param {string[]} sought folded
 */
function hasWords(row, sought) {
  const text = store.text(row.text);
  const [start, end] = evidenceOf(text, row);
  const sentence = folded(`${text.text.slice(start, end)} ${row.name}`);
  return sought.every((word) => sentence.includes(word));
}

/**
 * A function that says whether a text is looked for: by its own words, and by records where records are asked for.
 *
 * @param {Query} query
 * @returns {(number: number) => boolean}
 */
function textMatcher(query) {
  const sought = folded(query.words).split(/\s+/).filter(Boolean);
  const asked = { ...query, words: "", kinds: query.kinds.length === KIND_NAMES.length ? [] : query.kinds };
  const matches = isEmpty(asked) ? null : matcher(asked);
  return (number) =>
    sought.every((word) => store.folded(number).includes(word)) && (!matches || store.rows(number).some(matches));
}

/** Codes and names of the states that were read so far, by name. */
function knownStates() {
  return [...store.names].sort((one, other) => one[1].localeCompare(other[1], "en"));
}
