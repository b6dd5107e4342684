// Blind mode: lines to translate back, of which nothing else is known here.

import { post } from "./api.js";
import { $, button, h, pause, show } from "./dom.js";
import { _, nameOf } from "./words.js";

export async function blind(start) {
  const task = await post("blind");
  const { language } = task;
  const answers = { ...task.answers };
  const progress = h("p", { class: "counter", role: "status" });
  const count = () => {
    const done = Object.values(answers).filter((one) => one.back?.trim()).length;
    progress.textContent = _("Texts translated: {done} of {all}.", { done, all: task.lines.length });
  };
  const pairs = task.lines.map((line) => {
    const fields = Object.fromEntries(["back", "remark"].map((name) => [name, h("textarea", {
      name, lang: start.source.tag, dir: start.source.dir, rows: 2, value: answers[line.id]?.[name] ?? "" })]));
    const keep = () => {
      answers[line.id] = { back: fields.back.value, remark: fields.remark.value };
      count();
      return post("answer", { id: line.id, ...answers[line.id] });
    };
    const later = pause(400, keep);
    for (const field of Object.values(fields)) {
      field.addEventListener("input", later);
      field.addEventListener("change", () => { later.cancel(); keep(); });
    }
    return h("li", {}, h("p", { class: "text", lang: language.tag, dir: language.dir }, line.text),
      // NOTE: {language} is the name of a language, such as English.
      h("label", {}, _("In {language}", { language: nameOf(start.source) }), fields.back),
      h("label", {}, _("Remark"), fields.remark));
  });
  const who = h("select", { id: "reviewer" }, task.people.map((id) => h("option", { value: id }, id)));
  const told = h("div", { role: "status" });
  const hand = async () => {
    try {
      const done = await post("hand-in", { reviewer: who.value });
      if (done.outcome === "nothing") show(told, h("p", {}, _("There is none.")));
      else show(told, h("p", {}, _("Written down. Commit this file:")), h("pre", { tabindex: 0 }, done.name));
    } catch (refused) {
      show(told, refused.problems.map((one) => h("p", {}, `${one.message}. ${one.hint}`)));
    }
  };
  count();
  show($("#main"), h("div", { class: "reading" },
    h("h1", {}, h("bdi", {}, language.endonym), document.documentElement.dir === "rtl" ? " ← " : " → ", h("bdi", {}, start.source.endonym)),
    h("p", {}, _("Translate each line as exactly as you can: numbers, units, words that deny, who does what. Do not make it sound better than it is, and do not look for the original.")),
    progress, h("ol", { class: "pairs" }, pairs),
    h("p", {}, h("label", { for: "reviewer" }, _("Who translates back")), " ", who, " ", button(_("Hand in"), hand, { class: "main" })), told));
}
