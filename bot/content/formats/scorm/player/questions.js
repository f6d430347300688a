// The form below a question, for each kind of it: `response()` is what was given, or null while something is lacking.

"use strict";

{
  const { el, say, shuffled, markedUp } = Sinau;
  const byId = (options, id) => options.find((option) => option.id === id);

  const order = (item, options) => (item.shuffle ? shuffled(options) : options);

  const box = (type, name, option) => {
    const control = el("input", { type, name, value: option.id });
    return el("label", { class: "option" }, control, el("span", {}, option.text));
  };

  const choices = (type, name, options) => el("fieldset", { "aria-labelledby": "question" }, options.map((option) => box(type, name, option)));

  const checked = (form) => [...form.querySelectorAll("input:checked")].map((control) => control.value);

  const one = (item) => {
    const form = choices("radio", item.id, order(item, item.options));
    return { form, hint: item.graded ? "" : say("ungraded"), lacking: say("choose"), response: () => (checked(form).length ? checked(form) : null) };
  };

  const manyHint = ({ least, most, options }) => {
    if (least === most) return say("pick_exactly", { n: least });
    return least > 1 || most < options.length ? say("pick_between", { least, most }) : say("pick_all");
  };

  const many = (item) => {
    const form = choices("checkbox", item.id, order(item, item.options));
    const fits = (count) => count >= item.least && count <= item.most;
    return { form, hint: manyHint(item), lacking: manyHint(item), response: () => (fits(checked(form).length) ? checked(form) : null) };
  };

  // Never in the right order to begin with.
  const mixed = (options) => {
    const order = shuffled(options);
    return order.every((option, place) => option === options[place]) ? [...order.slice(1), order[0]] : order;
  };

  const arrange = (item) => {
    const list = el("ol", { class: "steps", "aria-labelledby": "question" });
    const told = el("p", { class: "unseen", "aria-live": "polite" });
    const steps = mixed(item.options);
    const move = (step, by, button) => {
      const place = steps.indexOf(step);
      const other = place + by;
      if (other < 0 || other >= steps.length) return;
      [steps[place], steps[other]] = [steps[other], steps[place]];
      list.insertBefore(list.children[Math.max(place, other)], list.children[Math.min(place, other)]);
      told.textContent = say("placed", { step: step.text, n: other + 1, of: steps.length });
      button.focus();
    };
    for (const step of steps) {
      const mover = (by, name, sign) => {
        const button = el("button", { type: "button", "aria-label": say(name, { step: step.text }) }, sign);
        button.addEventListener("click", () => move(step, by, button));
        return button;
      };
      list.append(el("li", {}, el("span", {}, step.text), mover(-1, "up", "↑"), mover(1, "down", "↓")));
    }
    return { form: el("div", {}, list, told), hint: say("arrange"), lacking: "", response: () => steps.map((step) => step.id) };
  };

  const pair = (item) => {
    const shared = order(item, item.slots[0].options);
    const selects = item.slots.map((slot, place) => {
      // Slots that take the same options show them in the same order.
      const options = slot.options.every((option) => byId(shared, option.id)) ? shared : order(item, slot.options);
      return el("select", { id: `slot-${place}` }, el("option", { value: "" }, say("pick")), options.map((option) => el("option", { value: option.id }, option.text)));
    });
    const rows = item.slots.map((slot, place) => el("p", { class: "slot" }, el("label", { for: `slot-${place}` }, slot.label), selects[place]));
    const filled = () => selects.every((select) => select.value) && selects.map((select) => select.value);
    return { form: el("div", { role: "group", "aria-labelledby": "question" }, rows), hint: "", lacking: say("fill"), response: () => filled() || null };
  };

  // One scene after the other: a response that does not end the story opens the next scene and is none yet.
  const walk = (item) => {
    const chosen = [];
    const form = el("div", {});
    let scene = null;
    const open = (next) => {
      const name = `scene-${chosen.length}`;
      const heading = markedUp(next.html, { id: name, tabindex: "-1" });
      const options = el("fieldset", { "aria-labelledby": name }, order(item, next.options).map((option) => box("radio", name, option)));
      form.append(heading, options);
      if (scene) {
        scene.disabled = true;
        heading.focus();
      }
      scene = options;
    };
    open(item.scenes[0]);
    const response = () => {
      const [now] = checked(scene);
      if (!now) return null;
      chosen.push(now);
      const scenes = Sinau.walked(item, chosen);
      if (scenes.length === chosen.length) return chosen;
      open(scenes.at(-1));
      return undefined;
    };
    return { form, hint: "", lacking: say("choose"), response };
  };

  const text = (item) => {
    const properties = { id: "typed", maxlength: item.longest, autocomplete: "off", "aria-describedby": "question hint" };
    const field = item.graded ? el("input", { type: "text", ...properties }) : el("textarea", { rows: 6, ...properties });
    const form = el("p", { class: "slot" }, el("label", { for: "typed" }, say("yours")), field);
    return { form, hint: item.graded ? "" : say("thought"), lacking: say("write"), response: () => (field.value.trim() ? [field.value.trim()] : null) };
  };

  const number = (item) => {
    const field = el("input", { id: "typed", type: "text", inputmode: "text", maxlength: 60, autocomplete: "off", "aria-describedby": "question hint" });
    const form = el("p", { class: "slot" }, el("label", { for: "typed" }, say("yours")), field);
    const isNumber = () => Sinau.numbers(item, field.value).length > 0;
    const hint = item.unit ? say("in_unit", { unit: item.unit }) : "";
    return { form, hint, lacking: say("number"), response: () => (isNumber() ? [field.value.trim()] : null) };
  };

  const KINDS = { one, many, arrange, pair, walk, text, number };

  Sinau.formOf = (item) => KINDS[item.kind](item);

  // How a response reads, in lines.
  const NAMES = {
    one: (item, ids) => ids.map((id) => byId(item.options, id).text),
    many: (item, ids) => item.options.filter((option) => ids.includes(option.id)).map((option) => option.text),
    arrange: (item, ids) => ids.map((id, place) => `${place + 1}. ${byId(item.options, id).text}`),
    pair: (item, ids) => ids.map((id, place) => `${item.slots[place].label} → ${byId(item.slots[place].options, id).text}`),
    walk: (item, ids) => Sinau.walked(item, ids).map((scene, place) => byId(scene.options, ids[place]).text),
    text: (_, typed) => typed,
    number: (_, typed) => typed,
  };

  Sinau.named = (item, response) => NAMES[item.kind](item, response);
}
