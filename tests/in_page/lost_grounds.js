// Of the elements with a ground of their own (`grounds.js`), those that forced colours leave
// without any mark: no border, no outline, and no ground that is kept on purpose.
return window.grounds.filter(([e, part]) => {
  const style = getComputedStyle(e, part);
  const border = ["Top", "Right", "Bottom", "Left"].some(side =>
    style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) >= 1);
  const kept = style.forcedColorAdjust === "none" && style.display !== "none";
  return !border && !kept && style.outlineStyle === "none";
}).map(([e, part]) => `${e.localName}.${e.className}${part ?? ""}`);
