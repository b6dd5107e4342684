// What is drawn behind a field: a copy of its text of which only the marks can be seen. The field
// itself stays as browsers make it, for input methods, undo, spelling checks and screen readers.

import { h, show } from "./dom.js";

// Highlights leave the copy in one piece, so that its lines break exactly as those of the field;
// pieces of a line are rounded, each for itself. Older browsers have pieces.
const ROLES = ["number", "code", "term", "inkless", "wrong"];
const HIGHLIGHTS = CSS.highlights && Object.fromEntries(ROLES.map((role) => [role, new Highlight()]));
if (HIGHLIGHTS) {
  for (const role of ROLES) CSS.highlights.set(role, HIGHLIGHTS[role]);
  HIGHLIGHTS.wrong.priority = 1;
}

export class Layer {
  // Layers of a text take the place of those of the one before.
  static of(fields) {
    if (HIGHLIGHTS) for (const role of ROLES) HIGHLIGHTS[role].clear();
    return fields.map((field) => new Layer(field));
  }

  constructor(field) {
    this.field = field;
    this.text = "";
    this.marks = [];
    this.copy = h("div", { class: "copy", "aria-hidden": "true", dir: field.dir, lang: field.lang });
    this.element = h("div", { class: "layered" }, this.copy, field);
    this.ranges = [];
    if (HIGHLIGHTS) new ResizeObserver(() => this.draw()).observe(this.element);
  }

  // The pieces of the text, as the server has marked them; those of an older text come too late.
  take(pieces) {
    const text = pieces.map(([piece]) => piece).join("");
    if (text !== this.field.value) return;
    this.text = text;
    this.marks = [];
    let at = 0;
    for (const [piece, roles] of pieces) {
      if (roles) this.marks.push([at, at + piece.length, roles]);
      at += piece.length;
    }
    this.draw();
  }

  // Until the server has looked, marks go with their words; one that is being changed is taken away.
  follow() {
    const was = this.text;
    const now = this.field.value;
    const most = Math.min(was.length, now.length);
    let start = 0;
    while (start < most && was[start] === now[start]) start += 1;
    let end = 0;
    while (end < most - start && was.at(-1 - end) === now.at(-1 - end)) end += 1;
    const by = now.length - was.length;
    this.marks = this.marks.flatMap(([from, to, roles]) => {
      if (to <= start) return [[from, to, roles]];
      return from >= was.length - end ? [[from + by, to + by, roles]] : [];
    });
    this.text = now;
    this.draw();
  }

  draw() {
    // A last empty line is as high as others.
    const text = `${this.text}\u200b`;
    if (HIGHLIGHTS) this.highlight(new Text(text));
    else this.split(text);
  }

  highlight(text) {
    for (const [role, range] of this.ranges) HIGHLIGHTS[role].delete(range);
    show(this.copy, text);
    this.ranges = this.marks.flatMap(([from, to, roles]) => roles.split(" ").map((role) => {
      const range = new StaticRange({ startContainer: text, startOffset: from, endContainer: text, endOffset: to });
      HIGHLIGHTS[role].add(range);
      return [role, range];
    }));
    const here = this.copy.getBoundingClientRect();
    this.copy.append(...this.marks.filter(([, , roles]) => roles.includes("inkless")).flatMap((mark) => this.bar(text, mark, here)));
  }

  // What cannot be seen has a frame; where it has no width, that is a bar.
  bar(text, [from, to], here) {
    const range = new Range();
    range.setStart(text, from);
    range.setEnd(text, to);
    const [box] = range.getClientRects();
    if (!box) return [];
    const bar = h("i", { class: "bar" });
    Object.assign(bar.style, { left: `${box.left - here.left}px`, top: `${box.top - here.top}px`, width: `${box.width}px`, height: `${box.height}px` });
    return [bar];
  }

  split(text) {
    const parts = [];
    let at = 0;
    for (const [from, to, roles] of this.marks) {
      parts.push(text.slice(at, from), h("span", { class: roles }, text.slice(from, to)));
      at = to;
    }
    show(this.copy, parts, text.slice(at));
  }
}
