// The module from its first card to the result of its quiz. What has to be known again later is in `memory`, which the LMS keeps.

"use strict";

{
  const { el, markedUp, say, shuffled, module } = Sinau;
  const QUIZ = "#quiz"; // the place of who is past the cards
  const main = document.getElementById("main");
  const lms = new Sinau.Lms();
  const graded = module.items.filter((item) => item.graded);
  const others = module.items.filter((item) => !item.graded);
  const indexOf = (item) => module.items.indexOf(item);

  // `asked`: the questions of the sitting under way, by their numbers; `results`: a score and whether it was right, for each answered;
  // `told`: what is not graded and was answered, which is asked once.
  const fresh = { version: module.version, attempts: 0, best: null, passed: false, told: [], asked: [], results: [] };
  const isOurs = (kept) => Boolean(kept) && Number.isInteger(kept.attempts) && [kept.told, kept.asked, kept.results].every(Array.isArray);
  const remembered = (kept) => {
    if (!isOurs(kept)) return fresh;
    // An edited module has other questions; what was reached with the old ones counts.
    return kept.version === module.version ? kept : { ...fresh, attempts: kept.attempts, best: kept.best, passed: kept.passed };
  };
  const memory = { ...remembered(lms.memory) };
  let place = lms.place;

  const keep = () => lms.keep(place, memory);
  const button = (text, act, properties = {}) => el("button", { type: "button", onclick: act, ...properties }, text);
  const onward = (text, act) => button(text, act, { class: "main" });
  const buttons = (...all) => el("p", { class: "buttons" }, all);

  const show = (name, heading, done, of, ...content) => {
    const title = el("h1", { tabindex: "-1" }, heading);
    const bar = of > 0 && el("progress", { value: done, max: of, "aria-label": name });
    main.replaceChildren(el("p", { class: "where" }, name), ...(bar ? [bar] : []), title, ...content.flat().filter(Boolean));
    window.scrollTo(0, 0);
    title.focus();
  };

  const sources = () => module.sources.length > 0 && el("details", {}, el("summary", {}, say("sources")),
    el("ul", {}, module.sources.map(({ text, url }) => el("li", {}, text, url && ": ", url && el("a", { href: url, target: "_blank", rel: "noreferrer" }, url)))));

  const notice = () => !lms.connected && el("p", { class: "notice" }, say("no_lms"));

  const intro = () => show(module.facts.join(" · "), module.title, 0, 0,
    el("p", {}, module.summary), notice(), buttons(onward(say("begin"), () => card(0))), sources());

  const MEDIA = {
    image: ({ file, alt }) => el("img", { src: file, alt }),
    audio: ({ file, alt }) => [el("audio", { src: file, controls: true, "aria-label": alt }), el("figcaption", {}, alt)],
    video: ({ file, alt }) => [el("video", { src: file, controls: true, "aria-label": alt }), el("figcaption", {}, alt)],
    document: ({ file, alt }) => el("a", { href: file, download: true }, alt),
    lost: ({ alt }) => el("p", {}, alt),
  };

  const card = (number) => {
    const shown = module.cards[number];
    const next = () => (number + 1 < module.cards.length ? card(number + 1) : quizIntro());
    place = shown.id;
    keep();
    show(say("card", { n: number + 1, of: module.cards.length }), shown.title, number + 1, module.cards.length,
      markedUp(shown.html),
      shown.media && el("figure", {}, MEDIA[shown.media.type](shown.media)),
      shown.reveal && el("details", {}, el("summary", {}, say("reveal")), markedUp(shown.reveal)),
      shown.sources && el("p", { class: "sources" }, shown.sources),
      buttons(onward(say("next"), shown.check ? () => check(number, next) : next), button(say("back"), () => (number ? card(number - 1) : intro()))));
  };

  // The question after a card counts for nothing and may be skipped.
  const check = (number, next) => show(say("card", { n: number + 1, of: module.cards.length }), say("check"), number + 1, module.cards.length,
    Sinau.ask(module.cards[number].check, lms, () => { keep(); return onward(say("next"), next); }, button(say("skip"), next)));

  const left = () => (module.attempts ? module.attempts - memory.attempts : Infinity);

  const rules = () => {
    const pass = graded.length > 0 && say("pass", { mark: module.passMark });
    const tries = Number.isFinite(left()) && say(left() > 0 ? "tries_left" : "no_tries", { n: left() });
    return el("ul", {}, [pass, tries].filter(Boolean).map((text) => el("li", {}, text)));
  };

  const quizIntro = () => {
    place = QUIZ;
    keep();
    const starting = memory.results.length ? say("go_on") : say("start");
    show(module.title, say("quiz"), 0, 0, rules(), notice(),
      buttons(left() > 0 && onward(starting, start), button(say("again"), () => card(0))));
  };

  const start = () => {
    if (!memory.asked.length) {
      const drawn = module.shuffle ? shuffled(graded) : graded;
      memory.asked = [...drawn.slice(0, module.draw), ...others.filter((item) => !memory.told.includes(indexOf(item)))].map(indexOf);
      memory.results = [];
    }
    question();
  };

  const question = () => {
    const number = memory.results.length;
    if (number === memory.asked.length) { finish(); return; }
    const item = module.items[memory.asked[number]];
    place = QUIZ;
    keep();
    const answered = ({ score, correct }) => {
      memory.results.push([score, correct]);
      if (!item.graded) memory.told.push(indexOf(item));
      keep();
      return onward(say(memory.results.length < memory.asked.length ? "next_question" : "see_result"), question);
    };
    show(module.title, say("question", { n: number + 1, of: memory.asked.length }), number, memory.asked.length, Sinau.ask(item, lms, answered));
  };

  // End the sitting: the best score counts, and who has passed stays so.
  const finish = () => {
    const counted = memory.results.filter(([score]) => score !== null);
    const score = counted.length ? counted.reduce((sum, [each]) => sum + each, 0) / counted.length : null;
    const passed = score === null || Sinau.isPassed(score, module.passMark);
    const missed = memory.asked.filter((_, number) => memory.results[number][1] === false).map((index) => module.items[index]);
    Object.assign(memory, { attempts: memory.attempts + 1, passed: memory.passed || passed, asked: [], results: [] });
    memory.best = score === null ? memory.best : Math.max(memory.best ?? 0, score);
    lms.report(memory.best, graded.length ? (memory.passed ? "passed" : "failed") : "completed");
    result({ right: counted.filter(([, correct]) => correct).length, count: counted.length, score, passed, missed, kept: keep() });
  };

  const about = (item) => module.cards.find((each) => each.id === item.card);

  const result = ({ right, count, score, passed, missed, kept }) => {
    const cards = [...new Set(missed.map(about))].filter(Boolean);
    const told = score === null ? "" : say("score", { right, count, score: Sinau.percent(score) });
    show(module.title, say("done"), 0, 0,
      el("p", { role: "status" }, told),
      score !== null && el("p", {}, el("strong", {}, say(passed ? "passed" : "failed", { mark: module.passMark }))),
      cards.length > 0 && el("p", {}, say("read_again")),
      cards.length > 0 && el("ul", {}, cards.map((each) => el("li", {}, button(each.title, () => card(module.cards.indexOf(each)), { class: "link" })))),
      el("p", { class: "notice" }, say(!lms.connected ? "no_lms" : kept ? "recorded" : lms.recording ? "not_recorded" : "only_looking")),
      buttons(left() > 0 && (passed ? button(say("retry"), start) : onward(say("retry"), start)), button(say("again"), () => card(0))),
      sources());
  };

  const resume = () => {
    if (place === QUIZ) { quizIntro(); return; }
    const number = module.cards.findIndex((each) => each.id === place);
    if (number < 0) intro();
    else card(number);
  };

  window.addEventListener("pagehide", () => lms.finish());
  // A page that comes back from the browser's memory has said goodbye to the LMS.
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
  resume();
}
