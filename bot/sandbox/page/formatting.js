// Telegram's entities as elements, and what people type (**bold**, __italic__ …) as entities.

import { el } from "./elements.js";
import { say } from "./texts.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const TYPED = [
  ["pre", /```([\s\S]+?)```/], ["code", /`([^`\n]+)`/], ["bold", /\*\*([^*\n]+)\*\*/], ["italic", /__([^_\n]+)__/],
  ["strikethrough", /~~([^~\n]+)~~/], ["spoiler", /\|\|([^|\n]+)\|\|/],
];

// Return nodes for a text; `actions` has command(text) and link(address) for what can be tapped.
export function formatted(text, entities, actions) {
  return nodes(text, [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length), 0, text.length, actions);
}

function nodes(text, entities, start, end, actions) {
  const result = [];
  let at = start;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    if (entity.offset < at || entity.offset >= end) continue;
    const stop = Math.min(entity.offset + entity.length, end);
    const inner = entities.slice(index + 1).filter((other) => other.offset < stop);
    const block = BLOCKS.has(entity.type);
    const before = text.slice(at, entity.offset);
    result.push(block ? before.replace(/\n$/, "") : before, element(entity, text.slice(entity.offset, stop), nodes(text, inner, entity.offset, stop, actions), actions));
    at = block && text[stop] === "\n" ? Math.min(stop + 1, end) : stop; // a block breaks the line by itself
  }
  result.push(text.slice(at, end));
  return result.filter((node) => node !== "");
}

function element(entity, raw, children, actions) {
  if (TAGS[entity.type]) return el(TAGS[entity.type], {}, ...children);
  switch (entity.type) {
    case "pre": return el("pre", { "data-language": entity.language }, el("code", {}, ...children));
    case "spoiler": return spoiler(children);
    case "blockquote": return el("blockquote", {}, ...children);
    case "expandable_blockquote": return expandable(children);
    case "text_link": return link(entity.url, children, actions);
    case "url": return link(/^[a-z]+:/i.test(raw) ? raw : `http://${raw}`, children, actions);
    case "email": return el("a", { href: `mailto:${raw}` }, ...children);
    case "bot_command": return el("button", { type: "button", class: "command", onclick: () => actions.command(raw) }, raw);
    case "mention": case "hashtag": case "text_mention": return el("span", { class: "mark" }, ...children);
    default: return el("span", {}, ...children);
  }
}

function spoiler(children) {
  const hidden = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": say("spoiler") }, el("span", { "aria-hidden": "true" }, ...children));
  const show = () => {
    hidden.classList.add("shown");
    hidden.firstChild.removeAttribute("aria-hidden");
    for (const name of ["role", "tabindex", "aria-label"]) hidden.removeAttribute(name);
  };
  hidden.addEventListener("click", show);
  hidden.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); show(); } });
  return hidden;
}

function expandable(children) {
  const quote = el("blockquote", { class: "expandable" }, el("div", {}, ...children));
  quote.append(el("button", { type: "button", onclick: (event) => { quote.classList.add("open"); event.target.remove(); } }, say("showMore")));
  return quote;
}

function link(address, children, actions) {
  const safe = /^(https?|tg):/i.test(address) ? address : "#";
  const tapped = (event) => { if (actions.link(address)) event.preventDefault(); };
  return el("a", { href: safe, target: "_blank", rel: "noopener noreferrer", onclick: tapped }, ...children);
}

// Turn what a person typed into a text and entities, as Telegram's apps do.
export function typed(source) {
  let text = source.trim();
  const entities = [];
  for (const [type, pattern] of TYPED) {
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      const mark = match[0].indexOf(match[1]);
      text = text.slice(0, match.index) + match[1] + text.slice(match.index + match[0].length);
      for (const entity of entities) shift(entity, match.index, mark, match[1].length);
      entities.push({ type, offset: match.index, length: match[1].length });
    }
  }
  return { text, entities };
}

// Move an earlier entity after marks of `mark` characters were removed on both sides of [at, at + length).
function shift(entity, at, mark, length) {
  const moved = (position) => position - (position > at ? Math.min(mark, position - at) : 0) - (position > at + mark + length ? Math.min(mark, position - at - mark - length) : 0);
  const end = moved(entity.offset + entity.length);
  entity.offset = moved(entity.offset);
  entity.length = end - entity.offset;
}
