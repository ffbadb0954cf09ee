"""Content-Type and Content-Disposition: a value and its parameters, quoted, split or encoded in any way."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes

from palier.messages.inbound import charsets
from palier.messages.inbound.encoded_words import decode_header, decode_words
from palier.messages.inbound.findings import Findings

_PARAMETER: Final = re.compile(r'[;\s]\s?([A-Za-z0-9_*.-]{1,60})\s?=\s?(?:"((?:[^"\\]|\\.){0,4000})"|"?([^;]*))')
_TYPE: Final = re.compile(r"\s*([\w.+-]{1,80}/[\w.+-]{1,100})")
_TOKEN: Final = re.compile(r"[\w.+-]{1,100}")
_SECTION: Final = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?")
_MAX_PARAMETERS: Final = 100
_MAX_VALUE: Final = 8_000


@dataclass(frozen=True, slots=True)
class Parameterised:
    """``text/plain; charset=utf-8`` taken apart; ``value`` and the names are in lower case."""

    value: str
    parameters: Mapping[str, str]

    def get(self, name: str) -> str:
        return self.parameters.get(name, "")


def parse_content_type(raw: bytes | None, findings: Findings) -> Parameterised:
    """Return the media type; empty value when there is none or it is nonsense."""
    text = _flat(raw, findings)
    match = _TYPE.match(text)
    if match is None:
        return Parameterised("", _parameters(text, findings))
    return Parameterised(match[1].lower(), _parameters(text[match.end() :], findings))


def parse_disposition(raw: bytes | None, findings: Findings) -> Parameterised:
    """Return ``attachment`` or ``inline`` (or whatever is written) with its parameters."""
    text = _flat(raw, findings)
    match = _TOKEN.match(text)
    value = match[0].lower() if match and text[match.end() : match.end() + 1] != "=" else ""
    return Parameterised(value, _parameters(text[len(value) :] if value else f";{text}", findings))


def _flat(raw: bytes | None, findings: Findings) -> str:
    """Blanks collapsed first: the patterns above then have nothing to try twice."""
    if raw is None:
        return ""
    text = raw[:_MAX_VALUE].decode("ascii") if raw.isascii() else charsets.decode(raw[:_MAX_VALUE], "", findings)
    return " ".join(text.split())


def _parameters(text: str, findings: Findings) -> dict[str, str]:
    sections: dict[str, dict[int, tuple[str, bool]]] = defaultdict(dict)
    for count, match in enumerate(_PARAMETER.finditer(text)):
        value = match[3].strip().rstrip('"') if match[2] is None else _unescape(match[2])
        name = _SECTION.fullmatch(match[1].lower())
        if name:
            sections[name[1]].setdefault(int(name[2] or 0), (value, bool(name[3])))
        if count >= _MAX_PARAMETERS:
            break
    return {name: _joined(parts, findings) for name, parts in sections.items()}


def _unescape(value: str) -> str:
    """Undo only what must be escaped: a Windows path in quotes keeps its backslashes."""
    return value.replace('\\"', '"').replace("\\\\", "\\")


def _joined(parts: dict[int, tuple[str, bool]], findings: Findings) -> str:
    """Join RFC 2231 sections; only the first one carries the charset."""
    ordered = [parts[index] for index in sorted(parts)]
    if not any(encoded for _, encoded in ordered):
        return decode_words("".join(value for value, _ in ordered), findings)
    charset, _, first = ordered[0][0].partition("'")
    language, quote, text = first.partition("'")
    if not quote:
        charset, text = "", ordered[0][0]
    del language
    pieces = [(text, ordered[0][1]), *ordered[1:]]
    raw = b"".join(unquote_to_bytes(value) if encoded else value.encode("utf-8") for value, encoded in pieces)
    return decode_header(raw, findings) if not charset else charsets.decode(raw, charset, findings)
