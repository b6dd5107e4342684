// Put another character in the place of the nth letter of the first list item of a call-out;
// with `everywhere`, wherever that letter stands on the page.
const [at, other, everywhere] = arguments;
const texts = root => document.createTreeWalker(document.querySelector(root), NodeFilter.SHOW_TEXT);
const letters = [...document.querySelector(".callout li").textContent.matchAll(/\p{L}/gu)];
const letter = letters[at][0];
for (const each = texts(everywhere ? "main" : ".callout li"); each.nextNode();) {
  const before = each.currentNode.data;
  each.currentNode.data = everywhere ? before.replaceAll(letter, other) : before.replace(letter, other);
  if (!everywhere && before !== each.currentNode.data) break;
}
return letters.length > at;
