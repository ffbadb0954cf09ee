"""Templates to pages. Compiled templates when the layer ships them, sources otherwise; strict about every variable."""

import functools
import hashlib
import importlib.util
from pathlib import Path

import msgspec
from jinja2 import BaseLoader, Environment, FileSystemLoader, ModuleLoader, StrictUndefined

from palier.web.answers import Html
from palier.web.views.common import Shell

STATIC = Path(__file__).parent / "static"
_SOURCES = Path(__file__).parent / "templates"


def _loader() -> BaseLoader:
    compiled = importlib.util.find_spec("palier_templates")
    if compiled is not None and compiled.submodule_search_locations:
        return ModuleLoader(list(compiled.submodule_search_locations))
    return FileSystemLoader(_SOURCES)


@functools.cache
def environment() -> Environment:
    """Return the one template environment of this process."""
    made = Environment(
        loader=_loader(),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
    )
    made.globals["asset"] = asset
    return made


def page(
    template: str, *, shell: Shell, page: msgspec.Struct, status: int = 200, cookies: tuple[str, ...] = ()
) -> Html:
    """Render one page from its two views."""
    text = environment().get_template(template).render(shell=shell, page=page)
    return Html(text, status, cookies)


@functools.cache
def asset(name: str) -> str:
    """Return the address of a static file, which changes with its content; empty when the file is not there."""
    path = STATIC / name
    if not path.is_file():
        return ""
    return f"/assets/{fingerprint(path)}/{name}"


def fingerprint(path: Path) -> str:
    """Return a short digest of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
