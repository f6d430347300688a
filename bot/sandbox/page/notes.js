// What a program beside the sandbox has to say about what is shown, such as the faults of a file that somebody is writing.

import { byId, el } from "./elements.js";
import { say } from "./texts.js";

// Show the notes beside the chat, or on a phone above it; nothing where nobody notes anything.
export function showNotes(board) {
  const panel = byId("panel");
  panel.hidden = !board;
  document.body.classList.toggle("with-notes", Boolean(board));
  if (!board) return;
  const count = board.notes.length;
  panel.replaceChildren(
    el("h2", { "data-testid": "notes-title" }, board.title),
    el("p", { role: "status", class: `state ${board.good ? "good" : "bad"}`, "data-testid": "notes-state" }, board.state),
    el("ul", { class: "notes", "aria-label": say("notes", count) }, ...board.notes.map(note)),
  );
}

function note(each) {
  return el("li", { class: each.kind, "data-testid": "note" },
    el("small", {}, [each.where, each.code].filter(Boolean).join(" · ")), el("span", {}, each.text));
}
