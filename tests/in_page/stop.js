// Where the focus is: the number of the stop (-1 for none), and what is wrong with its look.
const e = document.activeElement;
const faults = [];
const at = window.stops.indexOf(e);
if (at < 0) return [at, faults];

const luminance = ([r, g, b]) => [r, g, b]
  .map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const contrast = (a, b) => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};
const parts = colour => colour.match(/[\d.]+/g).map(Number);
const ground = box => {
  for (; box; box = box.parentElement) {
    const colour = parts(getComputedStyle(box).backgroundColor);
    if (colour.length === 3 || colour[3] > 0) return colour;
  }
  return [255, 255, 255];
};

// Visible: an outline that was not there before, at 3:1 from what lies around it.
const box = [e, e.parentElement].find((one, i) => {
  const style = getComputedStyle(one);
  return style.outlineStyle !== "none" && style.outlineStyle !== window.outlines[at][i]
    && parseFloat(style.outlineWidth) >= 2;
});
if (!box) faults.push("no outline");
else {
  const style = getComputedStyle(box);
  const ratio = contrast(parts(style.outlineColor), ground(box.parentElement));
  if (ratio < 3) faults.push(`an outline of ${ratio.toFixed(1)}:1`);
  const reach = parseFloat(style.outlineOffset) + 2;
  for (let out = box.parentElement; out; out = out.parentElement) {
    if (getComputedStyle(out).overflowX === "visible") continue;
    const room = out === document.documentElement || out === document.body
      ? { left: 0, right: innerWidth } : out.getBoundingClientRect();
    // What is itself cut off is a table wider than the window, scrolled by its own stop.
    for (const line of box.getClientRects()) {
      const starts = line.left >= room.left, ends = line.right <= room.right;
      if (starts && line.left - reach < room.left - 0.5 || ends && line.right + reach > room.right + 0.5)
        faults.push("an outline cut off at the side");
    }
  }
}

// In view, and under nothing (WCAG 2.4.11). A region taller than the window shows its top or end.
const place = e.getBoundingClientRect();
if (place.height <= innerHeight ? place.top < -1 || place.bottom > innerHeight + 1
  : place.bottom < 1 || place.top > innerHeight - 1) faults.push(
    `out of view: ${Math.round(place.top)} to ${Math.round(place.bottom)} of ${innerHeight}`);
for (const line of e.getClientRects()) {
  const x = (Math.max(line.left, 0) + Math.min(line.right, innerWidth)) / 2;
  const y = (Math.max(line.top, 0) + Math.min(line.bottom, innerHeight)) / 2;
  const seen = document.elementFromPoint(x, y);
  if (!seen || !(e.contains(seen) || seen.contains(e)))
    faults.push(`under ${seen?.localName}.${seen?.className}`);
}
return [at, faults];
