"""HTML of a stranger reduced to what may stand on our pages: no script, no style, nothing loaded from elsewhere."""

from functools import cache
from typing import TYPE_CHECKING, Final

from palier.messages.inbound.findings import Findings
from palier.messages.inbound.html_guard import is_too_costly, made_harmless
from palier.messages.inbound.limits import Limits
from palier.messages.inbound.model import Defect

if TYPE_CHECKING:
    import nh3

_TAGS: Final = frozenset(
    [
        "a",
        "abbr",
        "b",
        "big",
        "blockquote",
        "br",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "tt",
        "u",
        "ul",
    ]
)
_GONE_WITH_CONTENT: Final = frozenset(
    [
        "script",
        "style",
        "head",
        "title",
        "template",
        "noscript",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "textarea",
        "select",
        "button",
        "form",
        "xml",
    ]
)
_ATTRIBUTES: Final = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start", "type"},
    "blockquote": {"type"},
}


def make_safe(html: str, limits: Limits, findings: Findings) -> str | None:
    """Return safe HTML, or None when it cannot be had at a fair price: the text is then all there is."""
    if len(html) > limits.html_chars:
        findings.note(Defect.TEXT_TRUNCATED)
    html = made_harmless(html[: limits.html_chars])
    if is_too_costly(html, limits.html_depth):
        findings.note(Defect.HTML_NOT_SAFE)
        return None
    return _cleaner().clean(html)


@cache
def _cleaner() -> "nh3.Cleaner":
    import nh3

    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=_GONE_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=_only_own_images,
        link_rel="noopener noreferrer nofollow",
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        url_relative="deny",
    )


def _only_own_images(tag: str, attribute: str, value: str) -> str | None:
    """A picture fetched from elsewhere tells its sender who reads: only those of the mail itself stay."""
    if tag == "img" and attribute == "src" and not value.lower().startswith("cid:"):
        return None
    return value
