// Saves what was written as a file; nothing leaves the computer. Its digest is in the page's policy.
"use strict";
(() => {
  const form = document.querySelector("form");
  let saved = true;
  const answers = () => {
    const lines = {};
    for (const row of document.querySelectorAll("tr[id]")) {
      lines[row.id] = Array.from(row.cells, (cell) => {
        const field = cell.querySelector("textarea, select");
        return field ? field.value : cell.textContent;
      });
    }
    return { "ankl-i18n": "form-1", ...form.dataset, lines };
  };
  form.addEventListener("input", () => { saved = false; });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = JSON.stringify(answers(), null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = `${form.dataset.kind}-${form.dataset.task}.json`;
    link.click();
    saved = true;
  });
  window.addEventListener("beforeunload", (event) => { if (!saved) event.preventDefault(); });
})();
