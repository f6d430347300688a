// Building elements without markup strings, so that nobody's words can become code.

"use strict";

{
  Sinau.el = (tag, properties = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (value === undefined || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child !== undefined && child !== false && child !== ""));
    return element;
  };

  // What an author marked up: checked and written as HTML when the package was made, the only texts that are read as such.
  Sinau.markedUp = (html, properties = {}) => {
    const element = Sinau.el("div", { class: "text", ...properties });
    element.innerHTML = html;
    return element;
  };

  // The player's words, with values put into their places.
  Sinau.say = (name, values = {}) => Sinau.module.words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);

  Sinau.shuffled = (all) => {
    const mixed = [...all];
    for (let last = mixed.length - 1; last > 0; last -= 1) {
      const other = Math.floor(Math.random() * (last + 1));
      [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
    }
    return mixed;
  };
}
