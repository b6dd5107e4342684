// One leaflet in one language: its page or the list of its texts on one side, the desk on the other.

import { post } from "./api.js";
import { $, button, h, pause, show } from "./dom.js";
import { Desk } from "./desk.js";
import { finish } from "./finish.js";
import { Keys } from "./keys.js";
import { List } from "./list.js";
import { Page, pageLabel } from "./page.js";
import { Paper } from "./paper.js";
import { _, nameOf, stateOf } from "./words.js";

// NOTE: Names of ways to look at a leaflet. Both: the source and the translation side by side.
const VIEWS = { page: () => _("Page"), phone: () => _("Phone"), both: () => _("Both languages"), list: () => _("List"), paper: () => _("Paper") };

export class Work {
  constructor({ tag, leaflet, source, settings, filter }) {
    Object.assign(this, { tag, leaflet, source, settings, filter });
    this.rows = new Map();
    this.typed = {};
    this.pages = [];
    this.saved = 0;
    this.view = "page";
    this.redraw = pause(150, () => this.draw());
    this.keys = new Keys(this);
    this.tools = h("div", { role: "toolbar", "aria-label": _("Leaflet") });
  }

  get isDirty() { return Boolean(this.desk?.isDirty); }

  async open(name) {
    const found = await post("open", { tag: this.tag, leaflet: this.leaflet });
    this.language = found.language;
    this.title = found.title;
    this.rows = new Map(found.texts.map((row) => [row.name, row]));
    this.desk = new Desk(this);
    this.list = new List(this);
    this.side = h("section", { class: "side", "aria-label": _("The leaflet") });
    show($("#main"), h("h1", { class: "unseen" }, `${this.title} · ${nameOf(this.language)}`),
      h("div", { class: "work" }, this.side, this.desk.element));
    this.tool();
    this.keys.listen();
    await this.pick(name || this.first(), { focus: Boolean(this.filter) });
    await this.look(this.view);
  }

  tool() {
    const views = Object.entries(VIEWS).map(([view, word]) => button(word(), () => this.look(view), { "aria-pressed": String(view === this.view) }));
    show(this.tools, h("strong", { class: "title" }, h("bdi", { lang: this.source.tag }, this.title)), " ", h("bdi", { lang: this.tag, dir: this.language.dir }, this.language.endonym),
      h("span", { class: "group" }, views),
      h("span", { id: "left" }),
      button(_("Undo"), () => this.undo()), button(_("Commands"), () => this.keys.palette(), { "aria-keyshortcuts": "Control+K" }),
      button(_("Finish"), () => this.finish()));
    this.count();
  }

  count() {
    const rows = [...this.rows.values()];
    const left = rows.filter((row) => ["untranslated", "fuzzy"].includes(row.state)).length;
    const errors = rows.filter((row) => stateOf(row) === "error").length;
    const place = $("#left");
    if (place) place.textContent = _("Texts left: {left}. Errors: {errors}.", { left, errors });
  }

  async look(view) {
    this.view = view;
    for (const [one, name] of Object.keys(VIEWS).entries()) {
      this.tools.querySelectorAll(".group button")[one]?.setAttribute("aria-pressed", String(name === view));
    }
    this.side.className = `side ${view}`;
    if (view === "paper") {
      this.pages = [];
      this.paper = this.paper ?? new Paper(this);
      show(this.side, this.paper.element);
      await this.paper.make();
      return;
    }
    if (view === "list") {
      this.pages = [];
      show(this.side, this.list.element);
      this.list.draw();
      return;
    }
    const picked = (name, more) => this.pick(name, { more, focus: true });
    const own = new Page({ tag: this.tag, leaflet: this.leaflet, label: pageLabel(nameOf(this.language)), picked, rows: this.rows });
    this.pages = [own];
    if (view === "both") {
      this.pages.unshift(new Page({ tag: this.source.tag, leaflet: this.leaflet, label: pageLabel(nameOf(this.source)), picked, rows: this.rows, plain: true }));
    }
    show(this.side, this.pages.map((page) => page.element));
    await Promise.all(this.pages.map((page) => page.render(page.plain ? {} : this.typed)));
    for (const page of this.pages) page.select(this.here);
  }

  draw() {
    if (this.view === "list") this.list.draw();
    for (const page of this.pages) if (!page.plain) page.render(this.typed);
  }

  // --- which text ---

  order() { return [...this.rows.keys()]; }

  first() {
    const wanted = this.filter ? [...this.rows.values()].find((row) => stateOf(row) === this.filter || row.state === this.filter) : null;
    return wanted?.name ?? this.order()[0];
  }

  async pick(name, { more = [], focus = false } = {}) {
    if (!this.rows.has(name)) return;
    if (name !== this.here && !(await this.leaveText())) return;
    this.here = name;
    history.replaceState(null, "", `#/${this.tag}/${encodeURIComponent(this.leaflet)}/${name}`);
    for (const page of this.pages) page.select(name);
    this.list.select(name);
    if (this.view === "paper") this.paper.select(name);
    await this.desk.show(name, { more, focus });
  }

  // Show one of the places of the picked text.
  async reveal(place) {
    if (!this.pages.length) await this.look("page");
    for (const page of this.pages) page.reveal(place.name, place.id);
  }

  step(by, wanted = () => true) {
    const order = this.order();
    const at = order.indexOf(this.here);
    for (let i = 1; i <= order.length; i += 1) {
      const name = order[(at + by * i + order.length * i) % order.length];
      if (wanted(this.rows.get(name))) return this.pick(name, { focus: true });
    }
    this.desk.tell(_("There is none."));
    return null;
  }

  // The next text to work on: one with errors, for who came to put errors right.
  nextOpen() {
    const errors = this.filter === "error" && [...this.rows.values()].some((row) => stateOf(row) === "error");
    return this.step(1, (row) => (errors ? stateOf(row) === "error" : ["untranslated", "fuzzy"].includes(row.state)));
  }

  nextProblem() { return this.step(1, (row) => row.problems.length > 0); }

  // --- what changes ---

  async leaveText() {
    if (!this.desk.isDirty) return true;
    return (await this.desk.save()) !== "conflict";
  }

  async leave() {
    this.keys.stop();
    return this.leaveText();
  }

  take(row) {
    this.rows.set(row.name, row);
    this.count();
    this.list.update(row);
    for (const page of this.pages) page.mark();
  }

  async undo() {
    if (!(await this.leaveText())) return;
    const done = await post("undo", { tag: this.tag, leaflet: this.leaflet });
    if (done.outcome === "nothing") return this.desk.tell(_("There is nothing to undo."));
    if (done.outcome === "conflict") return this.desk.tell(_("It was changed again since: not undone."));
    this.take(done.row);
    this.here = null;
    await this.pick(done.name, { focus: true });
    this.draw();
    this.desk.tell(_("Undone."));
  }

  async heard(event) {
    if (event.kind === "project") {
      const found = await post("open", { tag: this.tag, leaflet: this.leaflet });
      this.rows = new Map(found.texts.map((row) => [row.name, row]));
      for (const page of this.pages) page.rows = this.rows;
      this.draw();
      this.desk.tell(_("The leaflet was changed outside."));
      return;
    }
    if (event.kind === "published") return this.redraw();
    if (event.kind !== "texts" || event.tag !== this.tag) return;
    const names = event.names.filter((name) => this.rows.has(name));
    for (const name of names) this.take(await post("row", { tag: this.tag, leaflet: this.leaflet, name }));
    if (names.length && !event.by) this.desk.tell(_("Changed outside: {n} texts. They were taken over.", { n: names.length }));
    if (names.includes(this.here)) await this.desk.changedOutside();
    this.redraw();
  }

  finish() { return this.leaveText().then((free) => free && finish(this)); }
}
