// How a response is graded. These are the rules of bot/domain/grading.py and bot/content/items; a test compares them.

"use strict";

{
  const UNGRADED = { score: null, correct: null, feedback: [], answer: [] };
  const same = (one, other) => one.length === other.length && one.every((each, place) => each === other[place]);
  const sum = (numbers) => numbers.reduce((all, each) => all + each, 0);
  const typed = (right, feedback, answer) => ({ score: Number(right), correct: right, feedback: feedback ? [feedback] : [], answer: [answer] });

  const choice = (item, chosen) => {
    const picked = item.options.filter((option) => chosen.includes(option.id));
    const hits = picked.filter((option) => item.right.includes(option.id)).length;
    const correct = hits === picked.length && hits === item.right.length;
    const score = item.partial ? Math.max(0, hits - (picked.length - hits)) / item.right.length : Number(correct);
    return { score, correct, feedback: picked.map((option) => option.feedback).filter(Boolean), answer: item.right };
  };

  // Kendall's tau, never below 0.
  const arrange = (item, given) => {
    const places = given.map((one) => item.right.indexOf(one));
    const pairs = places.flatMap((first, place) => places.slice(place + 1).map((second) => first < second));
    const ordered = pairs.filter(Boolean).length;
    return { score: Math.max(0, 2 * ordered - pairs.length) / pairs.length, correct: same(given, item.right), feedback: [], answer: item.right };
  };

  const pair = (item, given) => {
    const hits = given.filter((one, place) => one === item.right[place]).length;
    return { score: hits / item.right.length, correct: hits === item.right.length, feedback: [], answer: item.right };
  };

  // The scenes that these options lead to, the open one at the end included.
  Sinau.walked = (item, chosen) => {
    const scenes = [item.scenes[0]];
    for (const one of chosen) {
      const next = scenes.at(-1).options.find((option) => option.id === one).next;
      if (next) scenes.push(item.scenes.find((scene) => scene.id === next));
    }
    return scenes;
  };

  const walk = (item, chosen) => {
    const scenes = Sinau.walked(item, chosen);
    const done = scenes.map((scene, place) => scene.options.find((option) => option.id === chosen[place]));
    const best = scenes.map((scene) => scene.options.reduce((one, other) => (other.score > one.score ? other : one)));
    return {
      score: sum(done.map((option) => option.score)) / sum(best.map((option) => option.score)),
      correct: done.every((option, place) => option.score === best[place].score),
      feedback: done.map((option) => option.reason),
      answer: best.map((option) => option.id),
    };
  };

  const text = (item, [given]) => {
    const is = (expected, threshold) => Sinau.alike(given, expected, threshold, item.heed);
    const exact = item.wrong.find((one) => is(one.text, 100));
    const right = !exact && item.answers.some((answer) => is(answer, item.threshold));
    const foreseen = exact || (right ? undefined : item.wrong.find((one) => is(one.text, item.threshold)));
    return typed(right, foreseen && foreseen.feedback, item.answers[0]);
  };

  // What was typed as numbers in the question's unit, in each way that it can be read.
  Sinau.numbers = (item, given) => {
    const factors = new Map([["", "1"], [item.unit, "1"], ...item.units].map(([unit, factor]) => [Sinau.unitName(unit), Sinau.decimal(factor)]));
    return Sinau.readings(given).filter(([, unit]) => factors.has(unit)).map(([number, unit]) => Sinau.times(number, factors.get(unit)));
  };

  const near = (numbers, { answer, tolerance }) => numbers.find((one) => Sinau.isNear(one, Sinau.decimal(answer), Sinau.decimal(tolerance)));

  // The number that was meant: the right one where it can be read so.
  Sinau.meant = (item, given) => {
    const numbers = Sinau.numbers(item, given);
    return near(numbers, item) || numbers[0];
  };

  const number = (item, [given]) => {
    const numbers = Sinau.numbers(item, given);
    const right = Boolean(near(numbers, item));
    const foreseen = right ? undefined : item.wrong.find((one) => near(numbers, one));
    return typed(right, foreseen && foreseen.feedback, item.shown);
  };

  const GRADERS = { one: choice, many: choice, arrange, pair, walk, text, number };

  Sinau.grade = (item, response) => (item.graded ? GRADERS[item.kind](item, response) : UNGRADED);

  // Whether a score (0 to 1) reaches the pass mark (percent): 69.9999 % from adding thirds is not held against anybody.
  Sinau.isPassed = (score, passMark) => score * 100 >= passMark - 1e-6;

  // A score as percent with two digits, rounded down, so that no one reads 70 who has 69.999.
  Sinau.percent = (score) => Math.floor(score * 1e4 + 1e-4) / 100;
}
