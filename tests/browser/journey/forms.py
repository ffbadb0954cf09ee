"""A form that came back: what was wrong is said twice, in French, and nothing typed is lost."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.journey.viewer import Viewer

_TO_CORRECT = re.compile(r"\(à corriger\)")


def came_back(viewer: Viewer, **wrong: str) -> None:
    """Hold that each field's error stands beside it and, as a link that leads to it, in the summary; no other does."""
    expect(viewer.page).to_have_title(_TO_CORRECT)
    summary = viewer.page.locator(".summary")
    for name, sentence in wrong.items():
        shown = viewer.page.locator(".field.bad", has=_field(viewer, name)).last
        expect(shown.locator(".wrong").first).to_contain_text(sentence)
        link = summary.get_by_role("link", name=sentence)
        target = (link.get_attribute("href") or "").removeprefix("#")
        assert shown.locator(f'[id="{target}"]').count() == 1, f"the summary does not lead to {name}"
    expect(summary.locator("li")).to_have_count(len(wrong))


def keeps(viewer: Viewer, **typed: str) -> None:
    """Hold that fields still show what was typed."""
    for name, text in typed.items():
        expect(_field(viewer, name)).to_have_value(text)


def _field(viewer: Viewer, name: str) -> Locator:
    return viewer.page.locator(f'[name="{name.replace("__", ".")}"]').first
