// Remember what the Tab key should reach, in the order of the document; return its names.
const can = "a[href], summary, button, input, select, textarea, [tabindex], [contenteditable]";
window.stops = [...document.querySelectorAll(can)]
  .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }));
window.outlines = stops.map(e => [...outlined(e)].map(box => getComputedStyle(box).outlineStyle));
return stops.map(e => `${e.localName} “${(e.getAttribute("aria-label") ?? e.textContent).trim().slice(0, 30)}”`);

// An outline may stand on the element itself or on a box around it.
function outlined(e) { return [e, e.parentElement]; }
