// All texts of a leaflet in a list: narrowed down by state, check, section and words, and replaced.

import { post } from "./api.js";
import { button, h, pause, show } from "./dom.js";
import { topicWord } from "./names.js";
import { _, stateOf, stateWord } from "./words.js";

export class List {
  constructor(work) {
    this.work = work;
    this.rows = h("ol", { class: "rows" });
    this.count = h("p", { role: "status" });
    this.preview = h("div", {});
    const redraw = pause(150, () => this.draw());
    const choose = (label, options) => {
      const field = h("select", { onchange: () => this.draw() }, options.map(([value, word]) => h("option", { value }, word)));
      return [field, h("label", {}, label, " ", field)];
    };
    const all = [...work.rows.values()];
    const topics = [...new Set(all.flatMap((row) => row.problems.map(([topic]) => topic)))].map((one) => [one, topicWord(one)]).sort();
    const sections = [...new Set(all.map((row) => row.section))];
    const [state, stateLabel] = choose(_("State"), [["", _("All")], ["untranslated", _("Empty")], ["fuzzy", _("Changed")],
      ["error", _("Error")], ["warning", _("Warning")], ["translated", _("Translated")], ["asked", _("With a question")]]);
    const [kind, kindLabel] = choose(_("Check"), [["", _("All")], ...topics]);
    const [section, sectionLabel] = choose(_("Section"), [["*", _("All")], ...sections.map((one) => [one, one || _("Outside of sections")])]);
    this.search = h("input", { type: "search", oninput: redraw });
    this.replacement = h("input", { oninput: pause(150, () => this.plan()) });
    Object.assign(this, { state, kind, section });
    if (work.filter) state.value = work.filter;
    this.replacing = h("details", {}, h("summary", {}, _("Replace")),
      h("form", { class: "filters", onsubmit: (event) => this.agree(event) }, h("label", {}, _("Replace it in translations by"), " ", this.replacement),
        button(_("Show what would change"), () => this.plan())), this.preview);
    this.element = h("div", { class: "list" },
      h("form", { class: "filters", onsubmit: (event) => this.onward(event) }, stateLabel, kindLabel, sectionLabel,
        h("label", {}, _("Search"), " ", this.search)),
      this.replacing,
      this.count, this.rows);
  }

  wanted(row) {
    const { state, kind, section } = this;
    const found = this.search.value.toLocaleLowerCase();
    return (!state.value || stateOf(row) === state.value || row.state === state.value || (state.value === "asked" && row.asked))
      && (!kind.value || row.problems.some(([one]) => one === kind.value))
      && (section.value === "*" || row.section === section.value)
      && (!found || [row.source, ...row.forms].some((text) => text.toLocaleLowerCase().includes(found)));
  }

  draw() {
    const shown = [...this.work.rows.values()].filter((row) => this.wanted(row));
    this.count.textContent = _("Texts: {n}", { n: shown.length });
    show(this.rows, shown.map((row) => this.row(row)));
    this.select(this.work.here);
  }

  row(row) {
    const { source, language } = this.work;
    return h("li", { "data-name": row.name, class: stateOf(row) },
      button([h("span", { class: "word" }, stateWord(row)), h("span", { lang: source.tag, dir: source.dir }, row.source),
        h("span", { lang: language.tag, dir: language.dir }, row.forms[0])], () => this.work.pick(row.name, { focus: true })));
  }

  update(row) {
    this.rows.querySelector(`[data-name="${row.name}"]`)?.replaceWith(this.row(row));
    this.select(this.work.here);
  }

  select(name) {
    for (const one of this.rows.children) {
      const isHere = one.dataset.name === name;
      one.firstChild.setAttribute("aria-current", String(isHere));
      if (isHere) one.scrollIntoView({ block: "nearest" });
    }
  }

  openReplace() {
    this.replacing.open = true;
    this.search.focus();
  }

  // Enter goes from what is searched to what comes in its place, and from there to the replacing.
  onward(event) {
    event.preventDefault();
    if (this.replacing.open) this.replacement.focus();
  }

  agree(event) {
    event.preventDefault();
    const seen = this.planned === this.asked() && this.preview.querySelector("button");
    if (seen) seen.click();
    else this.plan();
  }

  asked() { return JSON.stringify([this.search.value, this.replacement.value, this.state.value, this.kind.value, this.section.value]); }

  // What a replacement would do; nothing is written before somebody has seen it.
  plan() {
    const wanted = this.search.value;
    if (!wanted) return this.search.focus();
    this.planned = this.asked();
    const changed = [...this.work.rows.values()].filter((row) => this.wanted(row) && row.forms.some((form) => form.includes(wanted)))
      .map((row) => ({ row, forms: row.forms.map((form) => form.replaceAll(wanted, this.replacement.value)) }));
    const boxes = changed.map(() => h("input", { type: "checkbox", checked: true }));
    const { language } = this.work;
    show(this.preview, h("ul", {}, changed.map(({ row, forms }, i) => h("li", {}, h("label", {}, boxes[i], " ",
      h("del", { lang: language.tag, dir: language.dir }, row.forms.join(" / ")), " ", h("ins", { lang: language.tag, dir: language.dir }, forms.join(" / ")))))),
    changed.length ? button(_("Replace them: {n}", { n: changed.length }), () => this.replace(changed.filter((_one, i) => boxes[i].checked))) : h("p", {}, _("There is none.")));
  }

  async replace(changed) {
    let conflicts = 0;
    for (const { row, forms } of changed) {
      const done = await post("save", { tag: this.work.tag, leaflet: this.work.leaflet, name: row.name, forms, base: row.version });
      if (done.outcome === "conflict") conflicts += 1;
      this.work.take(done.row);
    }
    show(this.preview);
    this.work.desk.tell(_("Replaced: {n}. Changed by somebody else meanwhile, and left alone: {conflicts}.", { n: changed.length - conflicts, conflicts }));
    this.draw();
    if (this.work.here) await this.work.desk.show(this.work.here);
  }
}
