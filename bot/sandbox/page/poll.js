// A native poll or quiz: voting first, then the counts.

import { el } from "./elements.js";
import { formatted } from "./formatting.js";
import { say } from "./texts.js";

// Return the element of a message's poll; `vote(positions)` sends a choice, an empty one takes it back.
export function pollElement(message, person, actions, vote) {
  const { poll } = message;
  const chosen = message.votes[person];
  const box = el("div", { class: "poll", "data-testid": `poll-${message.message_id}` });
  box.append(el("p", { class: "question" }, poll.question), el("p", { class: "kind" }, kind(poll)));
  box.append(...(chosen || poll.is_closed ? results(poll, chosen ?? []) : choices(poll, message.message_id, vote)));
  if (chosen && poll.explanation) box.append(el("p", { class: "explanation" }, ...formatted(poll.explanation, poll.explanation_entities, actions)));
  if (chosen && poll.allows_revoting && !poll.is_closed) box.append(el("button", { type: "button", class: "plain", onclick: () => vote([]) }, say("retract")));
  box.append(el("p", { class: "count" }, say("votes", poll.total_voter_count)));
  return box;
}

const kind = (poll) => [say(poll.type === "quiz" ? "quiz" : "poll"), poll.is_anonymous && say("anonymous"), poll.is_closed && say("closed")].filter(Boolean).join(" · ");

function choices(poll, id, vote) {
  if (!poll.allows_multiple_answers) {
    return poll.options.map((option, position) => el("button", { type: "button", class: "option", onclick: () => vote([position]) }, option.text));
  }
  const boxes = poll.options.map((option, position) => el("label", { class: "option" }, el("input", { type: "checkbox", name: `poll-${id}`, value: position }), option.text));
  const send = () => {
    const positions = boxes.flatMap((box) => (box.firstChild.checked ? [Number(box.firstChild.value)] : []));
    if (positions.length) vote(positions);
  };
  return [...boxes, el("button", { type: "button", class: "plain", onclick: send }, say("sendVote"))];
}

function results(poll, chosen) {
  return poll.options.map((option, position) => {
    const share = poll.total_voter_count ? Math.round((option.voter_count / poll.total_voter_count) * 100) : 0;
    const right = (poll.correct_option_ids ?? []).includes(position);
    const mine = chosen.includes(position);
    const mood = poll.type !== "quiz" ? "" : right ? " right" : mine ? " wrong" : "";
    const notes = [mine && say("yours"), right && say("correct")].filter(Boolean).join(", ");
    return el("div", { class: `result${mood}` },
      el("span", { class: "share" }, `${share}%`), el("span", { class: "label" }, option.text, notes && el("small", {}, ` (${notes})`)),
      el("meter", { min: 0, max: 100, value: share, "aria-hidden": "true" }));
  });
}
