// Elements that stick out of the page, besides what scrolls by itself or is hidden on purpose.
return [...document.querySelectorAll("body *")]
  .filter(e => !e.closest(".visually-hidden, .skip-link, svg")
    && !e.parentElement.closest(".table-scroll")
    && e.checkVisibility()
    && (e.getBoundingClientRect().right > innerWidth + 0.5 || e.getBoundingClientRect().left < -0.5))
  .map(e => `${e.localName}.${e.className}`);
