// Elements, made of names, properties and children. Text goes in as text, never as HTML.

export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "value" || key === "checked" || key === "disabled") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(9).filter((one) => one !== null && one !== undefined && one !== false));
  return element;
}

export const $ = (selector, root = document) => root.querySelector(selector);

export function show(place, ...children) {
  place.replaceChildren(...children.flat(9).filter(Boolean));
}

export function button(label, action, properties = {}) {
  return h("button", { type: "button", onclick: action, ...properties }, label);
}

// Tell people who do not see the screen, once.
let later;
export function say(text) {
  const place = $("#said");
  clearTimeout(later);
  place.textContent = "";
  later = setTimeout(() => { place.textContent = text; }, 50);
}

export function pause(milliseconds, action) {
  let timer;
  const run = (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), milliseconds);
  };
  run.cancel = () => clearTimeout(timer);
  return run;
}

// A dialog that is closed by Escape, and gives the focus back.
export function dialog(title, ...children) {
  const box = h("dialog", { "aria-labelledby": "dialog-title" },
    h("h2", { id: "dialog-title" }, title), children);
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
  return box;
}
