"""A browser without a screen: follows links, keeps cookies, fills in the forms that pages show and sends them."""

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

Fields = Mapping[str, str | list[str]]
_PATIENCE = 60


class UnexpectedPageError(Exception):
    """The page is not the one that the play expects; the message holds what it says."""


class Page(NamedTuple):
    """What the browser shows."""

    url: str
    status: int
    html: str

    @property
    def tree(self) -> LexborHTMLParser:
        """Return the parsed page."""
        return LexborHTMLParser(self.html)

    @property
    def title(self) -> str:
        """Return the page's heading, or its first words."""
        heading = self.tree.css_first("h1")
        return heading.text(strip=True) if heading else self.html[:200]

    def choice(self, name: str, label: str) -> str:
        """Return the value of the choice of a field whose label begins so."""
        for node in self.tree.css(f'select[name="{name}"] option, label:has(input[name="{name}"])'):
            if node.text(strip=True).startswith(label):
                field = node.css_first("input") or node
                return field.attributes.get("value") or ""
        raise UnexpectedPageError(f"{self.url}: {name} has no choice « {label} »")


class Browser:
    """One person's browser."""

    def __init__(self, site: str) -> None:
        self._site = site
        self._cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self._cookies)
        )

    def open(self, where: str) -> Page:
        """Open an address, of the site or a full one."""
        return self._send(urllib.request.Request(urllib.parse.urljoin(self._site, where)))  # noqa: S310 - our site

    def submit(self, page: Page, fields: Fields, *, to: str) -> Page:
        """Send the form of a page whose address ends with ``to``, filled in; what is not named keeps its value."""
        form = _form(page, to)
        filled = [pair for pair in _values(form) if pair[0] not in fields]
        typed = [
            (name, one) for name, value in fields.items() for one in ([value] if isinstance(value, str) else value)
        ]
        target = urllib.parse.urljoin(page.url, form.attributes.get("action") or page.url)
        body = urllib.parse.urlencode([*filled, *typed]).encode()
        answer = self._send(urllib.request.Request(target, body))  # noqa: S310 - our site
        if answer.status >= 400:  # noqa: PLR2004 - where HTTP's refusals begin
            raise UnexpectedPageError(f"{target}: {answer.status} {_complaints(answer)}")
        return answer

    def _send(self, request: urllib.request.Request) -> Page:
        try:
            with self._opener.open(request, timeout=_PATIENCE) as answer:
                return Page(answer.url, answer.status, answer.read().decode("utf-8", "replace"))
        except urllib.error.HTTPError as error:
            return Page(request.full_url, error.code, error.read().decode("utf-8", "replace"))


def _form(page: Page, to: str) -> LexborNode:
    for form in page.tree.css("form"):
        action = (form.attributes.get("action") or urllib.parse.urlsplit(page.url).path).partition("?")[0]
        if action.endswith(to) and (form.attributes.get("method") or "").lower() == "post":
            return form
    raise UnexpectedPageError(f"{page.url}: no form to {to!r} on « {page.title} »")


def _values(form: LexborNode) -> Iterator[tuple[str, str]]:
    for node in form.css("input[name]"):
        said = node.attributes
        kind = said.get("type") or "text"
        if kind in {"checkbox", "radio"} and "checked" not in said:
            continue
        if kind not in {"submit", "button", "file", "image"}:
            yield said["name"] or "", said.get("value") or ("on" if kind == "checkbox" else "")
    for node in form.css("textarea[name]"):
        yield node.attributes["name"] or "", node.text()
    for node in form.css("select[name]"):
        chosen = node.css_first("option[selected]") or node.css_first("option")
        if chosen is not None:
            yield node.attributes["name"] or "", chosen.attributes.get("value") or chosen.text(strip=True)


def _complaints(page: Page) -> str:
    found = page.tree.css(".error, .bad, [role=alert]")
    return " / ".join(node.text(separator=" ", strip=True) for node in found) or page.title
