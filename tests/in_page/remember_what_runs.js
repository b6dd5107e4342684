// Before anything else in a page: count what hostile texts would run.
window.runs = 0;
for (const name of ["alert", "msgbox", "go", "open"]) {
  window[name] = () => { window.runs += 1; };
}
