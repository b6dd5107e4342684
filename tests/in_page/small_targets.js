// Targets below 24 by 24 CSS pixels (WCAG 2.5.8) that are neither within a sentence nor far
// enough from others: a circle of 24 pixels around them meets another target.
const targets = [...document.querySelectorAll("a[href], summary, button, input, select, textarea")]
  .filter(e => e.checkVisibility() && !e.closest(".skip-link"));
const inSentence = e => {
  if (getComputedStyle(e).display !== "inline") return false;
  const block = e.closest("p, li, td, th, dd, dt, figcaption, h2, h3");
  return block !== null && block.textContent.trim().length > e.textContent.trim().length + 1;
};
const boxes = targets.map(e => ({
  e, small: [...e.getClientRects()].some(r => r.width < 24 || r.height < 24), r: e.getBoundingClientRect(),
}));
const middle = r => [(r.left + r.right) / 2, (r.top + r.bottom) / 2];
const gap = ([x, y], r) => Math.hypot(
  Math.max(r.left - x, 0, x - r.right), Math.max(r.top - y, 0, y - r.bottom));
const close = one => boxes.some(other => other !== one && (gap(middle(one.r), other.r) < 12
  || other.small && Math.hypot(...middle(one.r).map((v, i) => v - middle(other.r)[i])) < 24));
return boxes.filter(one => one.small && !inSentence(one.e) && close(one))
  .map(({ e, r }) => `${e.localName} “${e.textContent.trim().slice(0, 30)}” ${Math.round(r.width)}×${Math.round(r.height)}`);
