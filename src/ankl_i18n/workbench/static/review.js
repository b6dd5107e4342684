// Review: pairs of source and translation, a verdict for each, and at the end all that is signed.

import { post } from "./api.js";
import { $, button, h, pause, say, show } from "./dom.js";
import { Keys } from "./keys.js";
import { Page, pageLabel } from "./page.js";
import { _, nameOf } from "./words.js";

// NOTE: What reviewers are: a second translator; a doctor or nurse; who edits texts; patients who read it.
const ROLES = { reviser: () => _("Reviser"), clinician: () => _("Clinician"), editor: () => _("Editor"), "reader-panel": () => _("Readers") };
// The wording meaning-1: never changed, only added to. NOTE: What a reviewer agrees to by signing.
const STATEMENTS = {
  reviser: () => _("I have read every one of these texts beside its source. Each says what the source says, nothing more and nothing less, in words that its readers understand."),
  clinician: () => _("I have read every one of these texts beside its source. What they tell patients to do is right as it stands: symptoms, numbers, units, medicines, and what must not be done."),
  editor: () => _("I have read every one of these texts. They are plain, whole and free of mistakes."),
  "reader-panel": () => _("People for whom the leaflet is written have read every one of these texts and have said in their own words what they would do. They understood it."),
};
// NOTE: What a reviewer says of a translation.
const VERDICTS = { ok: () => _("Fine"), remark: () => _("Remark"), error: () => _("Error") };

// The types of errors of MQM-Core, as packets and acts name them.
const TYPES = {
  // NOTE: A kind of error in a translation, to choose from a list, as are those after it.
  mistranslation: () => _("Mistranslation"),
  addition: () => _("Addition"),
  omission: () => _("Omission"),
  untranslated: () => _("Not translated"),
  "do-not-translate": () => _("Should not be translated"),
  "inconsistent-use-of-terminology": () => _("Terms not used consistently"),
  "wrong-term": () => _("Wrong term"),
  grammar: () => _("Grammar"),
  punctuation: () => _("Punctuation"),
  spelling: () => _("Spelling"),
  unintelligible: () => _("Cannot be understood"),
  register: () => _("Wrong tone (too formal or too familiar)"),
  "inconsistent-style": () => _("Style not consistent"),
  "unidiomatic-style": () => _("Not how people say it"),
  "awkward-style": () => _("Awkward style"),
  "number-format": () => _("Number format"),
  "currency-format": () => _("Currency format"),
  "measurement-format": () => _("Format of measurements"),
  "time-format": () => _("Time format"),
  "date-format": () => _("Date format"),
  "address-format": () => _("Address format"),
  "telephone-format": () => _("Telephone format"),
  "culture-specific-reference": () => _("Reference that readers of this culture do not know"),
  offensive: () => _("Offensive"),
  layout: () => _("Layout"),
  "markup-tag": () => _("Markup"),
  // NOTE: Another kind of error.
  other: () => _("Something else"),
};
// NOTE: How grave an error of a translation is, to choose from a list.
const SEVERITIES = { minor: () => _("Minor"), major: () => _("Major"), critical: () => _("Critical: it could harm somebody") };
// A name that is not known here, of a newer program, is shown as it is.
const kindOf = (name) => TYPES[name]?.() ?? name;
const weightOf = (name) => SEVERITIES[name]?.() ?? name;

export class Review {
  constructor({ tag, leaflet, settings }) {
    Object.assign(this, { tag, leaflet, settings });
    this.tools = h("div", { role: "toolbar", "aria-label": _("Review") });
    this.rows = new Map();
    this.at = 0;
    this.keys = new Keys(this, {
      fine: [_("Fine"), "Control+Enter", () => this.judge("ok")],
      remark: [_("Remark"), "Control+Alt+r", () => this.judge("remark")],
      error: [_("Error"), "Control+Alt+x", () => this.judge("error")],
      next: [_("Next text"), "Alt+ArrowDown", () => this.step(1)],
      previous: [_("Text before"), "Alt+ArrowUp", () => this.step(-1)],
    });
  }

  get isDirty() { return Boolean(this.unsent); }
  get seat() { return { tag: this.tag, leaflet: this.leaflet, reviewer: this.reviewer, role: this.role }; }
  get pair() { return this.pairs?.[this.at]; }
  get here() { return this.pair?.name; }

  async leave() {
    this.keys.stop();
    await this.send();
    return true;
  }

  heard(event) {
    if (this.pairs && (event.kind === "project" || event.tag === this.tag)) this.begin();
  }

  // --- who reviews ---

  async open() {
    const people = await post("reviewers", { tag: this.tag, leaflet: this.leaflet });
    if (!people.length) {
      show($("#main"), h("h1", {}, _("Review")), h("p", {}, _("Nobody in reviews/reviewers.toml may review this language.")));
      return;
    }
    const kept = this.settings.seat ?? {};
    const who = h("select", { id: "reviewer" }, people.map((one) => h("option", { value: one.id }, one.name ? `${one.id} (${one.name})` : one.id)));
    const role = h("select", { id: "role" });
    const roles = () => show(role, people.find((one) => one.id === who.value).roles.map((one) => h("option", { value: one }, ROLES[one]())));
    if (people.some((one) => one.id === kept.reviewer)) who.value = kept.reviewer;
    who.addEventListener("change", roles);
    roles();
    if ([...role.options].some((one) => one.value === kept.role)) role.value = kept.role;
    const form = h("form", { class: "who" }, h("label", { for: "reviewer" }, _("Who reviews")), who,
      h("label", { for: "role" }, _("As what")), role, h("button", { type: "submit", class: "next" }, _("Start")));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      [this.reviewer, this.role] = [who.value, role.value];
      this.settings.seat = { reviewer: who.value, role: role.value };
      await post("settings", { settings: this.settings });
      await this.begin();
      this.keys.listen();
    });
    show($("#main"), h("h1", {}, _("Review")), form);
  }

  // --- the pairs ---

  async begin() {
    await this.send();
    const found = await post("review", this.seat);
    const key = this.pair?.key;
    Object.assign(this, found);
    this.pairs = found.sections.flatMap((section) => section.texts.map((text) => ({ ...text, section })));
    this.rows = new Map(this.pairs.map((one) => [one.name, { state: "translated", problems: [] }]));
    const first = this.pairs.findIndex((one) => (key ? one.key === key : !one.said && !one.signed));
    this.at = Math.max(0, first);
    if (this.ending) return;
    this.draw();
  }

  draw() {
    this.ending = false;
    show(this.tools, h("strong", { class: "title" }, this.title), " ", h("bdi", { lang: this.tag, dir: this.language.dir }, this.language.endonym), " ",
      button(_("Text before"), () => this.step(-1)), button(_("Next text"), () => this.step(1)),
      button(_("Commands"), () => this.keys.palette(), { "aria-keyshortcuts": "Control+K" }),
      button(_("All that will be signed"), () => this.end(), { class: "next" }));
    this.page = new Page({ tag: this.tag, leaflet: this.leaflet, label: pageLabel(nameOf(this.language)), rows: this.rows, picked: (name) => this.pick(name) });
    this.heading = h("h2", {});
    this.unit = h("p", { class: "notice" });
    this.progress = h("p", { class: "counter" });
    this.list = h("ol", { class: "pairs" });
    show($("#main"), h("h1", { class: "unseen" }, `${this.title} · ${_("Review")}`),
      h("div", { class: "work" }, h("section", { class: "side page", "aria-label": _("The leaflet") }, this.page.element),
        h("section", { class: "desk", "aria-label": _("Review") }, this.heading, this.unit, this.progress, this.list)));
    this.section = null;
    this.page.render();
    this.show();
  }

  show({ focus = false } = {}) {
    const section = this.pair?.section;
    if (!section) return;
    if (this.section !== section) {
      this.section = section;
      this.heading.textContent = section.title || this.title;
      this.unit.textContent = section.required ? _("This section is required: all of it is signed, or nothing.") : "";
      show(this.list, this.pairs.filter((one) => one.section === section).map((one) => this.item(one)));
    }
    for (const one of this.list.children) one.setAttribute("aria-current", String(one.id === this.pair.key));
    const item = document.getElementById(this.pair.key);
    if (focus) item.focus();
    item.scrollIntoView?.({ block: "nearest" });
    this.page.select(this.pair.name);
    this.count();
  }

  count() {
    const isDone = (one) => Boolean(one.said || one.signed);
    const here = this.pairs.filter((one) => one.section === this.section);
    this.progress.textContent = _("Texts read: {done} of {all}. In this section: {here} of {total}.",
      { done: this.pairs.filter(isDone).length, all: this.pairs.length, here: here.filter(isDone).length, total: here.length });
  }

  item(one) {
    const item = h("li", { id: one.key, tabindex: -1 });
    item.addEventListener("focusin", () => {
      if (this.pair === one) return;
      this.at = this.pairs.indexOf(one);
      this.show();
    });
    this.fill(item, one);
    return item;
  }

  fill(item, one) {
    const verdict = one.said?.verdict;
    show(item, pair(one, this),
      one.signed ? h("p", {}, _("Signed before, in these words.")) : null,
      one.changed ? h("p", { class: "notice" }, _("The words have changed since you read them: read them again.")) : null,
      h("div", { class: "verdicts", role: "group", "aria-label": _("Verdict") }, Object.entries(VERDICTS).map(([name, word]) =>
        button(word(), () => { this.at = this.pairs.indexOf(one); this.judge(name, { takesBack: true }); }, { "aria-pressed": String(verdict === name), "data-verdict": name }))),
      verdict === "error" ? [this.choice(one, "type", _("Kind of error (MQM)"), this.types, kindOf), this.choice(one, "severity", _("How grave"), this.severities, weightOf)] : null,
      verdict && verdict !== "ok" ? this.note(one) : null);
  }

  choice(one, name, word, all, said) {
    const field = h("select", { name, onchange: () => this.put(one, { [name]: field.value }) },
      all.map((value) => h("option", { value }, value ? said(value) : "–")));
    field.value = one.said[name];
    return h("label", {}, word, " ", field);
  }

  note(one) {
    const field = h("textarea", { name: "note", dir: "auto", rows: 2, value: one.said.note });
    const later = pause(400, () => this.send());
    field.addEventListener("input", () => {
      one.said = { ...one.said, note: field.value };
      this.unsent = one;
      later();
    });
    field.addEventListener("blur", () => this.send());
    return h("label", {}, _("What is wrong, and what it should say"), field);
  }

  // --- verdicts ---

  // A button that is pressed already takes its verdict back; a key never does.
  async judge(verdict, { takesBack = false } = {}) {
    const one = this.pair;
    if (!one || this.ending) return;
    const empty = { type: "", severity: "", note: "" };
    const again = takesBack && one.said?.verdict === verdict;
    await this.put(one, { ...empty, ...one.said, ...(verdict === "ok" ? empty : {}), verdict: again ? "" : verdict });
    const item = document.getElementById(one.key);
    if (item) this.fill(item, one);
    this.count();
    say(VERDICTS[verdict]());
    if (verdict === "ok" && !again) this.step(1);
    else item?.querySelector(again ? "[data-verdict]" : "textarea")?.focus();
  }

  async put(one, said) {
    await this.send();
    const before = one.said;
    one.said = { type: "", severity: "", note: "", ...one.said, ...said, hash: one.hash };
    try {
      one.changed = (await post("verdict", { ...this.seat, key: one.key, ...one.said })).changed;
    } catch (refused) {
      // What is not kept must not look as if it were.
      one.said = before;
      this.unit.textContent = refused.problems.map((problem) => `${problem.message}. ${problem.hint}`).join(" ") || refused.message;
      return;
    }
    if (!one.said.verdict) one.said = null;
  }

  async send() {
    const one = this.unsent;
    this.unsent = null;
    if (one?.said) await this.put(one, {});
  }

  async step(by) {
    if (!this.pairs || this.ending) return null;
    await this.send();
    const to = this.at + by;
    if (to >= this.pairs.length) return this.end();
    this.at = Math.max(0, to);
    return this.show({ focus: true });
  }

  async pick(name) {
    const at = this.pairs.findIndex((one) => one.name === name);
    if (at < 0) return;
    this.at = at;
    this.show({ focus: true });
  }

  // --- the last screen ---

  async end() {
    await this.send();
    this.ending = true;
    this.last(await post("review-end", this.seat));
  }

  last(end, told = "") {
    const listed = (found, line) => (found.length ? h("ul", {}, found.map((one) => h("li", {}, line(one)))) : h("p", {}, _("There is none.")));
    const problem = (one) => [h("bdi", {}, one.message), " ", h("q", { lang: this.tag, dir: "auto" }, one.text), one.reason ? [" – ", h("bdi", {}, one.reason)] : null];
    const status = h("div", { role: "status" });
    show(this.tools, h("strong", { class: "title" }, this.title), " ", button(_("Back to the texts"), () => this.begin().then(() => this.draw())));
    show($("#main"), h("div", { class: "reading" },
      h("h1", { tabindex: -1 }, _("All that will be signed")),
      told ? h("p", { role: "alert" }, told) : null,
      h("ol", { class: "pairs" }, end.signed.map((one) => h("li", {}, one.section ? h("p", {}, h("small", {}, one.section)) : null, pair(one, this),
        h("p", {}, h("strong", {}, VERDICTS[one.verdict]()), " ", h("span", {}, [kindOf(one.type), weightOf(one.severity)].filter(Boolean).join(" · "))),
        one.note ? h("p", { dir: "auto" }, one.note) : null))),
      end.signed.length ? null : h("p", {}, _("There is none.")),
      end.changed.length ? [h("h2", {}, _("The words have changed since you read them: read them again.")), listed(end.changed, (one) => pair(one, this))] : null,
      h("h2", {}, _("What the checks say")), listed(end.problems, problem),
      h("h2", {}, _("Ignored by translators, with their reasons")), listed(end.ignored, problem),
      h("h2", {}, _("Not covered")), h("ul", {},
        h("li", {}, _("Texts without your verdict: {n}", { n: end.open })),
        end.held.length ? h("li", {}, _("Required sections that you have not read to the end: {sections}", { sections: end.held.join(", ") })) : null,
        h("li", {}, _("Texts without a translation: {n}", { n: end.missing })),
        h("li", {}, _("What is inside pictures, the words of the page around the leaflet, and the layout"))),
      h("h2", {}, `${this.reviewer} · ${ROLES[this.role]()}`),
      end.signed.length ? [h("blockquote", { class: "statement" }, STATEMENTS[this.role]()),
        end.signed.some((one) => one.verdict !== "ok") ? h("p", {}, _("Errors are told, and held back until they are put right: you do not agree to them.")) : null,
        button(_("I agree: sign"), (event) => this.sign(end.agreed, status, event.currentTarget), { class: "main", id: "sign" })] : null, status));
    $("h1").focus();
    say(_("All that will be signed"));
  }

  async sign(agreed, status, from) {
    from.disabled = true;
    let done;
    try {
      done = await post("review-sign", { ...this.seat, agreed });
    } catch (refused) {
      from.disabled = false;
      show(status, refused.problems.map((one) => h("p", {}, `${one.message}. ${one.hint}`)));
      return;
    }
    if (done.outcome === "changed") return this.last(done.end, _("Something has changed meanwhile. Nothing was signed: look at it again."));
    if (done.outcome === "nothing") return this.end();
    from.remove();
    show(status, h("p", { class: "status" }, _("Written down. Commit this file:")), h("pre", { tabindex: 0 }, done.path),
      done.command ? [h("p", {}, _("It counts once it is signed with your key. Run this in the project’s folder:")), h("pre", { tabindex: 0 }, done.command)] : null,
      done.refused.map((why) => h("p", { class: "notice" }, _("It does not count yet:"), " ", h("bdi", { lang: "en" }, why))));
  }
}

function pair(one, { language, source }) {
  return [h("p", { lang: source.tag, dir: source.dir, class: "source" }, one.source),
    one.forms.map((form) => h("p", { lang: language.tag, dir: language.dir, class: "text" }, form))];
}
