"""Finds a Chromium for the browser tests: ``CHROMIUM``, then the PATH, then Playwright's own."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
_LOUD = """\
************************************************************************
  NO CHROMIUM FOUND: THE BROWSER TESTS (the journey, axe) ARE SKIPPED.
  Install one (apt install chromium), or give its path: CHROMIUM=path make test
************************************************************************"""


def find(environ: Mapping[str, str] = os.environ) -> Path | None:
    """Return the path of a Chromium that can be started, or None."""
    if wanted := environ.get("CHROMIUM"):
        return Path(wanted) if shutil.which(wanted) else None
    for name in NAMES:
        if path := shutil.which(name, path=environ.get("PATH")):
            return Path(path)
    return _of_playwright(Path(environ.get("HOME", "/")))


def _of_playwright(home: Path) -> Path | None:
    for cache in (home / ".cache" / "ms-playwright", home / "Library" / "Caches" / "ms-playwright"):
        for found in sorted(cache.glob("chromium-*/chrome-*/chrome"), reverse=True):
            return found
    return None


if __name__ == "__main__":
    path = find()
    print(f"Chromium: {path}" if path else _LOUD, file=sys.stderr)
