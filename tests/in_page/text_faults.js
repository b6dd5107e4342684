// Text that a reader cannot see whole: outside the page, cut off, or under other text.
// Also a page that scrolls sideways. Tables scroll by themselves, which WCAG 1.4.10 allows.
const page = document.documentElement;
const faults = [];
const name = node => `${node.parentElement.localName}.${node.parentElement.className} “${node.data.trim().slice(0, 30)}”`;
if (page.scrollWidth > innerWidth) faults.push(`the page is ${page.scrollWidth} wide`);

// Boxes of lines are as tall as the font says, which is more than its letters are: a quarter
// above and below may overlap.
const lines = [];
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const range = document.createRange();
while (texts.nextNode()) {
  const node = texts.currentNode, parent = node.parentElement;
  if (!node.data.trim() || parent.closest(".visually-hidden, .skip-link, svg")) continue;
  // Tables that are lists in a narrow window show their headers with each cell.
  const head = parent.closest("thead");
  if (head && getComputedStyle(head).position === "absolute") continue;
  if (!parent.checkVisibility({ visibilityProperty: true })) continue;
  range.selectNodeContents(node);
  for (const box of range.getClientRects()) {
    if (box.width < 1) continue;
    lines.push({
      node, left: box.left, right: box.right,
      top: box.top + box.height / 4, bottom: box.bottom - box.height / 4,
    });
  }
}

for (const line of lines) {
  let scrolls = false;
  for (let box = line.node.parentElement; box !== page; box = box.parentElement) {
    const style = getComputedStyle(box);
    if (style.overflowX === "visible" && style.overflowY === "visible") continue;
    const room = box.getBoundingClientRect();
    const wide = line.left < room.left - 1 || line.right > room.right + 1;
    const tall = line.top < room.top - 1 || line.bottom > room.bottom + 1;
    scrolls ||= box.matches(".table-scroll");
    if (wide && !scrolls) faults.push(`cut off at the side: ${name(line.node)}`);
    if (tall && style.overflowY !== "auto") faults.push(`cut off above or below: ${name(line.node)}`);
    if (scrolls) break;
  }
  if (!scrolls && (line.left < -1 || line.right > innerWidth + 1))
    faults.push(`outside the page: ${name(line.node)}`);
}

lines.sort((a, b) => a.top - b.top);
lines.forEach((line, i) => {
  for (let j = i + 1; j < lines.length && lines[j].top < line.bottom - 1; j++) {
    const across = Math.min(line.right, lines[j].right) - Math.max(line.left, lines[j].left);
    if (across > 2) faults.push(`${name(line.node)} lies on ${name(lines[j].node)}`);
  }
});
return { faults: [...new Set(faults)], lines: lines.length };
