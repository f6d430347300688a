// One question on the screen: asked, answered, and what is said to the answer.

"use strict";

{
  const { el, markedUp, say } = Sinau;

  const paragraphs = (texts, properties = {}) => texts.filter(Boolean).map((text) => el("p", properties, text));
  const list = (texts) => el("ul", { class: "answers" }, texts.map((text) => el("li", {}, text)));

  const verdict = (item, { score, correct }) => {
    if (correct === null) return say(item.kind === "text" ? "thought_about" : "noted");
    if (item.kind === "walk") return say(correct ? "best_steps" : "better_steps");
    return say(correct ? "right" : score > 0 ? "partly" : "wrong");
  };

  // Of a story: scene by scene what was done, why that is good or not, and what would have been better.
  const told = (item, response, grade) => el("ol", {}, Sinau.walked(item, response).map((scene, place) => {
    const text = (id) => scene.options.find((option) => option.id === id).text;
    const score = (id) => scene.options.find((option) => option.id === id).score;
    const better = score(response[place]) < score(grade.answer[place]) ? text(grade.answer[place]) : "";
    return el("li", {}, el("p", {}, el("strong", {}, text(response[place]))), paragraphs([grade.feedback[place], better && say("better", { option: better })]));
  }));

  const answers = (item, response, grade) => {
    if (item.kind === "walk") return [told(item, response, grade)];
    const given = [el("h3", {}, say("given")), list(Sinau.named(item, response))];
    const right = grade.correct === false ? [el("h3", {}, say("answer")), list(Sinau.named(item, grade.answer))] : [];
    return [...given, ...paragraphs(grade.feedback, { class: "feedback" }), ...right];
  };

  const outcome = (item, response, grade) => el("section", { class: "outcome", "aria-labelledby": "verdict" },
    el("h2", { id: "verdict", tabindex: "-1" }, verdict(item, grade)),
    answers(item, response, grade),
    item.explanation && markedUp(item.explanation),
    paragraphs([item.sources], { class: "sources" }));

  // Offer to send what was written to who runs the course.
  const sharing = (response, lms) => {
    const button = el("button", { type: "button" }, say("share"));
    button.addEventListener("click", () => button.replaceWith(el("p", { role: "status" }, say(lms.comment(response[0]) ? "shared" : "not_shared"))));
    return button;
  };

  // Ask a question; `answered` hears the grade, and returns the buttons that lead on. `others` are buttons beside the answer.
  Sinau.ask = (item, lms, answered, ...others) => {
    const begun = Date.now();
    const { form, hint, lacking, response } = Sinau.formOf(item);
    const fault = el("p", { class: "fault", role: "alert" });
    const controls = el("form", { novalidate: true }, form, el("p", { class: "hint", id: "hint" }, hint), fault,
      el("p", { class: "buttons" }, el("button", { type: "submit", class: "main" }, say("send")), others));
    const block = el("div", { class: "question" }, markedUp(item.html, { id: "question" }), controls);
    controls.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = response();
      fault.textContent = given === null ? lacking : "";
      if (!given) return;
      const grade = Sinau.grade(item, given);
      // What was written for oneself stays there, unless one sends it.
      if (item.graded || item.kind !== "text") lms.answered(Sinau.interaction(item, given, grade, Date.now() - begun));
      const result = outcome(item, given, grade);
      controls.replaceWith(result);
      result.append(el("p", { class: "buttons" }, item.share && lms.recording && sharing(given, lms), answered(grade)));
      result.querySelector("h2").focus();
    });
    return block;
  };
}
