"""What every page of the product must keep in a real browser. Knows no page by name."""

from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Page

from infra.local.settings import REPOSITORY
from tests.browser.preview.checks import faults

AXE = REPOSITORY / "infra" / "assets" / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = REPOSITORY / "screenshots"
HEAVIEST = 150_000
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
_RIGHT = {
    "breakable space: 'e !'",  # « par exemple ! ? + - * » lists characters, it does not end a sentence
}
_OPEN_ALL = """() => {
  const closed = [...document.querySelectorAll('details:not([open])')];
  closed.forEach(one => one.open = true);
  window.folded = closed;
}"""
_CLOSE_AGAIN = "() => window.folded.forEach(one => one.open = false)"
# What travelled for this page the first time, cached since or not; files of people (other origin) say nothing.
_WEIGHT = """() => ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))
  .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""


def wrong_with(page: Page, served: str, *, script: bool = True) -> list[str]:
    """Return everything wrong, in words, with the page shown and with the HTML it was served as."""
    found = [*_structure(page, served), *_width(page), *_weight(page)]
    return [*found, *_axe(page)] if script else found


def is_error(said: ConsoleMessage) -> bool:
    """Tell whether the console said something wrong; a form that comes back with errors answers 400, that is right."""
    refused_form = "status of 4" in said.text and said.location["url"] == (said.page.url if said.page else "")
    return said.type in {"error", "warning"} and not refused_form


def photograph(page: Page, folder: str, name: str) -> Path:
    """Keep what the page looks like, from top to bottom."""
    path = SCREENSHOTS / folder / f"{name}.png"
    page.screenshot(path=path, full_page=True, caret="initial")
    return path


def _structure(page: Page, served: str) -> list[str]:
    language = page.get_attribute("html", "lang")
    found = [fault for fault in faults(served) if fault not in _RIGHT]
    return [*([] if language == "fr" else [f"language {language}"]), *found]


def _width(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth")
    narrow = page.viewport_size["width"] if page.viewport_size else 0
    return [f"{wide} pixels wide on {narrow}"] if wide > narrow else []


def _weight(page: Page) -> list[str]:
    weight = page.evaluate(_WEIGHT)
    return [f"{weight} bytes transferred"] if weight > HEAVIEST else []


def _axe(page: Page) -> list[str]:
    """Run axe with everything that folds unfolded, and fold it again."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate(_OPEN_ALL)
    result: dict[str, Any] = page.evaluate(
        "rules => axe.run({runOnly: rules, resultTypes: ['violations'], preload: false})", _RULES
    )
    page.evaluate(_CLOSE_AGAIN)
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in result["violations"]
        for node in one["nodes"]
    ]
