// Building elements without markup strings, so that nobody's words can become code.

export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false || value === null) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

const COLOURS = 6;

// A round picture with initials; colours are classes, since the page allows no inline styles.
export function avatar(id, name, element = el("span", { "aria-hidden": "true" })) {
  element.className = `avatar colour-${Math.abs(id) % COLOURS}`;
  element.textContent = name.split(/\s+/).map((word) => word[0]).join("").slice(0, 2).toUpperCase();
  return element;
}

export const fullName = (user) => [user.first_name, user.last_name].filter(Boolean).join(" ");
