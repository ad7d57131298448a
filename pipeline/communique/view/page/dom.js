/**
 * Elements, made without markup: whatever a text holds becomes a text node.
 *
 * @typedef {string | number | Node | null | undefined | false} Child
 * @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Attributes
 */

/**
 * A new element. A function among the attributes listens to the event of its name; null and false are left out.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.flat().filter(isShown).map((child) => (child instanceof Node ? child : String(child))));
  return element;
}

/**
 * @param {Child} child
 * @returns {child is string | number | Node}
 */
function isShown(child) {
  return child !== null && child !== undefined && child !== false && child !== "";
}

/** @param {string} id */
function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element #${id}`);
  return element;
}

/** Characters that turn the direction of what follows them. */
const TURNS = /([\u202A-\u202E\u2066-\u2069])/;

/**
 * Words in pieces, of which a character that turns the direction is one.
 *
 * @param {string} words
 */
function piecesOf(words) {
  return words.split(TURNS).filter(Boolean);
}

/**
 * A character that turns the direction, shown, and kept from turning anything.
 *
 * @param {Text} node
 */
function turn(node) {
  return h("bdi", { class: "turn", title: `U+${node.data.charCodeAt(0).toString(16).toUpperCase()}, turns the direction` }, node);
}

/**
 * Words of a text, which turn nothing around them.
 *
 * @param {string} words
 * @param {Attributes} [attributes]
 */
function isolated(words, attributes = {}) {
  const pieces = piecesOf(words).map((piece) => document.createTextNode(piece));
  return h("bdi", attributes, pieces.map((node) => (TURNS.test(node.data) ? turn(node) : node)));
}

/**
 * The first characters, with … where some were cut.
 *
 * @param {string} words
 * @param {number} most
 */
function clipped(words, most) {
  return words.length <= most ? words : `${words.slice(0, most).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** @param {number} count */
function grouped(count) {
  return count.toLocaleString("en");
}

/**
 * "1 text", "2,000 texts".
 *
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
function counted(count, one, many = `${one}s`) {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/**
 * The function, called once things have been quiet.
 *
 * @param {() => void} act
 * @param {number} quiet in milliseconds
 */
function settled(act, quiet) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, quiet);
  };
}

/** Let the browser draw and answer between two pieces of work. */
function breathe() {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/**
 * Tell what is not seen by those who listen.
 *
 * @param {string} words
 */
function say(words) {
  byId("said").textContent = words;
}

// ECharts empties its element by way of innerHTML; nothing else may become markup.
if (window.trustedTypes) {
  window.trustedTypes.createPolicy("default", {
    createHTML: (markup) => {
      if (markup === "") return "";
      throw new TypeError("this page makes no markup of strings");
    },
  });
}
