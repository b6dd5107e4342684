// The beginning: who asks for what, and the frame around each screen.

import { listen, post } from "./api.js";
import { $, h, show } from "./dom.js";
import { blind } from "./blind.js";
import { home } from "./home.js";
import { _, languages, speak, tag } from "./words.js";
import { Review } from "./review.js";
import { Work } from "./work.js";

let start;
let work = null;

function go(language, leaflet, name = "", filter = "") {
  location.hash = `#/${language}/${encodeURIComponent(leaflet)}/${name}${filter ? `?${filter}` : ""}`;
}

async function route() {
  try {
    await find();
  } catch (refused) {
    const problems = refused.problems ?? [];
    const why = refused.status === 404 ? _("This project has no such leaflet, language or text.") : refused.message;
    show($("#main"), h("h1", {}, _("That did not work")), h("p", { role: "alert" }, problems.length ? null : why),
      h("ul", {}, problems.map((one) => h("li", {}, `${one.message}. ${one.hint}`))), h("p", {}, h("a", { href: "#/" }, _("All leaflets"))));
  }
}

async function find() {
  const [path, filter = ""] = location.hash.slice(2).split("?");
  const [language, leaflet, name] = path.split("/").map(decodeURIComponent);
  if (start.blind) {
    top();
    await blind(start);
    return;
  }
  if (work && language === work.tag && leaflet === work.leaflet) {
    if (name && name !== work.here) await work.pick(name);
    return;
  }
  if (work && !(await work.leave())) return;
  work = null;
  if (!language || !leaflet) {
    top();
    await home(start, go);
  } else if (language === "review") {
    work = new Review({ tag: leaflet, leaflet: name, settings: start.settings });
    top(work);
    await work.open();
  } else {
    work = new Work({ tag: language, leaflet, source: start.source, settings: start.settings, filter });
    top(work);
    await work.open(name);
  }
  document.title = $("h1")?.textContent ?? "ankl-i18n";
}

function top(screen = null) {
  const chooser = h("select", { id: "speak", onchange: async (event) => {
    await speak([event.target.value]);
    await post("settings", { settings: { ...start.settings, speak: event.target.value } });
    start.settings = { ...start.settings, speak: event.target.value };
    work?.keys.stop();
    work = null;
    await route();
  } }, languages.map(([one, name]) => h("option", { value: one, selected: one === tag }, name)));
  chooser.value = tag;
  $(".skip").textContent = _("Skip to the main part");
  show($("#top"),
    start.blind ? null : h("nav", { "aria-label": _("Workbench") }, h("a", { href: "#/" }, _("All leaflets"))),
    h("div", { id: "tools" }, screen?.tools ?? null),
    languages.length > 1 ? h("label", { class: "speak" }, _("Language of this desk"), " ", chooser) : null,
    h("p", { id: "gone", role: "alert" }));
}

function heard(event) {
  if (event.kind === "end") return gone();
  work?.heard(event);
  if (!work && !start.blind && event.kind === "project") home(start, go);
}

function gone() {
  const place = $("#gone");
  if (place && !place.textContent) {
    place.textContent = _("The workbench has stopped. Start it again; what you typed is kept.");
  }
}

document.addEventListener("gone", gone);
document.addEventListener("back", () => { const place = $("#gone"); if (place) place.textContent = ""; });
window.addEventListener("hashchange", route);
window.addEventListener("beforeunload", (event) => { if (work?.isDirty) event.preventDefault(); });

start = await post("start");
await speak([start.settings.speak, ...navigator.languages].filter(Boolean));
await route();
listen(heard);
