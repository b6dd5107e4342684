// Run axe-core: WCAG 2.2 A and AA, best practices, and the rules named in the first argument.
// The second argument holds incomplete results that are explained, as [rule, reason, selector
// of what they stand in]. Returns violations and what is left incomplete, as sentences, the
// explanations that were used, and the rules that passed somewhere.
const [more, explained, done] = arguments;
const rules = Object.fromEntries(more.map(rule => [rule, { enabled: true }]));
const place = node => document.querySelector(node.target.flat().at(-1));
const reason = node => [...node.any, ...node.all, ...node.none]
  .map(check => check.data?.messageKey ?? check.id)[0];
const listed = (result, node) => explained.findIndex(([rule, why, within]) =>
  rule === result.id && why === reason(node) && place(node)?.closest(within));
const all = results => results.flatMap(result => result.nodes.map(node => [result, node]));
const tell = ([result, node]) => `${result.id} (${reason(node)}): ${node.target.flat().join(" ")}`;
axe.run(document, { rules }).then(
  found => done({
    violations: all(found.violations).map(tell),
    incomplete: all(found.incomplete).filter(pair => listed(...pair) < 0).map(tell),
    used: [...new Set(all(found.incomplete).map(pair => listed(...pair)))],
    passed: found.passes.map(result => result.id),
  }),
  failed => done({ violations: [`axe failed: ${failed}`], incomplete: [], used: [], passed: [] }));
