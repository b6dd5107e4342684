// What moves by itself or glides: animations, transitions and smooth scrolling.
const faults = document.getAnimations().map(one => `${one.effect.target.localName} is animated`);
for (const e of document.querySelectorAll("*"))
  for (const part of [null, "::before", "::after", "::marker"]) {
    const style = getComputedStyle(e, part);
    const name = e.localName + (part ?? "");
    if (style.animationName !== "none") faults.push(`${name}: animation ${style.animationName}`);
    if (/[1-9]/.test(style.transitionDuration)) faults.push(`${name}: transition`);
    if (!part && style.scrollBehavior === "smooth") faults.push(`${name}: smooth scrolling`);
  }
return faults;
