// Make one tree of nodes like another one, touching only what differs: what a page shows stays
// where it is, and pictures are not drawn anew.

export function morph(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) {
    old.replaceWith(old.ownerDocument.importNode(fresh, true));
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.data = fresh.data;
    return;
  }
  attributes(old, fresh);
  children(old, fresh);
}

function attributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    // What somebody has opened stays open.
    if (!fresh.hasAttribute(name) && !(name === "open" && old.nodeName === "DETAILS")) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

function children(old, fresh) {
  const before = [...old.childNodes].filter((one) => one.id !== "workbench-marks");
  const after = [...fresh.childNodes];
  // What is the same at the beginning and at the end stays; the rest goes pair by pair.
  let start = 0;
  while (start < before.length && start < after.length && before[start].isEqualNode(after[start])) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start
    && before.at(-1 - end).isEqualNode(after.at(-1 - end))) end += 1;
  const was = before.slice(start, before.length - end);
  const is = after.slice(start, after.length - end);
  const next = end ? before.at(-end) : null;
  is.forEach((node, i) => {
    if (i < was.length) morph(was[i], node);
    else old.insertBefore(old.ownerDocument.importNode(node, true), next);
  });
  was.slice(is.length).forEach((node) => node.remove());
}
