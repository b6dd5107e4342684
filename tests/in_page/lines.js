// The lines of the elements that a selector finds, each as its characters stand from left to right.
const range = document.createRange();

function charactersOf(element) {
  const found = [];
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    for (let i = 0; i < node.data.length; i++) {
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      const box = range.getBoundingClientRect();
      if (box.width > 0) found.push([node.data[i], box.left, box.top + box.height / 2]);
    }
  }
  return found;
}

function linesOf(element) {
  const lines = [];
  for (const [character, left, middle] of charactersOf(element)) {
    let line = lines.find(one => Math.abs(one.middle - middle) < 14);
    if (!line) lines.push(line = { middle, characters: [] });
    line.characters.push([left, character]);
  }
  return lines.map(line => line.characters.sort((a, b) => a[0] - b[0]).map(one => one[1]).join(""));
}

return [...document.querySelectorAll(arguments[0])].map(linesOf);
