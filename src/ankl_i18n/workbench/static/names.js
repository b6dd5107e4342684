// What texts and checks are called, in the translator's language. The server has the same names.

import { _ } from "./words.js";

// NOTE: Kinds of texts in a leaflet.
const KINDS = {
  title: () => _("Title"), summary: () => _("Summary"), audience: () => _("Who it is for"), trail: () => _("Way to this page"),
  heading: () => _("Heading"), paragraph: () => _("Paragraph"), "list item": () => _("List item"), quotation: () => _("Quotation"),
  "table header": () => _("Table header"), "table cell": () => _("Table cell"), caption: () => _("Caption"), "alt text": () => _("Description of a picture"),
  "call-out title": () => _("Heading of a box"), "call-out": () => _("Text in a box"), footnote: () => _("Footnote"), text: () => _("Text"), "code block": () => _("Text"),
  term: () => _("Term"), meaning: () => _("Meaning"), abbreviation: () => _("Abbreviation"), link: () => _("Link"), "link title": () => _("Title of a link"),
  reference: () => _("Reference"), "reason why the leaflet was withdrawn": () => _("Why the leaflet was withdrawn"),
};

// NOTE: What checks look at, as the name of a group of checks and above what they say.
const TOPICS = {
  numbers: () => _("Numbers"), signs: () => _("Minus signs, “at least”, “at most”, ranges"), units: () => _("Units and ages"), times: () => _("Dates, times, how often"),
  meaning: () => _("Words that deny, opposites, how urgent it is"), names: () => _("Names and abbreviations"), links: () => _("Telephone numbers, addresses and links"),
  codes: () => _("Codes and marks"), letters: () => _("Letters, and characters that cannot be seen"), whole: () => _("Is all of it there, and nothing else?"),
  punctuation: () => _("Spaces and punctuation"), terms: () => _("Terms"), file: () => _("Plural forms, and the file itself"),
};

// A text of the front matter of another program may have a name that is none of these.
export function kindWord(kind) {
  const [, short] = /^meaning of (.+)/.exec(kind) ?? [];
  if (short) return [KINDS.meaning(), ": ", short];
  return KINDS[kind]?.() ?? kind;
}

export function topicWord(topic) { return TOPICS[topic](); }
