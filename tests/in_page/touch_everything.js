// Do what a reader may do to every element; answer how often something ran. Links that lead
// away are not followed, those that run something are.
const done = arguments[arguments.length - 1];
const runs = link => /^javascript:/i.test(link.href.baseVal ?? link.href);
document.addEventListener("click", event => {
  const link = event.target.closest("a, area");
  if (link && !runs(link)) event.preventDefault();
}, true);
const events = [
  new MouseEvent("mouseover", { bubbles: true }), new MouseEvent("mousemove", { bubbles: true }),
  new FocusEvent("focus"), new Event("toggle"), new KeyboardEvent("keydown", { bubbles: true }),
];
for (const element of document.querySelectorAll("*")) {
  for (const event of events) element.dispatchEvent(event);
  element.click?.();
}
setTimeout(() => done(window.runs), 60);
