// The page as readers see it, in a frame that runs nothing. Its texts are marked: a click, a touch
// or the keyboard picks one.

import { post } from "./api.js";
import { h } from "./dom.js";
import { morph } from "./morph.js";
import { _, stateOf, stateWord } from "./words.js";

const MARKS = `
m-text { cursor: pointer; border-radius: 2px; }
m-text:hover { outline: 1px dashed currentColor; outline-offset: 2px; }
m-text:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
m-text[data-state=untranslated] {
  background-image: radial-gradient(circle, rgb(128 128 128 / .55) 1px, transparent 1.3px);
  background-size: 6px 6px;
}
m-text[data-state=fuzzy] { border-inline-start: 4px double #b35900; padding-inline-start: .3em; }
m-text[data-word]::after {
  content: attr(data-word); font: 600 11px/1.6 system-ui, sans-serif; padding-inline: .4em;
  margin-inline-start: .4em; border: 1px solid currentColor; border-radius: 3px; vertical-align: middle;
}
m-text[data-state=error] { outline: 2px dotted #c00; outline-offset: 3px; }
[data-here] { outline: 3px solid #0b66c3 !important; outline-offset: 3px; }
@media (prefers-color-scheme: dark) {
  [data-here] { outline-color: #7cc0ff !important; }
  m-text[data-state=error] { outline-color: #ff8a8a; }
}`;

// WebKit tells nobody of what happens in a frame that runs nothing (its bug 218086). There the frame
// is as long as its page, and what lies above it finds out what was hit; the keyboard has the list.
class Cover {
  constructor(page) {
    this.page = page;
    this.element = h("div", { class: "cover", "aria-hidden": "true", onclick: (event) => this.hit(event) });
    page.element.classList.add("covered");
    page.element.append(this.element);
  }

  stretch() {
    const { frame, document: inside } = this.page;
    frame.style.blockSize = "0"; // a frame makes its page at least as long as itself
    frame.style.blockSize = this.element.style.blockSize = `${inside.documentElement.scrollHeight}px`;
  }

  hit(event) {
    const box = this.page.frame.getBoundingClientRect();
    const found = this.page.document.elementFromPoint(event.clientX - box.left - 1, event.clientY - box.top - 1);
    if (found) this.page.pick(found);
  }
}

export class Page {
  constructor({ tag, leaflet, label, picked, rows, plain = false }) {
    Object.assign(this, { tag, leaflet, picked, rows, plain });
    this.frame = h("iframe", { src: "/frame", sandbox: "allow-same-origin", title: label });
    this.wait = h("p", { class: "wait" }, _("One moment …"));
    this.element = h("div", { class: "page" }, this.wait, this.frame);
    this.ready = new Promise((resolve) => {
      this.frame.addEventListener("load", () => { this.listen(); resolve(); }, { once: true });
    });
    this.asked = 0;
  }

  get document() { return this.frame.contentDocument; }

  async render(typed = {}) {
    this.typed = typed;
    const mine = ++this.asked;
    await this.ready;
    let answer;
    try {
      answer = await post("page", { leaflet: this.leaflet, tag: this.tag, typed });
    } catch (refused) {
      if (refused.status === 422) this.fail(refused.problems);
      return;
    }
    if (mine !== this.asked || !this.document) return;
    this.wait.remove();
    // By the frame's own parser: what it makes is under the frame's policy, not the desk's.
    const fresh = new this.frame.contentWindow.DOMParser().parseFromString(answer.html, "text/html");
    this.mark(fresh);
    morph(this.document.documentElement, fresh.documentElement);
    if (!this.document.getElementById("workbench-marks")) {
      const style = this.document.createElement("style");
      style.id = "workbench-marks";
      style.textContent = MARKS;
      this.document.head.append(style);
    }
    this.cover?.stretch();
  }

  fail(problems) {
    this.wait.remove();
    const told = problems.map((one) => `${one.message}. ${one.hint}`).join("\n");
    this.document.body.textContent = told;
  }

  // Say on each text how it stands; one that was picked has a frame.
  mark(root = this.document) {
    for (const text of root.querySelectorAll("m-text")) {
      const row = this.rows.get(text.dataset.key);
      const isHere = text.dataset.key === this.here;
      text.toggleAttribute("data-here", isHere);
      text.tabIndex = isHere || (!this.here && text === root.querySelector("m-text")) ? 0 : -1;
      const state = row && !this.plain ? stateOf(row) : "";
      if (state) text.dataset.state = state;
      if (state === "fuzzy" || state === "error") text.dataset.word = stateWord(row);
      else delete text.dataset.word;
    }
    for (const one of root.querySelectorAll("[data-more]")) {
      one.toggleAttribute("data-here", one.dataset.more.split(" ").includes(this.here));
    }
  }

  async select(name, { scroll = true } = {}) {
    await this.ready;
    this.here = name;
    this.mark();
    const [found] = this.all(name);
    if (found && scroll) this.bring(found);
    return Boolean(found);
  }

  all(name) { return [...this.document.querySelectorAll(`m-text[data-key="${name}"], [data-more~="${name}"]`)]; }

  // Show a text where it stands below a heading.
  reveal(name, id) {
    const all = this.all(name);
    const heading = id && this.document.getElementById(id);
    const found = heading && all.find((one) => heading.contains(one) || heading.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (found ?? all[0]) this.bring(found ?? all[0]);
  }

  // Move the page until a text is in view.
  bring(found) {
    for (let box = found.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    const place = found.getBoundingClientRect();
    const height = this.frame.clientHeight;
    if (this.cover) found.scrollIntoView({ block: "center", behavior });
    else if (place.top < 0 || place.bottom > height) this.document.defaultView.scrollBy({ top: place.top - height / 3, behavior });
  }

  // What a place of the page shows, the nearest text first.
  namesAt(element) {
    const names = [];
    for (let one = element; one?.dataset; one = one.parentElement) {
      if (one.dataset.more) names.push(...one.dataset.more.split(" "));
      if (one.dataset.key) names.push(one.dataset.key);
    }
    for (const inner of element?.querySelectorAll?.("[data-more]") ?? []) names.push(...inner.dataset.more.split(" "));
    const known = [...new Set(names)].filter((name) => this.rows.has(name));
    const isText = (name) => this.document.querySelector(`m-text[data-key="${name}"]`);
    return element?.closest?.("img, abbr") ? known : known.sort((a, b) => Boolean(isText(b)) - Boolean(isText(a)));
  }

  listen() {
    const page = this.document;
    const pick = (event) => {
      if (event.target.closest?.("summary") && !this.namesAt(event.target).length) return;
      event.preventDefault();
      this.pick(event.target);
    };
    let hears = false;
    page.addEventListener("probe", () => { hears = true; }, { once: true });
    page.dispatchEvent(new Event("probe"));
    if (!hears) this.cover = new Cover(this);
    page.addEventListener("click", pick);
    page.addEventListener("auxclick", (event) => event.preventDefault());
    page.addEventListener("submit", (event) => event.preventDefault());
    page.addEventListener("keydown", (event) => this.key(event, pick));
  }

  pick(element) {
    const [name, ...more] = this.namesAt(element);
    if (name) this.picked(name, more);
  }

  key(event, pick) {
    const here = event.target.closest?.("m-text");
    if (event.key === "Enter" && here) pick(event);
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && here) {
      event.preventDefault();
      const all = [...this.document.querySelectorAll("m-text")].filter((one) => one.getClientRects().length);
      const next = all[all.indexOf(here) + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) {
        here.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
      }
    } else document.dispatchEvent(new KeyboardEvent("keydown", event));
  }
}

export function pageLabel(language) {
  return _("The page in {language}", { language });
}
