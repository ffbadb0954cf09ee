"""Photograph every preview page, narrow and wide, to look at them.

CHROMIUM=/usr/bin/chromium python -m tests.browser.preview.shots FOLDER [name…]
"""

import sys
from pathlib import Path

from tests.browser.preview.samples import PAGES
from tests.browser.preview.stage import SITE, chromium, open_context

WIDTHS = (390, 1280)


def photograph(folder: Path, names: list[str]) -> None:
    """Write ``<name>-<width>.png`` for each named page (all when none is named)."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = names or [preview.name for preview in PAGES]
    with chromium() as browser:
        for width in WIDTHS:
            page = open_context(browser, width).new_page()
            page.on("console", lambda said: print(said.type, said.text) if said.type == "error" else None)  # noqa: T201
            for name in chosen:
                page.goto(f"{SITE}/{name}")
                page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)


if __name__ == "__main__":
    photograph(Path(sys.argv[1]), sys.argv[2:])
