"""From the text parts of a mail to one text and one safe HTML."""

import re
from dataclasses import dataclass
from html import escape
from typing import Final

from palier.messages.inbound import charsets
from palier.messages.inbound.cleaning import many_lines
from palier.messages.inbound.findings import Findings
from palier.messages.inbound.flowed import unflow
from palier.messages.inbound.html_safe import make_safe
from palier.messages.inbound.html_text import to_text, to_text_crudely
from palier.messages.inbound.limits import Limits
from palier.messages.inbound.mime_tree import Part
from palier.messages.inbound.model import Defect

_PLACEHOLDER: Final = re.compile(
    r"(?is).{0,200}(?:html|multipart|mime).{0,120}(?:support|affich|display|view|visualis|compatible|lire|read).{0,200}"
    r"|.{0,200}(?:support|affich|display|view|visualis|compatible|lire|read).{0,120}html.{0,200}"
)
_PLACEHOLDER_LENGTH: Final = 400
_LOOKS_LIKE_HTML: Final = re.compile(r"(?i)\s{0,200}(?:<!doctype html|<html|<head|<body|<div|<meta|<table)")
_ANY_TAG: Final = re.compile(r"</?[A-Za-z!]|&(?:[a-z]{2,8}|#\d{1,6});")
_ENRICHED_TAG: Final = re.compile(r"<(/?)([A-Za-z-]{1,40})>")
_ENRICHED_PARAM: Final = re.compile(r"(?is)<param>[^<]{0,500}</param>")
_ONLY_PICTURES: Final = re.compile(r"(?:\[(?:cid:|image)[^\]\n]{0,200}\]|\s|<https?://[^>\s]{1,500}>)*")


@dataclass(frozen=True, slots=True)
class Body:
    """One text of the mail in the forms it came in; both when they are alternatives."""

    plain: str = ""
    html: str = ""


@dataclass(frozen=True, slots=True)
class Composed:
    text: str
    html_safe: str | None


def read_body(part: Part, content: bytes, findings: Findings) -> Body:
    """Decode a text part by its label, and by what it turns out to be."""
    text = charsets.decode(content, part.content_type.get("charset"), findings)
    if part.media_type in {"text/enriched", "text/richtext"}:
        return Body(plain=_from_enriched(text))
    is_html = part.media_type == "text/html"
    if is_html or _LOOKS_LIKE_HTML.match(text):
        return Body(html=text) if not is_html or _ANY_TAG.search(text) else Body(plain=text)
    if part.content_type.get("format").lower() == "flowed":
        text = unflow(text, delete_space=part.content_type.get("delsp").lower() == "yes")
    return Body(plain=text)


def alternative(bodies: list[Body]) -> Body:
    """Fold alternatives into one body: all that is plain, all that is HTML."""
    plain = "\n\n".join(body.plain for body in bodies if body.plain.strip())
    return Body(plain, "".join(body.html for body in bodies if body.html.strip()))


def compose(bodies: list[Body], limits: Limits, findings: Findings) -> Composed:
    """Put the bodies one after the other; the HTML is there when one of them has some."""
    texts, htmls, has_html = [], [], False
    for body in bodies:
        safe = make_safe(body.html, limits, findings) if body.html.strip() else None
        texts.append(_best_text(body, safe, limits))
        if safe is not None:
            has_html = True
        htmls.append(safe if safe is not None else _as_html(texts[-1]))
    text = many_lines("\n\n".join(one for one in texts if one.strip()))
    if len(text) > limits.text_chars:
        findings.note(Defect.TEXT_TRUNCATED)
        text = text[: limits.text_chars]
    return Composed(text, "".join(htmls) if has_html else None)


def _best_text(body: Body, safe: str | None, limits: Limits) -> str:
    """Plain text when it says something, else what the HTML says."""
    plain = many_lines(body.plain[: limits.text_chars * 2])
    if not body.html.strip() or not _is_empty_talk(plain):
        return plain
    text = to_text_crudely(body.html[: limits.html_chars]) if safe is None else to_text(safe)
    return text or plain


def _is_empty_talk(plain: str) -> bool:
    if not plain.strip() or _ONLY_PICTURES.fullmatch(plain[:5_000]):
        return True
    return len(plain) < _PLACEHOLDER_LENGTH and _PLACEHOLDER.fullmatch(plain) is not None


def _as_html(text: str) -> str:
    return f"<p>{escape(text).replace(chr(10), '<br>')}</p>" if text else ""


def _from_enriched(text: str) -> str:
    """RFC 1896: tags dropped, ``<<`` is a bracket, one line end is a blank, two are one."""
    text = _ENRICHED_TAG.sub("", _ENRICHED_PARAM.sub("", text)).replace("<<", "<")
    return re.sub(r"\n(\n*)", lambda match: match[1] or " ", text.replace("\r\n", "\n"))
