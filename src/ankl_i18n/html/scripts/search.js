"use strict";
// Finds leaflets by their words. All that it knows stands in the page; nothing is fetched or sent.
// Parts of words are found, too: many languages write no spaces, others bend their words.
const leaflets = JSON.parse(document.getElementById("leaflets").textContent);
const [field, none, list] = ["words", "none", "found"].map((id) => document.getElementById(id));
// Accents, and the points of Hebrew and Arabic, may be left out.
const marks = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u0652\u0670]/g;
const plain = (text) =>
  text.normalize("NFKD").replace(marks, "").replace(/\p{Nd}/gu, digit).toLowerCase().normalize("NFC");

// A digit of any script as one from 0 to 9: how many digits stand before it in its ten.
function digit(letter) {
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(letter.codePointAt(0) - before - 1))) before += 1;
  return String(before % 10);
}

const texts = leaflets.map((one) => [one.title, one.summary, one.text].map(plain));

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function item(leaflet) {
  const made = document.createElement("li");
  const heading = document.createElement("h2");
  const link = element("a", leaflet.title);
  made.className = "card";
  link.href = leaflet.href;
  heading.append(link);
  made.append(heading, element("p", leaflet.summary));
  return made;
}

// The place of the first part that has all words: the title, the summary, the text; -1 for none.
function place(parts, words) {
  let known = "";
  return parts.findIndex((part) => {
    known += `\n${part}`;
    return words.every((word) => known.includes(word));
  });
}

function search() {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  const found = leaflets
    .map((leaflet, i) => ({ leaflet, at: words.length ? place(texts[i], words) : -1 }))
    .filter((one) => one.at >= 0)
    .sort((one, other) => one.at - other.at);
  list.replaceChildren(...found.map((one) => item(one.leaflet)));
  none.hidden = !words.length || found.length > 0;
}

field.addEventListener("input", search);
document.getElementById("search").hidden = false;
search();
