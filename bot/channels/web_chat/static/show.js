// Turns messages into elements. What anybody wrote only ever becomes text nodes.
export const words = JSON.parse(document.getElementById("words").textContent);

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
const ADDRESS = /https?:\/\/[^\s)\u2069]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:\+49|0)[\d /-]{6,}\d|116 ?\d{3}|11[02]|\/(?:report|status|contacts|help|language|mydata|delete|privacy)/gu;
const RECEIPT = /(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}/u;
const WAY = /^form:[a-z-]+:(?:back|skip|cancel)$/u;
const TICK = /^form:grounds:(?!back$|skip$|next$|cancel)/u;
const OPINION = /^(?:helped|unhelpful):/u;
const ONWARD = /^form:[a-z-]+:(?:next|yes|send)$/u;

// Whether a choice is one of several that can be ticked.
export function isTick(value) {
  return TICK.test(value ?? "");
}

export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function link(found) {
  if (found.startsWith("/")) return element("button", { type: "button", value: found, className: "link", dir: "ltr" }, found);
  const phone = `tel:${found.replace(/[^\d+]/gu, "")}`;
  const href = found.startsWith("http") ? found : found.includes("@") ? `mailto:${found}` : phone;
  return element("a", { href, rel: "noopener noreferrer", dir: "ltr" }, found);
}

// A number inside a longer one ("1.11120.01"), of a law ("§ 112") or of something counted ("112 €") is no phone number,
// and a command inside an address is none.
function isPartOfMore(line, start, end) {
  return /[\w.,/§-]$|§\s$/u.test(line.slice(0, start)) || /^(?:\w|[.,/:-]\d|\s?(?:€|Euro|EUR|%))/u.test(line.slice(end));
}

function linked(line) {
  const parts = [];
  let rest = 0;
  for (const match of line.matchAll(ADDRESS)) {
    const found = match[0].replace(/[.,;:!?]+$/u, "");
    const end = match.index + found.length;
    if (/^[+\d/][^@]*$/u.test(found) && isPartOfMore(line, match.index, end)) continue;
    parts.push(line.slice(rest, match.index), link(found));
    rest = end;
  }
  return [...parts, line.slice(rest)];
}

function withReceipt(line) {
  const found = RECEIPT.exec(line);
  if (!found) return linked(line);
  const code = element("strong", { className: "receipt", dir: "ltr" }, found[0]);
  return [line.slice(0, found.index), code, line.slice(found.index + found[0].length)];
}

function direction(line) {
  return RIGHT_TO_LEFT.test(line) ? "rtl" : "ltr";
}

function paragraphs(text, mine) {
  let gap = false;
  return text.split("\n").flatMap((line) => {
    if (!line.trim()) { gap = true; return []; }
    const kind = [line.startsWith("• ") ? "item" : "", gap ? "gap" : ""].join(" ").trim();
    gap = false;
    return [element("p", { dir: mine ? "auto" : direction(line), className: kind }, ...(mine ? [line] : withReceipt(line)))];
  });
}

function choice({ label, value, url }) {
  if (url) return element("a", { href: /^(?:https?:\/)?\//u.test(url) ? url : "#", rel: "noopener noreferrer" }, label);
  const kind = WAY.test(value) ? "way" : ONWARD.test(value) ? "onward" : OPINION.test(value) ? "way" : "";
  const button = element("button", { type: "button", value, className: kind }, label);
  if (isTick(value)) button.setAttribute("aria-pressed", label.startsWith("✓"));
  return button;
}

// The choices in their order; whether an answer helped stands in a row of its own below.
function choiceGroup(choices) {
  const opinions = choices.filter(({ value }) => OPINION.test(value));
  const others = choices.filter((each) => !opinions.includes(each));
  const below = opinions.length ? [element("div", { className: "opinions" }, ...opinions.map(choice))] : [];
  const group = element("div", { className: "choices" }, ...others.map(choice), ...below);
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", words["choices-label"]);
  return group;
}

// message: {mine, text, language, source, choices, urgent}
export function toArticle(message) {
  const { mine, text, language, source, choices, urgent } = message;
  const kind = `message ${mine ? "mine" : "bot"}${urgent ? " urgent" : ""}`;
  const bubble = element("div", { className: "words", dir: mine ? "auto" : direction(text) }, ...paragraphs(text, mine));
  const article = element("article", { className: kind }, element("span", { className: "hidden" }, mine ? words.you : words.bot), bubble);
  if (language) article.lang = language;
  if (source) article.append(element("p", { className: "source", dir: direction(source) }, ...linked(source)));
  if (choices?.length) article.append(choiceGroup(choices));
  return article;
}
