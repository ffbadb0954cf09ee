"""Somebody who has no mouse: everything is reached with Tab, and he always sees where he is."""

from typing import Self

from playwright.sync_api import Page

_MOST = 200
_FOCUSED = """() => {
  const here = document.activeElement, box = here.getBoundingClientRect();
  if (here === document.body) return {visible: true, inside: true, which: ''};  // between the last and the first
  const outlined = [here, here.closest('label')].filter(Boolean).some(one => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  });
  return {visible: outlined, inside: box.bottom > 0 && box.top < innerHeight, which: here.dataset.stop || ''};
}"""
# Radio buttons of one name are one stop, with arrows between them.
_CLICKABLE = """() => {
  const names = new Set(), stops = [];
  for (const one of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
    if (one.type === 'hidden' || one.tabIndex < 0 || !one.checkVisibility({visibilityProperty: true})) continue;
    if (one.type === 'radio' && names.has(one.name)) continue;
    if (one.type === 'radio') names.add(one.name);
    one.dataset.stop = one.type === 'radio' ? one.name : `${stops.length} ${one.outerHTML.slice(0, 80)}`;
    if (one.type === 'radio') for (const same of document.getElementsByName(one.name)) same.dataset.stop = one.name;
    stops.push(one.dataset.stop);
  }
  return stops;
}"""


class LostError(AssertionError):
    """The keyboard does not get there."""


class Keyboard:
    """A keyboard on a page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def reach(self, role: str, name: str) -> Self:
        """Press Tab until the focus is on this; wherever it stops on the way it must be seen."""
        wanted = self._page.get_by_role(role, name=name).first  # type: ignore[arg-type]
        for _ in range(_MOST):
            if wanted.evaluate("one => one === document.activeElement"):
                return self
            self.press("Tab")
            self._see()
        raise LostError(f"{role} {name!r} on {self._page.url}")

    def walks(self) -> bool:
        """Press Tab from the first thing to the last: whatever can be clicked is reached, and seen while it is."""
        self._page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        waiting = set(self._page.evaluate(_CLICKABLE))
        for _ in range(_MOST):
            self.press("Tab")
            waiting.discard(self._see())
            if not waiting:
                return True
        raise LostError(f"{self._page.url}: {waiting}")

    def press(self, key: str) -> Self:
        """Press a key."""
        self._page.keyboard.press(key)
        return self

    def type(self, text: str) -> Self:
        """Type a text where the focus is."""
        self._page.keyboard.type(text)
        return self

    def _see(self) -> str:
        """Hold that one sees where the focus is; return what it is on."""
        focused = self._page.evaluate(_FOCUSED)
        if not (focused["visible"] and focused["inside"]):
            here = self._page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
            raise LostError(f"{here} on {self._page.url}: {focused}")
        which: str = focused["which"]
        return which
