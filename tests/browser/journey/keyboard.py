"""Somebody who has no mouse: everything is reached with Tab, and he always sees where he is."""

from typing import Self

from playwright.sync_api import Page

_MOST = 120
_FOCUSED = """() => {
  const here = document.activeElement, box = here.getBoundingClientRect();
  if (here === document.body) return {visible: true, inside: true};  // between the last and the first
  const outlined = [here, here.closest('label')].filter(Boolean).some(one => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  });
  return {visible: outlined, inside: box.bottom > 0 && box.top < innerHeight};
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

    def press(self, key: str) -> Self:
        """Press a key."""
        self._page.keyboard.press(key)
        return self

    def type(self, text: str) -> Self:
        """Type a text where the focus is."""
        self._page.keyboard.type(text)
        return self

    def _see(self) -> None:
        focused = self._page.evaluate(_FOCUSED)
        where = self._page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert focused == {"visible": True, "inside": True}, f"{where} on {self._page.url}: {focused}"
