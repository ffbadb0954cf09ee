"""HTML to readable plain text. Works on sanitised, hence well-formed, HTML; has a cruder way for the rest."""

import re
from html import unescape
from typing import Final

from palier.messages.inbound.cleaning import many_lines

_TOKEN: Final = re.compile(r'<(/?)([a-z][a-z0-9]*)((?>[^>"]|"[^"]*")*)>|([^<]+)|<')
_HREF: Final = re.compile(r'href="(https?://[^"\s]{1,200})"')
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_CRUDE_HIDDEN: Final = re.compile(r"(?i)<(/?)(script|style|head)\b[^<>]{0,2000}>|(<!--)|(-->)")
_CRUDE_BREAK: Final = re.compile(r"(?i)<(?:br|/p|/div|/tr|/li|/h[1-6])\b[^<>]{0,200}>")
_CRUDE_TAG: Final = re.compile(r"</?[A-Za-z!][^<>]{0,5000}>?")
_LINES: Final = frozenset(["div", "li", "tr", "br", "dt", "dd", "caption", "center"])
_PARAGRAPHS: Final = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "pre", "hr", "blockquote"]
)
_CELLS: Final = frozenset({"td", "th"})
_MAX_QUOTE: Final = 10


def to_text(safe_html: str) -> str:
    """Return the text of sanitised HTML: one line per block, ``> `` before quotations, addresses of links."""
    writer = _Writer()
    for match in _TOKEN.finditer(safe_html):
        if match[4] is not None:
            writer.words(match[4])
        elif match[2] is None:
            writer.words("<")
        elif match[1]:
            writer.close(match[2])
        else:
            writer.open(match[2], match[3])
    return many_lines(writer.text())


def to_text_crudely(html: str) -> str:
    """Return some text of HTML that no parser should see: tags dropped by pattern, nothing understood."""
    html = _CRUDE_BREAK.sub("\n", _without_hidden(html))
    return many_lines(unescape(_CRUDE_TAG.sub("", html)))


def _without_hidden(html: str) -> str:
    """Drop scripts, styles and comments in one pass; one that never ends takes only its own tag with it."""
    shown: list[str] = []
    position, hidden_by = 0, ""
    for match in _CRUDE_HIDDEN.finditer(html):
        mark = (match[2] or match[3] or match[4]).lower()
        if not hidden_by and not match[1] and mark != "-->":
            shown.append(html[position : match.start()])
            position, hidden_by = match.end(), mark
        elif hidden_by == (mark if match[1] else {"-->": "<!--"}.get(mark)):
            position, hidden_by = match.end(), ""
    return "".join((*shown, html[position:]))


class _Writer:
    """Collects lines; remembers how deep it is in quotations and preformatted text."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quote = 0
        self._pre = 0
        self._link: tuple[str, int] | None = None

    def words(self, raw: str) -> None:
        text = unescape(raw)
        if self._pre:
            for index, line in enumerate(text.split("\n")):
                if index:
                    self._break()
                self._line.append(line)
            return
        text = _SPACES.sub(" ", text)
        at_start = not self._line or self._line[-1].endswith(" ")
        self._line.append(text.lstrip(" ") if at_start else text)

    def open(self, tag: str, attributes: str) -> None:
        self._block(tag, opening=True)
        if tag == "blockquote":
            self._quote += 1
        elif tag == "pre":
            self._pre += 1
        elif tag == "li":
            self._line.append("- ")
        elif tag == "a":
            href = _HREF.search(attributes)
            self._link = (unescape(href[1]), len(self._line)) if href else None

    def close(self, tag: str) -> None:
        if tag == "a":
            self._end_link()
        elif tag == "blockquote":
            self._break(only_if_words=True)
            self._quote = max(0, self._quote - 1)
        self._block(tag, opening=False)
        if tag == "pre":
            self._pre = max(0, self._pre - 1)

    def text(self) -> str:
        self._break()
        return "\n".join(self._lines)

    def _block(self, tag: str, *, opening: bool) -> None:
        if tag == "br":
            self._break()
        elif tag in _LINES:
            self._break(only_if_words=True)
        elif tag in _PARAGRAPHS:
            self._break(only_if_words=True)
            self._blank()
        elif tag in _CELLS and not opening:
            self._line.append(" ")

    def _end_link(self) -> None:
        if self._link is None:
            return
        href, start = self._link
        label = "".join(self._line[start:]).strip()
        if label and label not in href and href.split("//")[1].rstrip("/") not in label:
            self._line.append(f" ({href})")
        self._link = None

    def _break(self, *, only_if_words: bool = False) -> None:
        line = "".join(self._line)
        self._line = []
        if line.strip() or not only_if_words:
            self._lines.append(self._prefix() + (line if self._pre else line.strip(" ")))

    def _blank(self) -> None:
        if self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._prefix())

    def _prefix(self) -> str:
        return "> " * min(self._quote, _MAX_QUOTE)
