// Left, top, width and height on the page of a sign that is placed absolutely before an element.
const e = document.querySelector(arguments[0]);
const style = getComputedStyle(e, arguments[1]);
const box = e.getBoundingClientRect();
return [
  box.left + scrollX + e.clientLeft + parseFloat(style.left),
  box.top + scrollY + e.clientTop + parseFloat(style.top) + parseFloat(style.marginTop),
  parseFloat(style.width), parseFloat(style.height),
];
