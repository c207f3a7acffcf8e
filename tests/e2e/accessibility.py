"""What axe finds on a page, at the price of what no earlier page has shown."""

from axe_playwright_python.sync_playwright import Axe

# What colours and width can change, beside contrast; the rest of a page is the same in every scheme and size.
CHANGING = ["link-in-text-block", "scrollable-region-focusable", "target-size"]
# All rules in one run. Contrast takes three times as long as all others together, and depends on nothing but a text's
# look. So a text is left out where one of the same colours, size and weight, on the same grounds, has passed before.
# What stands out of its place may lie on another ground than what it is in, and is asked each time. Of what passes axe
# gives the elements: to find a selector for each and to write down its markup takes longer than most rules.
CONFIGURED = "axe.configure({ noHtml: true, rules: [{ id: 'color-contrast', selector: '[data-look-unknown]' }] })"
AXE = """async ({ passed, only }) => {
  const known = new Set(passed);
  const grounds = new Map();
  const ground = (e) => {
    if (!e) return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    if (!grounds.has(e)) {
      const s = getComputedStyle(e);
      const isInPlace = (s.position === 'static' || (s.position === 'relative' && !/[1-9]/.test(s.inset)))
        && s.transform === 'none' && s.float === 'none' && !/-\\d/.test(s.margin);
      const own = [s.backgroundColor, s.backgroundImage, s.opacity, s.filter, s.mixBlendMode].join(' ');
      const around = ground(e.parentElement);
      const plain = 'rgba(0, 0, 0, 0) none 1 none normal';
      grounds.set(e, !isInPlace || around === null ? null : own === plain ? around : `${around}/${own}`);
    }
    return grounds.get(e);
  };
  const look = (e) => {
    const s = getComputedStyle(e);
    return ground(e) === null ? null : [ground(e), s.color, s.fontSize, s.fontWeight, s.textShadow].join('|');
  };
  const holdsText = (e) => [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const looks = new Map();
  for (const e of document.body.querySelectorAll('*')) {
    if (e.matches('input, select, textarea') || holdsText(e)) looks.set(e, look(e));
  }
  const unknown = [...looks.keys()].filter((e) => !known.has(looks.get(e)));
  unknown.forEach((e) => e.setAttribute('data-look-unknown', ''));
  const rules = only ? { runOnly: { type: 'rule', values: [...only, 'color-contrast'] } } : {};
  const asked = { resultTypes: ['violations', 'passes'], elementRef: true, selectors: false };
  const found = await axe.run({ ...asked, ...rules });
  unknown.forEach((e) => e.removeAttribute('data-look-unknown'));
  const looksOf = (rows) => rows.filter(({ id }) => id === 'color-contrast')
    .flatMap((row) => row.nodes.map((node) => looks.get(node.element)));
  const failed = new Set(looksOf(found.violations));
  const targets = ({ id, nodes }) => [id, nodes.map((node) => [axe.utils.getSelector(node.element)])];
  if (found.violations.length) axe.setup();
  const violations = found.violations.map(targets);
  if (found.violations.length) axe.teardown();
  return {
    violations,
    passed: [...new Set(looksOf(found.passes))].filter((look) => look && !failed.has(look)),
  };
}"""
_passed: set[str] = set()  # the looks whose contrast axe has passed in this process, on whichever page


def violations(page, where: str, *, only: list[str] | None = None) -> list[str]:
    """What axe finds, by all its rules or by contrast and some; the script stays in the page for the next time."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
        page.evaluate(CONFIGURED)
    answer = page.evaluate(AXE, {"passed": sorted(_passed), "only": only})
    _passed.update(answer["passed"])
    return [f"{where}: {rule} {targets[:4]}" for rule, targets in answer["violations"]]


def no_violations(page) -> None:
    assert violations(page, page.url) == []
