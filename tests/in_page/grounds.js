// Remember every element, and every sign before or after one, that has a ground of its own;
// return its names.
const clear = colour => /, 0\)$/.test(colour);
window.grounds = [...document.querySelectorAll("body, body *")].flatMap(e =>
  [null, "::before", "::after"].map(part => [e, part]).filter(([, part]) => {
    const style = getComputedStyle(e, part);
    return (!part || style.content !== "none") && e.checkVisibility()
      && (!clear(style.backgroundColor) || style.backgroundImage !== "none");
  }));
return window.grounds.map(([e, part]) => `${e.localName}.${e.className}${part ?? ""}`);
