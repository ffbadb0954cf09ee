"""Axe finds nothing on any page, narrow or wide, and nothing of a page is refused by the content policy."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.preview.samples import PAGES, Preview
from tests.browser.preview.stage import SITE, chromium, open_context

AXE = Path(__file__).parents[3] / "infra" / "assets" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
PHONE, DESK = 390, 1280

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("CHROMIUM" not in os.environ, reason="CHROMIUM does not name a browser"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is absent: python infra/assets/build.py --tests"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module", params=[PHONE, DESK], ids=["phone", "desk"])
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    opened = open_context(browser, request.param)
    yield opened
    opened.close()


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    yield page
    page.close()


def _found(tab: Page) -> list[str]:
    # The content policy forbids injected scripts, so axe comes in by the debugger, as a person's extension would.
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    result = tab.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in result["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("preview", PAGES, ids=lambda preview: preview.name)
def test_axe_finds_nothing(tab: Page, preview: Preview) -> None:
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    tab.goto(f"{SITE}/{preview.name}")
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert _found(tab) == []
    assert said == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= tab.viewport_size["width"]  # type: ignore[index]
