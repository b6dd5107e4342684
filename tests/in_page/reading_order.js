// Stops that come before what stands above them or before them in the line, region by region.
const regions = ".skip-link, .site-header, .cover, .toc, .notices, .text, .site-footer, .tiles, .cards";
const faults = [];
let last;
for (const e of window.stops) {
  const line = e.getClientRects()[0];
  const region = e.closest(regions);
  const across = getComputedStyle(e.parentElement).direction === "rtl" ? -line.right : line.left;
  if (last && last.region === region) {
    const same = Math.min(last.line.bottom, line.bottom) - Math.max(last.line.top, line.top) > 4;
    if (same ? across < last.across : line.top < last.line.top)
      faults.push(`“${e.textContent.trim().slice(0, 30)}”`);
  }
  last = { region, line, across };
}
return faults;
