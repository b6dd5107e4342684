// The desk's words in the translator's own language; English where there are none.

let known = {};
export let tag = "en";
export const languages = JSON.parse(document.querySelector("meta[name=languages]").content);

export function _(text, values = {}) {
  const words = known[text] ?? text;
  return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export async function speak(wanted) {
  const tags = languages.map(([one]) => one);
  const first = wanted.find((one) => tags.includes(one))
    ?? wanted.map((one) => tags.find((other) => other.split("-")[0] === one.split("-")[0])).find(Boolean)
    ?? "en";
  const found = await (await fetch(`/words/${first}`)).json();
  known = found.words;
  tag = found.tag;
  document.documentElement.lang = found.tag;
  document.documentElement.dir = found.dir;
}

// The name of a language in that of the desk, as a heading or a label begins.
export function nameOf(language) {
  if (tag === "en") return language.name;
  const name = new Intl.DisplayNames([tag], { type: "language" }).of(language.tag) ?? language.name;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
}

// What checks call a state, in words.
export function stateWord(row) {
  if (row.problems.some(([, severity]) => severity === "error")) return _("Error");
  // NOTE: State of a text: its English source has changed since it was translated.
  if (row.state === "fuzzy") return _("Changed");
  // NOTE: State of a text: it has no translation yet.
  if (row.state === "untranslated") return _("Empty");
  return row.problems.some(([, severity]) => severity === "warning") ? _("Warning") : _("Translated");
}

export function stateOf(row) {
  if (row.problems.some(([, severity]) => severity === "error")) return "error";
  if (row.state !== "translated") return row.state;
  return row.problems.some(([, severity]) => severity === "warning") ? "warning" : "translated";
}
