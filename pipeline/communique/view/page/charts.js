/**
 * What the charts show, counted from rows, and how ECharts is told to draw it.
 *
 * Every mark carries where it leads: `to`, the address of the records that it counts.
 *
 * @typedef {object} Chart
 * @property {any} option what ECharts draws
 * @property {number} height in pixels
 * @property {string} label for those who don't see it
 * @property {string[]} columns of the table that says the same
 * @property {(string | number | {text: string | number, to: string})[][]} rows
 * @property {string} [note] what is left out, and how things are counted
 * @typedef {{ink: string, quiet: string, line: string, ground: string, accent: string, kinds: Record<string, string>}} Colours
 * @typedef {(query: Partial<Query>) => string} Address
 */

/** How many states, units and bodies a chart shows at most; its table shows them all. */
const MOST = 24;
const STATUS_KINDS = { signed: "person", adopted: "document", proposed: "figure", amended: "state", terminated: "decision", mentioned: "date" };

/** @returns {Colours} */
function colours() {
  const style = getComputedStyle(document.documentElement);
  const value = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: value("ink"), quiet: value("quiet"), line: value("line"), ground: value("surface"), accent: value("accent"),
    kinds: Object.fromEntries(KIND_NAMES.map((kind) => [kind, value(kind)])),
  };
}

/**
 * How often each value stands, the most frequent first.
 *
 * @param {Iterable<string>} values
 * @returns {[string, number][]}
 */
function tally(values) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
}

/**
 * What all charts have in common; tooltips are drawn, never made of markup.
 *
 * @param {Colours} c
 */
function base(c) {
  return {
    animation: false,
    textStyle: { fontFamily: "system-ui, sans-serif", color: c.ink },
    tooltip: {
      renderMode: "richText", confine: true, backgroundColor: c.ground, borderColor: c.line, borderWidth: 1, padding: [8, 10],
      textStyle: { color: c.ink, fontSize: 13, fontFamily: "system-ui, sans-serif", width: 260, overflow: "break" },
    },
    grid: { left: 8, right: 16, top: 12, bottom: 8, containLabel: true },
  };
}

/**
 * @param {Colours} c
 * @param {object} [more]
 */
function axis(c, more) {
  return {
    axisLine: { lineStyle: { color: c.line } }, axisTick: { show: false }, splitLine: { lineStyle: { color: c.line } },
    axisLabel: { color: c.quiet, fontSize: 12, hideOverlap: true }, ...more,
  };
}

/**
 * The periods from the first to the last day, as many as there is room for: months, else years, else several years.
 * What is far before the rest is one period, which would leave no room otherwise.
 *
 * @typedef {{label: string, when: string}} Period what it is called, and what the filter calls it
 * @param {string[]} days sorted
 * @param {number} room how many periods fit
 * @returns {{of: (day: string) => Period | undefined, all: Period[]}}
 */
function periods(days, room) {
  const years = days.map((day) => Number(day.slice(0, 4)));
  const last = years[years.length - 1];
  const first = last - years[0] > 60 ? Math.min(years[Math.ceil(years.length * 0.04)], last) : years[0];
  if (!days.length || last - first <= 3) return months(days, room) ?? spans(first, last, room, years[0]);
  return spans(first, last, room, years[0]);
}

/**
 * @param {string[]} days sorted
 * @param {number} room
 */
function months(days, room) {
  /** @type {Map<string, Period>} */
  const all = new Map();
  const known = days.filter((day) => day.length > 4).map((day) => day.slice(0, 7));
  const add = (/** @type {string} */ when) => all.set(when, { label: when, when });
  const [low, high] = [known[0] ?? "", known[known.length - 1] ?? ""];
  for (let year = Number(days[0]?.slice(0, 4)); year <= Number(days[days.length - 1]?.slice(0, 4)); year++) {
    if (days.includes(padded(year))) add(padded(year)); // days of which only the year is known
    for (let month = 1; month <= 12; month++) {
      const when = `${padded(year)}-${String(month).padStart(2, "0")}`;
      if (when >= low && when <= high) add(when);
    }
  }
  if (all.size > room) return null;
  return { of: (/** @type {string} */ day) => all.get(day.slice(0, 7)), all: [...all.values()] };
}

/**
 * Spans of one or more years.
 *
 * @param {number} first
 * @param {number} last
 * @param {number} room
 * @param {number} earliest
 */
function spans(first, last, room, earliest) {
  const step = [1, 2, 5, 10, 20, 50, 100].find((years) => (last - first + 1) / years <= room) ?? 1000;
  const start = first - (first % step);
  /** @type {Period[]} */
  const all = [];
  if (earliest < start) all.push({ label: `before ${start}`, when: `../${padded(start - 1)}` });
  const before = all.length;
  for (let year = start; year <= last; year += step) {
    const end = year + step - 1;
    all.push(step === 1 ? { label: String(year), when: padded(year) } : { label: `${year}–${end}`, when: `${padded(year)}/${padded(end)}` });
  }
  return {
    of: (/** @type {string} */ day) => all[Math.max(0, before + Math.floor((Number(day.slice(0, 4)) - start) / step))],
    all,
  };
}

/** @param {number} year */
function padded(year) {
  return String(year).padStart(4, "0");
}

/**
 * Decisions by day and act.
 *
 * @param {Row[]} rows
 * @param {Address} address
 * @param {Colours} c
 * @param {number} width in pixels
 * @returns {Chart}
 */
function timeline(rows, address, c, width) {
  const decisions = rows.filter((row) => row.kind === "decision");
  const dated = decisions.filter((row) => row.day !== null);
  const days = dated.map((row) => /** @type {string} */ (row.day)).sort();
  const { of, all } = periods(days, width / 20);
  const acts = ABOUT.acts.filter((act) => dated.some((row) => row.act === act)).reverse();
  const counts = tally(dated.map((row) => [all.findIndex((period) => period === of(row.day ?? "")), row.act, row.status].join("|")));
  const most = Math.max(1, ...counts.map(([, count]) => count));
  const points = counts.map(([key, count]) => {
    const [n, act, status] = key.split("|");
    const { label, when } = all[Number(n)];
    return { value: [label, act, count], nth: Number(n), status, to: address({ kinds: ["decision"], when, act, status }) };
  });
  const series = DECISION_STATUSES.map((status, n) => ({
    type: "scatter", name: status, data: points.filter((point) => point.status === status),
    symbolSize: (/** @type {any} */ value) => 6 + 14 * Math.sqrt(value[2] / most),
    symbolOffset: [0, n ? 4 : -4],
    itemStyle: n ? { color: c.ground, borderColor: c.kinds.decision, borderWidth: 2 } : { color: c.kinds.decision, opacity: 0.9 },
    emphasis: { scale: 1.15 },
  }));
  return {
    height: 60 + 30 * acts.length,
    label: `${counted(dated.length, "decision")} by time and act, taken and proposed`,
    note: `By the decision’s own day, else that of its meeting or its text.${decisions.length > dated.length ? ` ${grouped(decisions.length - dated.length)} without any are left out.` : ""}`,
    columns: ["When", "Act", "Status", "Decisions"],
    rows: points
      .sort((one, other) => one.nth - other.nth)
      .map(({ value: [when, act, count], status, to }) => [when, act, status, { text: count, to }]),
    option: {
      ...base(c),
      grid: { left: 8, right: 16, top: 38, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, itemGap: 18, textStyle: { color: c.ink }, data: DECISION_STATUSES, selectedMode: false },
      xAxis: { type: "category", data: all.map((period) => period.label), ...axis(c, { splitLine: { show: false } }) },
      yAxis: { type: "category", data: acts, ...axis(c, { splitLine: { show: true, lineStyle: { color: c.line } }, axisLabel: { color: c.ink, interval: 0 } }) },
      tooltip: { ...base(c).tooltip, formatter: (/** @type {any} */ p) => `${p.value[0]}\n${p.value[1]}, ${p.seriesName}: ${p.value[2]}` },
      series,
    },
  };
}

/**
 * Who does what.
 *
 * @param {Row[]} rows
 * @param {Address} address
 * @param {Colours} c
 * @returns {Chart}
 */
function matrix(rows, address, c) {
  const pairs = rows.filter((row) => row.kind === "decision").flatMap((row) => row.states.map((code) => `${code}|${row.act}`));
  const counts = tally(pairs);
  const all = tally(pairs.map((pair) => pair.split("|")[0]));
  const codes = all.slice(0, MOST).map(([code]) => code);
  const acts = ABOUT.acts.filter((act) => counts.some(([key]) => key.endsWith(`|${act}`)));
  const cells = counts.map(([key, count]) => {
    const [code, act] = key.split("|");
    return { code, act, count, to: address({ kinds: ["decision"], states: [code], act }) };
  });
  const most = Math.max(1, ...cells.map((cell) => cell.count));
  const data = cells
    .filter((cell) => codes.includes(cell.code))
    .map((cell) => ({
      value: [cell.act, stateName(cell.code), cell.count],
      to: cell.to,
      label: { color: cell.count / most > 0.55 ? c.ground : c.ink },
    }));
  return {
    height: 70 + 24 * codes.length,
    label: `Decisions by state and act, for ${counted(codes.length, "state")}`,
    note: `A decision counts for each state among its actors, by name or through a person’s office.${all.length > MOST ? ` The ${MOST} busiest of ${grouped(all.length)} states; the table has all.` : ""}`,
    columns: ["State", "Act", "Decisions"],
    rows: cells.map((cell) => [stateName(cell.code), cell.act, { text: cell.count, to: cell.to }]),
    option: {
      ...base(c),
      xAxis: { type: "category", data: acts, position: "top", ...axis(c, { splitLine: { show: false }, axisLine: { show: false }, axisLabel: { color: c.ink, interval: 0, rotate: -50 } }) },
      yAxis: { type: "category", data: codes.map(stateName).reverse(), ...axis(c, { axisLine: { show: false }, axisLabel: { color: c.ink, interval: 0, width: 130, overflow: "truncate" } }) },
      visualMap: { show: false, min: 0, max: most, inRange: { color: [c.ground, c.accent] } },
      tooltip: { ...base(c).tooltip, formatter: (/** @type {any} */ p) => `${p.value[1]}\n${p.value[0]}: ${p.value[2]}` },
      series: [{ type: "heatmap", data, label: { show: true, fontSize: 11 }, itemStyle: { borderColor: c.ground, borderWidth: 2, borderRadius: 4 }, emphasis: { itemStyle: { borderColor: c.ink, borderWidth: 1 } } }],
    },
  };
}

/**
 * Documents by status, by year: in which they were made, or for which they are in force.
 *
 * @param {Row[]} rows
 * @param {Address} address
 * @param {Colours} c
 * @param {boolean} inForce
 * @param {number} width in pixels
 * @returns {Chart}
 */
function documents(rows, address, c, inForce, width) {
  const all = rows.filter((row) => row.kind === "document");
  const years = (/** @type {Row} */ row) => (inForce ? yearsOf(row.item.period).map(padded) : row.day ? [row.day.slice(0, 4)] : []);
  const told = all.filter((row) => years(row).length);
  const days = told.flatMap(years).sort();
  const spread = periods(days, width / 26);
  const statuses = DOCUMENT_STATUSES.filter((status) => told.some((row) => row.status === status));
  const within = (/** @type {Row} */ row) => new Set(years(row).map((year) => spread.of(year)?.label ?? ""));
  const counts = new Map(tally(told.flatMap((row) => [...within(row)].map((label) => `${label}|${row.status}`))));
  const to = (/** @type {string} */ when, /** @type {string} */ status) =>
    address({ kinds: ["document"], status, ...(inForce ? { period: when } : { when }) });
  const cells = spread.all.flatMap(({ label, when }) =>
    statuses.map((status) => ({ label, status, count: counts.get(`${label}|${status}`), to: to(when, status) })));
  return {
    height: 280,
    label: `${counted(told.length, "document")} by year and status`,
    note: inForce
      ? `A document counts in each year of its period; ${grouped(told.length)} of ${grouped(all.length)} have one with both ends.`
      : "By the year of signing or adoption where the text tells it, else that of its meeting or of the text.",
    columns: [inForce ? "In force in" : "Years", "Status", "Documents"],
    rows: cells.flatMap(({ label, status, count, to }) => (count ? [[label, status, { text: count, to }]] : [])),
    option: {
      ...base(c),
      grid: { left: 8, right: 16, top: 38, bottom: 8, containLabel: true },
      legend: { type: "scroll", top: 0, left: 0, itemGap: 14, textStyle: { color: c.ink }, data: statuses },
      xAxis: { type: "category", data: spread.all.map((period) => period.label), ...axis(c, { splitLine: { show: false } }) },
      yAxis: { type: "value", minInterval: 1, ...axis(c) },
      tooltip: { ...base(c).tooltip, formatter: (/** @type {any} */ p) => `${p.name}\n${p.seriesName}: ${p.value}` },
      series: statuses.map((status) => ({
        type: "bar", stack: "all", name: status, barMaxWidth: 34,
        itemStyle: { color: c.kinds[STATUS_KINDS[/** @type {keyof typeof STATUS_KINDS} */ (status)]], borderColor: c.ground, borderWidth: 1 },
        data: cells.filter((cell) => cell.status === status).map(({ count, to }) => (count ? { value: count, to } : { value: null })),
      })),
    },
  };
}

/**
 * Each figure at its value, a line a unit.
 *
 * @param {Row[]} rows
 * @param {Address} address
 * @param {Colours} c
 * @param {(row: Row) => string} place
 * @returns {Chart}
 */
function figures(rows, address, c, place) {
  const all = rows.filter((row) => row.kind === "figure");
  const units = tally(all.map((row) => row.unit ?? ""));
  const shown = units.slice(0, 14).map(([unit]) => unit);
  const label = new Map(units.map(([unit, count]) => [unit, `${clipped(unit, 24)} (${grouped(count)})`]));
  const data = all
    .map((row) => ({ row, value: Number(row.item.value) }))
    .filter(({ row, value }) => value > 0 && Number.isFinite(value) && shown.includes(row.unit ?? ""))
    .map(({ row, value }) => ({ value: [value, label.get(row.unit ?? "")], to: place(row), row }));
  const sizes = data.map(({ value }) => Math.log10(Number(value[0])));
  const low = 3 * Math.floor(Math.min(...sizes, 0) / 3);
  /** @type {(values: number[]) => number} */
  const middle = (values) => values[values.length >> 1];
  return {
    height: 60 + 28 * shown.length,
    label: `${counted(data.length, "figure")} by value and unit`,
    note: `A point a figure, by its value (the lower end of a range) on a scale of powers of ten.${units.length > shown.length ? ` The ${shown.length} most frequent of ${grouped(units.length)} units; the table has all.` : ""}`,
    columns: ["Unit", "Figures", "Smallest", "Median", "Largest"],
    rows: units.map(([unit, count]) => {
      const values = all.filter((row) => row.unit === unit).map((row) => Number(row.item.value)).sort((a, b) => a - b);
      return [clipped(unit, 60), { text: count, to: address({ kinds: ["figure"], unit }) },
        numberOf(values[0]), numberOf(middle(values)), numberOf(values[values.length - 1])];
    }),
    option: {
      ...base(c),
      grid: { left: 8, right: 28, top: 12, bottom: 8, containLabel: true },
      xAxis: { type: "log", interval: 3, min: 10 ** low, max: 10 ** Math.max(3, Math.ceil(Math.max(...sizes, 0))), ...axis(c, { axisLabel: { color: c.quiet, hideOverlap: true, formatter: short } }) },
      yAxis: { type: "category", data: shown.map((unit) => label.get(unit)).reverse(), ...axis(c, { splitLine: { show: true, lineStyle: { color: c.line } }, axisLabel: { color: c.ink, interval: 0 } }) },
      tooltip: {
        ...base(c).tooltip,
        formatter: (/** @type {any} */ p) => `${clipped(valueOf(p.data.row.item), 80)}\n${clipped(titleOf(HEADS[p.data.row.text]), 90)}`,
      },
      series: [{ type: "scatter", data, symbolSize: 10, itemStyle: { color: c.kinds.figure, borderColor: c.ink, borderWidth: 0.5, opacity: 0.75 } }],
    },
  };
}

/** "2.4bn" of 2400000000. @param {number} value */
function short(value) {
  return value.toLocaleString("en", { notation: "compact", maximumFractionDigits: 4 });
}

/**
 * States on a circle, joined by the documents to which both are parties.
 *
 * @param {Row[]} rows
 * @param {Address} address
 * @param {Colours} c
 * @param {number} width in pixels
 * @returns {Chart}
 */
function graph(rows, address, c, width) {
  const made = rows.filter((row) => row.kind === "document" && row.states.length);
  const sizes = tally(made.flatMap((row) => row.states));
  const joined = tally(made.flatMap((row) => pairsOf([...row.states].sort())));
  const codes = sizes.slice(0, width < 500 ? 18 : 40).map(([code]) => code);
  const many = new Map(sizes);
  const top = Math.max(1, ...many.values());
  const widest = Math.max(1, ...joined.map(([, count]) => count));
  const edges = joined.map(([pair, count]) => {
    const states = pair.split("|");
    return { source: states[0], target: states[1], value: count, to: address({ kinds: ["document"], states }) };
  });
  return {
    height: width < 500 ? 380 : 590,
    label: `${counted(codes.length, "state")} joined by documents`,
    note: `A line joins two states that are parties to the same document, thicker for more of them.${sizes.length > codes.length ? ` The ${codes.length} with most documents of ${grouped(sizes.length)} states; the table has all.` : ""}`,
    columns: ["State", "and", "Documents"],
    rows: edges.map((edge) => [stateName(edge.source), stateName(edge.target), { text: edge.value, to: edge.to }]),
    option: {
      ...base(c),
      tooltip: {
        ...base(c).tooltip,
        formatter: (/** @type {any} */ p) =>
          p.dataType === "edge"
            ? `${stateName(p.data.source)} and ${stateName(p.data.target)}\n${counted(p.data.value, "document")}`
            : `${p.data.label.formatter}\n${counted(p.data.value, "document")}`,
      },
      series: [{
        type: "graph", layout: "circular", circular: { rotateLabel: true }, left: "22%", right: "22%", top: "20%", bottom: "20%",
        data: codes.map((code) => ({
          id: code, name: code, value: many.get(code), symbolSize: 8 + 26 * Math.sqrt((many.get(code) ?? 0) / top),
          to: address({ kinds: ["document"], states: [code] }),
          label: { show: true, formatter: clipped(stateName(code), 22), color: c.ink, fontSize: 12 },
        })),
        links: edges
          .filter((edge) => codes.includes(edge.source) && codes.includes(edge.target))
          .map((edge) => ({ ...edge, lineStyle: { width: 1 + 5 * (edge.value / widest) } })),
        itemStyle: { color: c.kinds.state, borderColor: c.ground, borderWidth: 1.5 },
        lineStyle: { color: c.quiet, opacity: 0.4, curveness: 0.25 },
        emphasis: { focus: "adjacency", lineStyle: { color: c.kinds.document, opacity: 1 } },
      }],
    },
  };
}

/**
 * @param {string[]} codes
 * @returns {string[]}
 */
function pairsOf(codes) {
  return codes.flatMap((one, n) => codes.slice(n + 1).map((other) => `${one}|${other}`));
}
