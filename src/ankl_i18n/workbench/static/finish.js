// The end of a session: what was done, what is different now, a commit and a proof if wanted.

import { post } from "./api.js";
import { button, dialog, h } from "./dom.js";
import { _, stateOf } from "./words.js";

export async function finish(work) {
  const rows = [...work.rows.values()];
  const left = rows.filter((row) => ["untranslated", "fuzzy"].includes(row.state)).length;
  const errors = rows.filter((row) => stateOf(row) === "error").length;
  const place = { tag: work.tag, leaflet: work.leaflet };
  const found = await post("finish", place);
  const told = h("p", { role: "status" });
  const message = h("input", { id: "message", value: found.message });
  const box = dialog(_("Finish"),
    h("p", {}, _("Saved in this session: {n}. Texts left: {left}. Errors: {errors}.", { n: work.saved, left, errors })),
    button(_("Make a proof as PDF"), (event) => proof(event.target, place, told)),
    found.diff ? h("details", {}, h("summary", {}, _("What is different since the last commit")), h("pre", { dir: "ltr", tabindex: 0 }, found.diff)) : null,
    found.diff ? h("form", { class: "commit", onsubmit: async (event) => {
      event.preventDefault();
      const done = await post("commit", { ...place, message: message.value });
      told.textContent = done.wrong || _("Committed. Nothing was sent anywhere.");
    } }, h("label", { for: "message" }, _("Commit with this message")), message, h("button", { type: "submit" }, _("Commit"))) : null,
    told,
    button(_("Close"), () => box.close()),
    h("a", { href: "#/", onclick: () => box.close() }, _("All leaflets")));
}

async function proof(pressed, place, told) {
  pressed.disabled = true;
  told.textContent = _("One moment …");
  try {
    const made = await post("proof", place);
    told.replaceChildren(h("a", { href: made.address, target: "_blank", rel: "noopener" }, _("Open the proof")));
  } catch (refused) {
    told.textContent = refused.problems.map((one) => one.message).join(". ") || refused.message;
  }
  pressed.disabled = false;
}
