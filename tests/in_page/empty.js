// Take an element's content away; it stays as large as it is. Pictures keep theirs.
const e = document.querySelector(arguments[0]);
if (e instanceof SVGElement) return;
const { width, height } = e.getBoundingClientRect();
e.replaceChildren();
Object.assign(e.style, { boxSizing: "border-box", width: `${width}px`, height: `${height}px` });
