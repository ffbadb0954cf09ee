"""Axe finds nothing on any page, no page is too wide, nothing of a page is refused by the content policy."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.preview.samples import PAGES, Preview
from tests.browser.preview.stage import SITE, chromium, open_context

AXE = Path(__file__).parents[3] / "infra" / "assets" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
SMALLEST, PHONE, DESK = 320, 390, 1280

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("CHROMIUM" not in os.environ, reason="CHROMIUM does not name a browser"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is absent: python infra/assets/build.py --tests"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[dict[int, BrowserContext]]:
    opened = {width: open_context(browser, width) for width in (SMALLEST, PHONE, DESK)}
    yield opened
    for context in opened.values():
        context.close()


def _found(tab: Page) -> list[str]:
    # The content policy forbids injected scripts, so axe comes in by the debugger, as a person's extension would.
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    result = tab.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in result["violations"]
        for node in one["nodes"]
    ]


every_page = pytest.mark.parametrize("preview", PAGES, ids=lambda preview: preview.name)


@every_page
def test_axe_finds_nothing(contexts: dict[int, BrowserContext], preview: Preview) -> None:
    """Each page at the width it was made for, with everything that folds unfolded."""
    with contexts[DESK if preview.shell.dense else PHONE].new_page() as tab:
        said: list[str] = []
        tab.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        tab.goto(f"{SITE}/{preview.name}")
        tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert _found(tab) == []
        assert said == []


@every_page
def test_nothing_is_wider_than_the_smallest_phone(contexts: dict[int, BrowserContext], preview: Preview) -> None:
    """WCAG 1.4.10: at 320 pixels (or 400 % zoom) nobody scrolls sideways."""
    with contexts[SMALLEST].new_page() as tab:
        tab.goto(f"{SITE}/{preview.name}")
        assert tab.evaluate("document.documentElement.scrollWidth") <= SMALLEST
