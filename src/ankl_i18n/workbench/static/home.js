// The first screen: each leaflet in each language, and the next thing to do.

import { post } from "./api.js";
import { $, button, h, show } from "./dom.js";
import { _, nameOf } from "./words.js";

export async function home(start, go) {
  const place = $("#main");
  const tags = start.chosen.length ? start.chosen : start.languages.map((one) => one.tag);
  const wait = h("p", { class: "wait" }, _("One moment …"));
  const list = h("div", {});
  show(place, h("h1", {}, start.project), who(start), list, wait, add(start, go));
  // One after the other: what is known already is there at once.
  for (const one of tags) {
    const [found] = await post("home", { tags: [one] });
    if (!list.isConnected) return;
    list.append(language(found, go, start));
  }
  wait.remove();
}

// The name that goes into the catalogs; asked for once.
function who(start) {
  const field = h("input", { id: "who", value: start.translator || start.proposed, autocomplete: "name" });
  const done = h("span", { role: "status" });
  const form = h("form", { class: "who" }, start.translator ? null : h("strong", {}, _("First of all:")),
    h("label", { for: "who" }, _("Your name, for the files you translate")), field,
    h("button", { type: "submit" }, _("Save")), done);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await post("translator", { translator: field.value });
    start.translator = field.value;
    done.textContent = _("Saved.");
  });
  if (!start.translator) return form;
  return h("details", {}, h("summary", {}, _("You translate as {name}", { name: start.translator })), form);
}

function add(start, go) {
  const field = h("input", { id: "new", size: 8, autocapitalize: "none", spellcheck: "false" });
  const told = h("span", { role: "alert" });
  // NOTE: A tag is the short name of a language, such as fr for French. Keep the examples.
  const form = h("form", { class: "who" }, h("label", { for: "new" }, _("Start another language (its tag, such as fr or pt-BR)")),
    field, h("button", { type: "submit" }, _("Start")), told);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const done = await post("add", { tag: field.value });
      if (start.chosen.length && !start.chosen.includes(done.tag)) start.chosen.push(done.tag);
      Object.assign(start, await post("start"));
      await home(start, go);
    } catch (refused) {
      told.textContent = refused.problems.map((one) => `${one.message}. ${one.hint}`).join(" ");
    }
  });
  return form;
}

function language(one, go, start) {
  const name = nameOf(one);
  return h("section", { class: "language", "aria-labelledby": `language-${one.tag}` },
    h("h2", { id: `language-${one.tag}` }, name, " ",
      one.endonym === name ? null : h("bdi", { lang: one.tag, dir: one.dir }, one.endonym)),
    h("ul", { class: "leaflets" }, one.leaflets.map((leaflet) => h("li", {}, card(one, leaflet, go, start)))));
}

function card(language_, one, go, start) {
  const id = `${language_.tag}-${one.name}`;
  return h("article", { "aria-labelledby": id },
    h("h3", { id }, h("bdi", { lang: start.source.tag }, one.title)),
    h("p", {},
      h("meter", { min: 0, max: 100, value: one.percent, "aria-label": _("Translated words") }), " ",
      // NOTE: How much of a leaflet is translated. {percent} and {left} are numbers.
      _("{percent} % of the words, {left} words left", one)),
    one.required.length
      ? h("ul", {}, one.required.map((section) => h("li", {},
        // NOTE: {n} texts must still be translated before the section {section} is complete.
        _("Texts left until “{section}” is complete: {n}", { n: section.left, section: section.title }))))
      : null,
    one.errors || one.warnings
      ? h("p", {}, _("Errors: {errors}. Warnings: {warnings}.", one)) : null,
    one.questions.length ? h("details", {}, h("summary", {}, _("Questions to the author: {n}", { n: one.questions.length })),
      h("ul", {}, one.questions.map((text) => h("li", {}, h("bdi", {}, text))))) : null,
    h("p", { class: "state" },
      one.published ? _("Readers get it.") : _("Readers do not get it yet."), " ",
      one.review === "reviewed" ? _("Reviewed.") : _("Draft: no professional has reviewed it.")),
    next(language_, one, go), " ",
    start.review && one.started && !one.broken
      ? h("a", { class: "review", href: `#/review/${language_.tag}/${encodeURIComponent(one.name)}` }, _("Review")) : null, " ",
    one.drafts.length ? button(_("Go on with what was not saved: {n}", { n: one.drafts.length }), () => go(language_.tag, one.name, one.drafts[0])) : null, " ",
    one.lacking ? button(_("Take over new and changed texts of the leaflet: {n}", { n: one.lacking }), async () => {
      await post("update", { tag: language_.tag });
      location.reload();
    }) : null);
}

function next(language_, one, go) {
  const open = (filter) => () => go(language_.tag, one.name, "", filter);
  if (!one.started) return h("p", {}, _("Not started: ankl-i18n add {tag}", { tag: language_.tag }));
  if (one.broken) return h("p", {}, _("The file cannot be read: ankl-i18n check {tag}", { tag: language_.tag }));
  if (one.errors) return button(_("Put errors right: {n}", { n: one.errors }), open("error"), { class: "next" });
  if (one.changed) return button(_("Look at changed texts: {n}", { n: one.changed }), open("fuzzy"), { class: "next" });
  if (one.empty) return button(_("Translate: {n} texts", { n: one.empty }), open("untranslated"), { class: "next" });
  return button(_("Read it through"), open(""), { class: "next" });
}
