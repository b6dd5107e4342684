// The leaflet on paper: pictures of its pages, on which a text can be picked, too.

import { post } from "./api.js";
import { button, h, show } from "./dom.js";
import { _ } from "./words.js";

export class Paper {
  constructor(work) {
    this.work = work;
    this.told = h("p", { role: "status" });
    this.sheets = h("div", { class: "sheets" });
    // NOTE: Kinds of PDF: in letters of the usual size, or in large ones for people who see less well.
    this.edition = h("select", { onchange: () => this.make() },
      h("option", { value: "standard" }, _("Usual letters")), h("option", { value: "large-print" }, _("Large print")));
    this.element = h("div", { class: "paper" },
      h("p", {}, h("label", {}, _("Print"), " ", this.edition), " ", button(_("Make it anew"), () => this.make())), this.told, this.sheets);
    this.places = {};
  }

  async make() {
    this.told.textContent = _("One moment …");
    let made;
    try {
      made = await post("paper", { tag: this.work.tag, leaflet: this.work.leaflet, edition: this.edition.value });
    } catch (refused) {
      this.told.textContent = refused.problems.map((one) => one.message).join(". ") || refused.message;
      return;
    }
    this.places = made.places;
    show(this.sheets, made.sizes.map(([width, height], n) => {
      const image = h("img", { src: `/paper/${made.id}/${n}`, alt: _("Page {n}", { n: n + 1 }), width: Math.round(width), height: Math.round(height) });
      const sheet = h("div", { class: "sheet", "data-page": n }, image);
      sheet.addEventListener("click", (event) => this.hit(event, n, sheet));
      return sheet;
    }));
    this.told.textContent = _("Pages: {n}", { n: made.sizes.length });
    this.select(this.work.here);
  }

  hit(event, page, sheet) {
    const box = sheet.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width;
    const y = (event.clientY - box.top) / box.height;
    const found = Object.entries(this.places).find(([, boxes]) => boxes.some(([n, left, top, right, bottom]) => n === page && x >= left && x <= right && y >= top && y <= bottom));
    if (found) this.work.pick(found[0], { focus: true });
  }

  select(name) {
    for (const mark of this.sheets.querySelectorAll(".mark")) mark.remove();
    const boxes = this.places[name] ?? [];
    boxes.forEach(([page, left, top, right, bottom], i) => {
      const mark = h("span", { class: "mark" });
      // As properties of the element's style, which the policy allows; not as an attribute.
      Object.assign(mark.style, { left: `${left * 100}%`, top: `${top * 100}%`, width: `${(right - left) * 100}%`, height: `${(bottom - top) * 100}%` });
      this.sheets.querySelector(`[data-page="${page}"]`).append(mark);
      if (i === 0) mark.scrollIntoView({ block: "center" });
    });
    if (this.sheets.children.length) this.told.textContent = boxes.length ? "" : _("This text was not found on paper.");
  }
}
