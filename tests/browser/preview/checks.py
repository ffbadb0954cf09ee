"""What every page must keep, whatever it shows: the checks of the preview, usable on any HTML of the product."""

import re
from collections import Counter
from html.parser import HTMLParser

_FIELDS = {"input", "select", "textarea"}
_SILENT = {"hidden", "submit", "button"}
_SPACED = re.compile(r"\w [;?!»]|« \w|\w [:%€](?!\w)")


class Outline(HTMLParser):
    """What the checks need to know of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: Counter[str] = Counter()
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str]] = []
        self.forms: list[dict[str, str]] = []
        self.inline: list[str] = []
        self.links: list[str] = []
        self.h1: list[str] = []
        self.title = ""
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._note(tag, given)
        if tag in _FIELDS and given.get("type") not in _SILENT:
            self.fields.append({**given, "wrapped": "yes" if "label" in self._open else ""})
        if tag not in {"input", "img", "br", "meta", "link", "use", "path"}:
            self._open.append(tag)

    def _note(self, tag: str, given: dict[str, str]) -> None:
        if "id" in given:
            self.ids[given["id"]] += 1
        if tag == "label":
            self.labelled.add(given.get("for", ""))
        if tag == "form":
            self.forms.append(given)
        if tag == "h1":
            self.h1.append("")
        if tag == "style" or "style" in given or any(name.startswith("on") for name in given):
            self.inline.append(tag)
        if tag == "script" and "src" not in given:
            self.inline.append(tag)
        if tag in {"link", "img", "use"} or (tag == "script" and "src" in given):
            self.links.append(given.get("href") or given.get("src", ""))

    def handle_endtag(self, tag: str) -> None:
        while tag in self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "title" in self._open:
            self.title += data
        elif "h1" in self._open:
            self.h1[-1] += data
        if "textarea" not in self._open:
            self.words.append(data)


def faults(html: str) -> list[str]:
    """Return everything wrong with a page, in words."""
    page = Outline(html)
    return [*_heading(page), *_structure(page), *_typography(page)]


def _heading(page: Outline) -> list[str]:
    if len(page.h1) != 1:
        return [f"{len(page.h1)} h1"]
    heading, title = _words(page.h1[0]), _words(page.title)
    return [] if heading and title.startswith(heading) else [f"title {title!r} does not start with h1 {heading!r}"]


def _structure(page: Outline) -> list[str]:
    twice = [f"id {name} {count} times" for name, count in page.ids.items() if count > 1]
    bare = [f"field {field.get('name', '?')} without label" for field in page.fields if not _has_label(page, field)]
    loose = [
        f"form without action or method: {form}"
        for form in page.forms
        if not (form.get("action") and form.get("method"))
    ]
    inline = [f"inline style or script in <{tag}>" for tag in page.inline]
    empty = ["a file without address" for link in page.links if not link]
    return [*twice, *bare, *loose, *inline, *empty]


def _has_label(page: Outline, field: dict[str, str]) -> bool:
    return bool(field["wrapped"] or field.get("aria-label") or field.get("id", "?") in page.labelled)


def _typography(page: Outline) -> list[str]:
    found = {match.group() for text in page.words for match in _SPACED.finditer(text)}
    return [f"breakable space: {text!r}" for text in sorted(found)]


def _words(text: str) -> str:
    return " ".join(text.split())
