"""A Chromium that is served the preview pages from memory: no server, no network."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Route, sync_playwright

from palier.web.answers import to_response
from palier.web.render import STATIC
from tests.browser.preview.render import render
from tests.browser.preview.samples import PAGES

SITE = "https://palier.example"
_ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_QUIET = ["--disable-component-update", "--disable-sync"]
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_BY_NAME = {preview.name: preview for preview in PAGES}


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Start the Chromium named by the environment, or playwright's own."""
    with sync_playwright() as player:
        path = os.environ.get("CHROMIUM")
        browser = player.chromium.launch(executable_path=path, args=[*_ARGS, *_QUIET])
        try:
            yield browser
        finally:
            browser.close()


def open_context(browser: Browser, width: int, *, script: bool = True) -> BrowserContext:
    """Open a context of that width in which every address of the site is a preview page or a static file."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale="fr-FR", java_script_enabled=script, device_scale_factor=1
    )
    context.route("**/*", _answer)
    return context


def _answer(route: Route) -> None:
    path = urlsplit(route.request.url).path
    if path.startswith("/assets/"):
        return _static(route, STATIC / path.split("/", 3)[3])
    preview = _BY_NAME.get(path.strip("/"))
    if preview is None:
        return route.fulfill(status=404, body="")
    return route.fulfill(status=200, headers=_headers(), body=render(preview))


def _static(route: Route, path: Path) -> None:
    if not path.is_file():
        return route.fulfill(status=404, body="")
    return route.fulfill(status=200, content_type=_TYPES[path.suffix], body=path.read_bytes())


def _headers() -> dict[str, str]:
    """Return the headers the product sends, its content policy first: what it forbids must not be needed."""
    from palier.web.answers import Html

    sent = to_response(Html(""), "https://fichiers.example").headers
    return {name: str(value) for name, value in sent.items()}
