// Answers as SCORM 1.2 reports them (CMIFeedback): options by the letters of their places, in the author's order.

"use strict";

{
  const LETTERS = "abcdefghijklmnopqrstuvwxyz";
  const letter = (options, id) => LETTERS[options.findIndex((option) => option.id === id)];
  const listed = (options, ids) => ids.map((id) => letter(options, id)).join(",");
  const matched = (slots, ids) => ids.map((id, place) => `${place + 1}.${letter(slots[place].options, id)}`).join(",");

  // The type, and how a response is written; of a true-false question t or f, of a scale the step.
  const FORMS = {
    one: (item) => [item.form, (ids) => (item.form === "true-false" ? ids[0][0] : item.form === "likert" ? ids[0].split("-").at(-1) : listed(item.options, ids))],
    many: (item) => ["choice", (ids) => listed(item.options, ids)],
    arrange: (item) => ["sequencing", (ids) => listed(item.options, ids)],
    pair: (item) => ["matching", (ids) => matched(item.slots, ids)],
    walk: () => ["performance", (ids) => ids.join(",")],
    text: () => ["fill-in", ([text]) => text],
    number: (item) => ["numeric", ([text]) => Sinau.written(Sinau.meant(item, text))],
  };

  const patterns = (item, grade, write) => {
    if (!item.graded) return [];
    if (item.kind === "text") return item.answers;
    return [item.kind === "number" ? item.answer : write(grade.answer)];
  };

  const result = ({ score, correct }) => {
    if (correct === null) return "neutral";
    if (correct) return "correct";
    return score > 0 ? String(Math.round(score * 100) / 100) : "wrong";
  };

  Sinau.interaction = (item, response, grade, latency) => {
    const [type, write] = FORMS[item.kind](item);
    return { id: item.id, objective: item.objective, type, response: write(response), patterns: patterns(item, grade, write), result: result(grade), latency };
  };
}
