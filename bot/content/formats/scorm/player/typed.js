// What a person typed, compared with what was expected. These are the rules of bot/domain/typed.py; a test compares the two.

"use strict";

const Sinau = {};

{
  const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"; // as Python has it
  const SPACES = new RegExp(`[${SPACE}]+`, "u");
  const AROUND = " .,;:!?\"'()\u201c\u201d\u2018\u2019";
  const DIGITS = /\p{Nd}+/gu;
  const NUMBER = new RegExp(`[+\\-\u2212]?[${SPACE}]?(?:\\d{1,3}(?:[\\xa0\u202f ']\\d{3})+(?:[.,]\\d+)?|\\d[\\d.,]*|[.,]\\d+)`, "u");
  const GROUPED = /^\d{1,3}(?:[.,]\d{3})+$/;
  const LONGEST_NUMBER = 30;
  const LOWEST_MARK = "\u0334"; // Unicode orders marks by their classes, which go from this one's
  const HIGHEST_MARK = "\u0345"; // to this one's

  const letters = (text) => Array.from(text); // not the halves of a pair

  const strip = (text, unwanted) => {
    const all = letters(text);
    while (all.length && unwanted.includes(all[0])) all.shift();
    while (all.length && unwanted.includes(all.at(-1))) all.pop();
    return all.join("");
  };

  const words = (text) => text.split(SPACES).filter(Boolean);
  const trim = (text) => text.replace(new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "gu"), "");

  // Without regard to capitals: ß is ss, and a sigma at the end is a sigma. A dotless i stays one.
  const fold = (text) => letters(text).map((letter) => (letter === "\u0131" ? letter : letter.toLowerCase().toUpperCase().toLowerCase())).join("").replace(/ς/gu, "σ");

  // Whether a letter is a mark on the one before it: only marks change places with others.
  const isMark = (letter) => (letter + LOWEST_MARK).normalize("NFD") !== letter + LOWEST_MARK || (HIGHEST_MARK + letter).normalize("NFD") !== HIGHEST_MARK + letter;

  const normal = (text, { heedCase, heedAccents }) => {
    let kept = text.normalize("NFKC");
    if (!heedCase) kept = fold(kept);
    if (!heedAccents) kept = letters(kept.normalize("NFD")).filter((letter) => !isMark(letter)).join("");
    const all = words(kept).join(" ");
    return strip(all, AROUND) || all;
  };

  const longestCommon = (one, other) => {
    let row = new Array(other.length + 1).fill(0);
    for (const letter of one) {
      const next = [0];
      other.forEach((each, place) => next.push(each === letter ? row[place] + 1 : Math.max(row[place + 1], next[place])));
      row = next;
    }
    return row[other.length];
  };

  // The likeness of two texts in percent: the normalised indel similarity, which Python knows as rapidfuzz.fuzz.ratio.
  Sinau.ratio = (one, other) => {
    const [some, others] = [letters(one), letters(other)];
    const most = some.length + others.length;
    return most ? (1 - (most - 2 * longestCommon(some, others)) / most) * 100 : 100;
  };

  const digits = (text) => (text.match(DIGITS) || []).join(" ");

  // Whether two short texts are the same but for typing errors. Numbers in them have to be equal: 48 is no misspelt 49.
  Sinau.alike = (given, expected, threshold, heed) => {
    const [one, other] = [normal(given, heed), normal(expected, heed)];
    if (one === other) return true;
    return threshold < 100 && digits(one) === digits(other) && Sinau.ratio(one, other) >= threshold;
  };

  // A number as it was written, exactly: its digits, and how many of them stand behind the decimal point.
  Sinau.decimal = (written) => {
    const [whole, part = ""] = written.split(".");
    return { digits: BigInt(whole + part), places: part.length };
  };

  const scaled = (one, places) => one.digits * 10n ** BigInt(places - one.places);

  Sinau.times = (one, other) => ({ digits: one.digits * other.digits, places: one.places + other.places });

  Sinau.isNear = (number, expected, tolerance) => {
    const places = Math.max(number.places, expected.places, tolerance.places);
    const difference = scaled(number, places) - scaled(expected, places);
    return (difference < 0n ? -difference : difference) <= scaled(tolerance, places);
  };

  // A number as Python writes it, without zeros at the end.
  Sinau.written = ({ digits: all, places }) => {
    const sign = all < 0n ? "-" : "";
    const padded = String(all < 0n ? -all : all).padStart(places + 1, "0");
    const part = padded.slice(padded.length - places).replace(/0+$/, "");
    return sign + padded.slice(0, padded.length - places) + (places && part ? `.${part}` : "");
  };

  const bare = (grouped) => grouped.replace(/[.,]/g, "");

  // A number in each way that it can be meant: 1.234 is two.
  const meanings = (written) => {
    const [, sign, all] = /^([+-]?)(.*)$/.exec(written);
    const marks = all.replace(/\d/g, "");
    if (!marks) return [sign + all];
    const last = all.lastIndexOf(marks.at(-1));
    const [whole, part] = [all.slice(0, last), all.slice(last + 1)];
    if (new Set(marks).size > 1) return !whole.includes(marks.at(-1)) && GROUPED.test(whole) ? [`${sign}${bare(whole)}.${part}`] : [];
    if (marks.length > 1) return GROUPED.test(all) ? [sign + bare(all)] : [];
    const decimal = `${sign}${whole || "0"}.${part}`;
    return GROUPED.test(all) && whole !== "0" ? [sign + bare(all), decimal] : [decimal];
  };

  // What a unit is compared by, as bot/domain/typed.py has it.
  Sinau.unitName = (unit) => strip(fold(unit), " .");

  // What a typed number can mean, each as the number and the unit beside it; nothing for what is no number.
  Sinau.readings = (text) => {
    const found = NUMBER.exec(text);
    if (!found || found[0].length > LONGEST_NUMBER) return [];
    const [before, after] = [trim(text.slice(0, found.index)), trim(text.slice(found.index + found[0].length))];
    if (before && after) return [];
    const written = found[0].replace(new RegExp(`[${SPACE}']`, "gu"), "").replace("\u2212", "-").replace(/[.,]+$/, "");
    const unit = Sinau.unitName(before || after);
    return [...new Set(meanings(written))].map((number) => [Sinau.decimal(number), unit]);
  };

  Sinau.fold = fold;
  Sinau.isMark = isMark;
}
