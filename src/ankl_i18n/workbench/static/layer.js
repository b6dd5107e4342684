// What is drawn behind a field: a copy of its text of which only the marks can be seen. The field
// itself stays as browsers make it, for input methods, undo, spelling checks and screen readers.

import { h, show } from "./dom.js";

export class Layer {
  constructor(field) {
    this.field = field;
    this.text = "";
    this.marks = [];
    this.copy = h("div", { class: "copy", "aria-hidden": "true", dir: field.dir, lang: field.lang });
    this.element = h("div", { class: "layered" }, this.copy, field);
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
    const parts = [];
    let at = 0;
    for (const [from, to, roles] of this.marks) {
      parts.push(this.text.slice(at, from), h("span", { class: roles }, this.text.slice(from, to)));
      at = to;
    }
    // A last empty line is as high as others.
    show(this.copy, parts, `${this.text.slice(at)}\u200b`);
  }
}
