"""Every page of the product, in every state of the samples: rendered strictly and checked (architecture §6)."""

import re
from pathlib import Path

import pytest
from jinja2 import nodes

from palier.web.render import STATIC, environment
from tests.browser.preview.checks import Outline, faults
from tests.browser.preview.render import render
from tests.browser.preview.samples import PAGES, Preview

TEMPLATES = Path(__file__).parents[3] / "shared" / "palier" / "web" / "templates"
FIRST_LOAD, PHONE_PAGE, STYLES = 150_000, 60_000, 25_000

every_page = pytest.mark.parametrize("preview", PAGES, ids=lambda preview: preview.name)


@every_page
def test_page_is_well_made(preview: Preview) -> None:
    """One h1 that opens the title, unique ids, labelled fields, forms that say where they go, no inline code."""
    assert faults(render(preview)) == []


@every_page
def test_page_is_light_enough_for_a_phone(preview: Preview) -> None:
    """HTML, styles, scripts and drawings together, uncompressed; the staff's long forms load one library more."""
    html = render(preview)
    names = {match.group(1) for link in Outline(html).links if (match := re.match(r"/assets/\w+/([^#]+)", link))}
    weight = len(html.encode()) + sum((STATIC / name).stat().st_size for name in names)
    assert weight < (FIRST_LOAD if preview.shell.dense else PHONE_PAGE), names


def test_styles_stay_small() -> None:
    assert (STATIC / "palier.css").stat().st_size < STYLES


def test_every_page_template_has_a_sample() -> None:
    pages = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html") if _is_page(path)}
    assert pages == {preview.template for preview in PAGES}


def _is_page(path: Path) -> bool:
    tree = environment().parse(path.read_text(encoding="utf-8"))
    return tree.find(nodes.Extends) is not None


def test_every_icon_used_is_drawn() -> None:
    drawn = set(re.findall(r'symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    used = {icon for preview in PAGES for icon in re.findall(r'icons\.svg#([\w-]+)"', render(preview))}
    assert used <= drawn


def test_no_status_is_shown_by_its_colour_alone() -> None:
    """TLI-006: the label is written, the meaning of the colour is said, a shape goes with it."""
    html = render(next(preview for preview in PAGES if preview.name == "tickets"))
    tags = re.findall(r'<span class="tag tag-(grey|blue|red)">(.*?)</span></span>', html)
    assert {colour for colour, _ in tags} == {"grey", "blue", "red"}
    assert all("<svg" in inside and re.search(r"</svg>\w", inside) and " (" in inside for _, inside in tags)


def test_forms_keep_what_was_typed_but_never_a_password() -> None:
    html = render(next(preview for preview in PAGES if preview.name == "connexion-erreur"))
    assert 'value="FONTENELLECAMILLE"' in html
    assert not re.search(r'type="password"[^>]*value=', html)


BROKEN = {
    "no h1": "<title>A</title>",
    "title without the h1": "<title>B</title><h1>A</h1>",
    "same id twice": "<title>A</title><h1>A</h1><p id=a></p><p id=a></p>",
    "bare field": '<title>A</title><h1>A</h1><input name="x" id="y">',
    "form without action": "<title>A</title><h1>A</h1><form method=post></form>",
    "inline style": '<title>A</title><h1 style="color:red">A</h1>',
    "inline script": "<title>A</title><h1>A</h1><script>x()</script>",
    "inline handler": "<title>A</title><h1 onclick=x()>A</h1>",
    "breakable space": "<title>A</title><h1>A</h1><p>Pourquoi ?</p>",
    "missing file": '<title>A</title><h1>A</h1><img src="" alt="">',
}


@pytest.mark.parametrize("html", BROKEN.values(), ids=BROKEN.keys())
def test_checks_see_what_is_wrong(html: str) -> None:
    assert len(faults(html)) == 1
