// The desk beside the page: one text, all that is known of it, and the field of its translation.

import { post } from "./api.js";
import { button, h, pause, say, show } from "./dom.js";
import { Layer } from "./layer.js";
import { kindWord, topicWord } from "./names.js";
import { _, nameOf } from "./words.js";

export class Desk {
  constructor(work) {
    this.work = work;
    this.place = { tag: work.tag, leaflet: work.leaflet };
    this.body = h("div", {});
    this.notice = h("p", { class: "notice", role: "status" });
    this.element = h("section", { class: "desk", "aria-label": _("Translation") }, this.notice, this.body);
    this.check = pause(150, () => this.look());
    this.element.addEventListener("focusout", (event) => {
      const to = event.relatedTarget;
      if (to && !this.element.contains(to) && !to.closest("dialog")) this.save();
    });
  }

  get forms() { return this.fields.map((field) => field.value); }
  get isDirty() { return Boolean(this.text && this.fields && String(this.forms) !== String(this.text.forms)); }

  async show(name, { more = [], focus = false, outside = false } = {}) {
    this.check.cancel();
    const text = await post("text", { ...this.place, name });
    if (this.work.here !== name) return;
    // Somebody may have begun to type while the answer was on its way.
    if (outside && this.isDirty) return this.changedOutside();
    this.missed = false;
    // News that it was this very text.
    if (outside && this.name === name && text.version === this.text.version) return;
    focus ||= outside && this.body.contains(document.activeElement);
    this.text = text;
    this.name = name;
    this.conflict = null;
    this.draw(more);
    const draft = text.draft;
    if (draft && String(draft.forms) !== String(text.forms)) this.offer(draft);
    if (focus) this.fields[0].focus();
    post("memory", { ...this.place, name }).then((found) => this.name === name && this.suggest(found), () => {});
  }

  draw(more) {
    const text = this.text;
    const { language } = this.work;
    const [back, on] = document.documentElement.dir === "rtl" ? "→←" : "←→";
    this.status = h("p", { class: "status", role: "status" });
    this.found = h("ul", { class: "found", "aria-label": _("What the checks say") });
    this.suggestions = h("ol", { class: "suggestions" });
    this.counter = h("span", { class: "counter" });
    this.fields = text.forms.map((form, i) => this.field(form, i));
    [this.last] = this.fields;
    this.layers = Layer.of(this.fields);
    show(this.body,
      h("div", { class: "steps" },
        button(back, () => this.work.step(-1), { "aria-label": _("Text before") }),
        button(on, () => this.work.step(1), { "aria-label": _("Next text") }),
        h("span", { class: "where" }, this.where()),
        more.length ? h("span", { class: "group" }, _("Also here:"), more.map((name) => this.also(name))) : null),
      this.places(),
      this.source(),
      text.previous.length ? this.previous() : null,
      this.told(),
      h("div", { class: "fields" }, this.fields.map((field, i) => this.labelled(field, i))),
      this.signs(),
      h("div", { class: "actions" },
        button(_("Save and next"), () => this.saveAndNext(), { class: "main", "aria-keyshortcuts": "Control+Enter" }),
        button(_("Save"), () => this.save(), { "aria-keyshortcuts": "Control+S" }),
        text.fuzzy ? button(_("Still right"), () => this.stillRight()) : null,
        button(_("Copy source"), () => this.copySource()),
        this.counter),
      this.status,
      this.found,
      h("section", { "aria-label": _("Suggestions") }, this.suggestions),
      this.terms(), this.questions(), this.others());
    this.tellState();
    this.judge(text);
    this.measure();
    language.tag && this.glow();
  }

  // --- the source ---

  sourceText() { return this.text.source.map(([one]) => one).join(""); }

  where() {
    const { section, kind, required, context } = this.text;
    const own = (text) => text && h("bdi", { lang: this.work.source.tag }, text);
    const parts = [own(section) || (kind ? _("Title and details") : _("Words of the page")), kindWord(kind), required ? _("required") : "",
      context ? _("context: {context}", { context: `\u2068${context}\u2069` }) : ""].filter((part) => part && part.length !== 0);
    return parts.map((part, i) => (i ? [" · ", part] : part));
  }

  // Where else the same words stand, in this leaflet and in others.
  places() {
    const { places } = this.text;
    if (places.length < 2) return null;
    const { leaflet, tag, source } = this.work;
    return h("details", { class: "places" }, h("summary", {}, _("{n} places", { n: places.length })),
      h("ul", {}, places.map((one) => {
        const where = h("bdi", { lang: source.tag }, [one.title, one.section].filter(Boolean).join(" · "));
        return h("li", {}, one.leaflet === leaflet ? button(where, () => this.work.reveal(one))
          : h("a", { href: `#/${tag}/${encodeURIComponent(one.leaflet)}/${one.name}` }, where));
      })));
  }

  also(name) {
    const row = this.work.rows.get(name);
    return button(row.source.slice(0, 40), () => this.work.pick(name, { focus: true }));
  }

  source() {
    const { source } = this.work;
    const shown = (pieces) => h("p", { class: "source", lang: source.tag, dir: source.dir }, pieces.map((piece, i) => this.piece(piece, i, pieces)));
    return h("div", {}, h("h2", {}, _("Source")), shown(this.text.source), this.text.plural.length ? shown(this.text.plural) : null);
  }

  // A code of the source is a chip: a click puts it where the cursor is.
  piece([text, role, marks], i, pieces) {
    if (role === "text") return marks ? h("span", { class: marks }, text) : text;
    return button(text.replace("\n", "↵"), () => this.chip(text, role, i, pieces),
      { class: "chip", "data-code": text, "aria-label": _("Put in: {code}", { code: text }) });
  }

  chip(text, role, i, pieces) {
    if (role === "open") {
      let depth = 0;
      const end = pieces.slice(i).find(([, other]) => {
        if (other === "open") depth += 1;
        if (other === "close") depth -= 1;
        return depth === 0;
      });
      return this.insert(text, end ? end[0] : "");
    }
    return this.insert(text, "");
  }

  insert(before, after = "") {
    const field = this.last;
    const { selectionStart: start, selectionEnd: end, value } = field;
    field.focus();
    const middle = value.slice(start, end);
    field.setRangeText(before + middle + after, start, end, "end");
    if (after) field.setSelectionRange(start + before.length, start + before.length + middle.length);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Codes that the translation has lost are shown so.
  glow() {
    const said = this.forms.join("\n");
    for (const chip of this.body.querySelectorAll(".source .chip")) {
      const lost = said !== "" && !said.includes(chip.dataset.code);
      chip.classList.toggle("lost", lost);
      chip.title = lost ? _("Missing in the translation") : "";
    }
  }

  previous() {
    const { source } = this.work;
    return h("details", { open: true, class: "previous" }, h("summary", {}, _("The source has changed")),
      h("p", { lang: source.tag, dir: source.dir }, this.text.previous.map(([old, fresh]) => old === fresh ? old
        : [old ? h("del", {}, old) : null, fresh ? h("ins", {}, fresh) : null])));
  }

  told() {
    const { notes } = this.text;
    const { source } = this.work;
    return notes.length ? h("ul", { class: "notes" }, notes.map((note) => h("li", { lang: source.tag, dir: source.dir }, note))) : null;
  }

  // --- the field ---

  field(form, i) {
    const { language } = this.work;
    const field = h("textarea", {
      id: `field-${i}`, lang: language.tag, dir: language.dir, spellcheck: "true", rows: 3, value: form, "aria-describedby": "status",
    });
    const fonts = language.fonts.map((name) => (/^[a-z-]+$/.test(name) ? name : JSON.stringify(name))).join(", ");
    field.style.fontFamily = fonts;
    field.addEventListener("input", () => this.typed());
    field.addEventListener("focus", () => { this.last = field; });
    return field;
  }

  labelled(field, i) {
    const samples = this.text.samples[i];
    const word = samples ? _("For the numbers {numbers}", { numbers: samples.join(", ") }) : _("Translation: {language}", { language: this.work.language.endonym });
    this.layers[i].copy.style.fontFamily = field.style.fontFamily;
    return h("div", {}, h("label", { for: field.id }, word), this.layers[i].element);
  }

  signs() {
    const names = { "\u00a0": _("no-break space"), "\u200c": "ZWNJ", "\u200d": "ZWJ", "\u200b": _("word break") };
    return h("div", { class: "signs", role: "group", "aria-label": _("Special characters") },
      this.work.language.signs.map((sign) => button(names[sign] ?? sign, () => this.insert(sign), { title: names[sign] })));
  }

  copySource() {
    this.put([this.sourceText(), ...this.fields.slice(1).map(() => this.text.plural.map(([one]) => one).join(""))]);
  }

  put(forms, focused = this.fields[0]) {
    this.fields.forEach((field, i) => { field.value = forms[i] ?? forms[0]; });
    this.typed();
    focused.focus();
  }

  typed() {
    this.work.typed = this.isDirty ? { [this.name]: this.forms } : {};
    for (const layer of this.layers) layer.follow();
    this.tellState();
    this.measure();
    this.glow();
    this.check();
    this.work.redraw();
  }

  async look() {
    const { name, forms } = this;
    const answer = await post("check", { ...this.place, name, forms, base: this.text.version }).catch(() => null);
    if (answer && this.name === name && String(forms) === String(this.forms)) this.judge(answer);
  }

  measure() {
    const i = this.fields.indexOf(this.last);
    const length = [...this.forms[i]].length;
    const source = [...(i && this.text.plural.length ? this.text.plural : this.text.source).map(([one]) => one).join("")].length;
    this.counter.textContent = _("{length} characters; source: {source}", { length, source });
    const [, most] = this.work.language.length;
    this.counter.classList.toggle("long", source > 20 && length > source * most);
  }

  tellState(text) {
    const known = this.text.fuzzy ? _("The source has changed: look at it again.") : this.text.forms.some(Boolean) ? _("Saved.") : _("Empty.");
    this.status.textContent = text ?? (this.isDirty ? _("Not saved yet.") : known);
  }

  // --- what the checks say ---

  judge({ problems, painted }) {
    painted.forEach((pieces, i) => this.layers[i]?.take(pieces));
    const open = problems.filter((one) => !one.silenced);
    show(this.found, problems.map((one) => this.problem(one)));
    if (String(open.map((one) => one.message)) !== String(this.before)) {
      this.before = open.map((one) => one.message);
      if (open.length) say(open.map((one) => one.message).join(". "));
    }
  }

  problem(one) {
    const word = { error: _("Error"), warning: _("Warning"), hint: _("Hint") }[one.severity];
    return h("li", { class: `${one.severity}${one.silenced ? " silenced" : ""}` },
      h("strong", {}, word, " · ", topicWord(one.topic)),
      // Checks speak English.
      h("p", { lang: "en", dir: "ltr" }, one.message, h("br"), h("span", { class: "hint" }, one.hint)),
      one.fixes.map((forms) => button(_("Put right: {text}", { text: `\u2068${forms.join(" / ")}\u2069` }), () => this.putRight(forms), { class: "fix" })),
      one.silenced ? this.answered(one) : one.protecting ? null : this.ignore(one));
  }

  // What a translator has answered, which can be taken back.
  answered(one) {
    const given = this.text.ignored.filter(([kinds]) => kinds.includes(one.kind));
    return h("p", {}, _("(answered)"), " ", given.map(([, reason]) => h("q", { dir: "auto" }, reason)), " ",
      given.some(([kinds]) => kinds.length === 1)
        ? button(_("Take back"), () => this.answer(one.kind, given.find(([kinds]) => kinds.length === 1)[1], true)) : null);
  }

  async answer(kind, reason, remove) {
    if ((await this.save()) === "conflict") return;
    const done = await post("ignore", { ...this.place, name: this.name, kind, reason, remove });
    this.work.take(done.row);
    await this.show(this.name, { focus: true });
    say(_("Saved."));
  }

  // What was wrong in the file is right there at once; a text that is being typed waits for its end.
  async putRight(forms) {
    const isSaved = !this.isDirty;
    this.put(forms);
    if (isSaved) await this.save();
  }

  ignore(one) {
    const reason = h("input", { "aria-label": _("Why is it right as it is?"), placeholder: _("Why is it right as it is?") });
    const form = h("form", {}, reason, h("button", { type: "submit" }, _("Ignore")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      return reason.value.trim() ? this.answer(one.kind, reason.value, false) : reason.focus();
    });
    return h("details", { class: "ignore" }, h("summary", {}, _("Ignore, because …")), form);
  }

  // --- saving ---

  async save({ right = false } = {}) {
    if (this.saving) await this.saving;
    if (!this.isDirty && !right) return "unchanged";
    this.saving = this.send(right);
    try {
      return await this.saving;
    } finally {
      this.saving = null;
      if (this.missed && !this.isDirty) await this.changedOutside();
    }
  }

  async send(right) {
    const { name, forms } = this;
    this.check.cancel();
    this.tellState(_("Saving …"));
    let done;
    try {
      done = await post("save", { ...this.place, name, forms, base: this.text.version, right });
    } catch (refused) {
      this.tellState(_("Not saved: {why}", { why: refused.problems.map((one) => one.message).join(". ") || refused.message }));
      say(this.status.textContent);
      return "conflict";
    }
    if (done.outcome === "conflict") {
      this.disagree(done.text, forms);
      return "conflict";
    }
    this.work.typed = {};
    if (done.outcome === "saved") this.work.saved += 1;
    this.work.take(done.row);
    if (this.name === name) {
      const now = this.forms;
      this.text = done.text;
      if (String(now) === String(forms)) this.judge(done.text);
      const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
      const errors = done.text.problems.filter((one) => one.severity === "error" && !one.silenced).length;
      this.tellState(this.isDirty ? undefined : errors ? _("Saved at {time}, with errors: {errors}", { time, errors }) : _("Saved at {time}", { time }));
      this.body.querySelector(".previous")?.remove();
      say(this.status.textContent);
    }
    return done.outcome;
  }

  async saveAndNext() {
    if ((await this.save()) !== "conflict") await this.work.nextOpen();
  }

  async stillRight() {
    if ((await this.save({ right: true })) !== "saved") return;
    await this.show(this.name);
    await this.work.nextOpen();
  }

  // Somebody else has changed this text, too: nothing is written until one is chosen.
  disagree(theirs, mine) {
    const { language } = this.work;
    const base = this.text;
    this.tellState(_("Somebody else has changed this text, too. Choose one."));
    say(this.status.textContent);
    const one = (title, forms, label, action) => h("div", {}, h("h3", {}, title),
      forms.map((form) => h("p", { lang: language.tag, dir: language.dir }, form || _("Empty."))), action ? button(label, action) : null);
    const box = h("section", { class: "conflict", "aria-label": _("Two translations") },
      one(_("Before"), base.forms),
      one(_("Theirs"), theirs.forms, _("Take theirs"), () => this.choose(theirs, theirs.forms)),
      one(_("Mine"), mine, _("Take mine"), () => this.choose(theirs, mine, true)));
    this.body.querySelector(".conflict")?.remove();
    this.status.after(box);
    box.querySelector("button").focus();
  }

  async choose(theirs, forms, write = false) {
    this.body.querySelector(".conflict")?.remove();
    this.text = theirs;
    this.fields.forEach((field, i) => { field.value = forms[i]; });
    this.typed();
    if (write) await this.save();
    else {
      await post("drop", { tag: this.work.tag, name: this.name });
      await this.show(this.name);
    }
    this.fields[0].focus();
  }

  // While a save is on its way nobody knows yet which of the two came first.
  async changedOutside() {
    this.missed = Boolean(this.saving);
    if (this.missed) return;
    if (this.isDirty) {
      this.tell(_("Somebody else has changed this text just now. Yours is still here; you choose when you save."));
      return;
    }
    await this.show(this.name, { outside: true });
  }

  tell(text) {
    this.notice.textContent = text;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => { this.notice.textContent = ""; }, 20000);
  }

  // A draft of an earlier day, or of a browser that crashed.
  offer(draft) {
    const { language } = this.work;
    const box = h("div", { class: "draft" }, h("p", {}, _("You typed this and did not save it:")),
      draft.forms.map((form) => h("p", { lang: language.tag, dir: language.dir }, form)),
      button(_("Go on with it"), () => { box.remove(); this.put(draft.forms); }),
      button(_("Throw it away"), () => { box.remove(); post("drop", { tag: this.work.tag, name: this.name }); }));
    this.body.querySelector(".fields").before(box);
  }

  // --- what helps ---

  suggest(found) {
    const { language, source } = this.work;
    show(this.suggestions, found.filter((one) => !this.text.forms.includes(one.text)).map((one) => h("li", {},
      h("p", {}, `${one.percent} % · ${one.origin}`, one.numbers ? h("strong", {}, " · ", _("other numbers")) : null),
      one.percent < 100 ? h("p", { lang: source.tag, dir: source.dir }, one.source) : null,
      h("p", { lang: language.tag, dir: language.dir }, one.text),
      button(_("Use it"), () => this.use(one.text)))));
  }

  // A suggestion is one text: of several forms it is the one that was worked on last.
  use(text) {
    this.put(this.fields.map((field) => (field === this.last ? text : field.value)), this.last);
  }

  terms() {
    const { language, source } = this.work;
    const { terms } = this.text;
    if (!terms.length) return null;
    return h("section", { "aria-label": _("Terms") }, h("h2", {}, _("Terms")), h("dl", {}, terms.map((one) => [
      h("dt", {}, one.term),
      h("dd", {}, one.forms.map((form) => button(form, () => this.insert(form.split("|")[0].trim()), { lang: language.tag, dir: language.dir, class: "term" })),
        one.forbidden.length ? h("span", {}, _("not: {words}", { words: one.forbidden.join(", ") })) : null, one.note ? [" ", h("bdi", { lang: source.tag }, h("small", {}, one.note))] : null)])));
  }

  // The first term of the glossary that the translation does not have in any of its forms.
  missingTerm() {
    const said = this.forms.join("\n").toLocaleLowerCase();
    const isThere = (one) => [...one.querySelectorAll(".term")].some((form) => said.includes(form.textContent.split("|")[0].trim().toLocaleLowerCase()));
    return [...this.body.querySelectorAll("dd")].find((one) => one.querySelector(".term") && !isThere(one))?.querySelector(".term");
  }

  questions() {
    const field = h("input", { "aria-label": _("Question to the author") });
    const form = h("form", {}, field, h("button", { type: "submit" }, _("Ask")));
    const change = async (text, remove) => {
      if (!text.trim() || (await this.save()) === "conflict") return;
      const done = await post("question", { ...this.place, name: this.name, text, remove });
      this.work.take(done.row);
      await this.show(this.name);
    };
    form.addEventListener("submit", (event) => { event.preventDefault(); change(field.value, false); });
    return h("details", { open: this.text.questions.length > 0 }, h("summary", {}, _("Question to the author")),
      h("ul", {}, this.text.questions.map((text) => h("li", {}, h("bdi", {}, text), " ", button(_("Take back"), () => change(text, true))))), form);
  }

  others() {
    const list = h("dl", {});
    const box = h("details", {}, h("summary", {}, _("In other languages")), list);
    box.addEventListener("toggle", async () => {
      if (!box.open || list.children.length) return;
      const found = await post("others", { ...this.place, name: this.name });
      show(list, found.map((one) => [h("dt", {}, nameOf(one)), h("dd", { lang: one.tag, dir: one.dir }, one.text)]));
      if (!found.length) show(list, h("dt", {}, _("There is none.")));
    });
    return box;
  }
}
