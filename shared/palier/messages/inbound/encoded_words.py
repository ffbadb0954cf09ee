"""RFC 2047 words in headers, in all the broken forms that mailers send."""

import re
from collections.abc import Iterator
from typing import Final

from palier.messages.inbound import charsets
from palier.messages.inbound.findings import Findings
from palier.messages.inbound.model import Defect
from palier.messages.inbound.transfer import decode_base64, decode_quoted_printable

# Blanks and question marks inside are wrong and common; a missing end is taken only where the value ends.
# `?=` followed by two hex digits is a literal question mark before an escape. Lengths are bounded: linear work.
_WORD: Final = re.compile(
    r"=\?([A-Za-z0-9_.:*'+-]{1,60})\?(?:([bB])\?([A-Za-z0-9+/=\s_-]{0,4000})(?:\?=|\?|$)"
    r"|([qQ])\?(.{0,2000}?)(?:\?=(?![0-9A-F]{2})|$))",
    re.DOTALL,
)
_MAX_WORDS: Final = 1_000


def decode_header(value: bytes, findings: Findings) -> str:
    """Return a header's text: raw eight-bit bytes, encoded words, or both."""
    if not value.isascii():
        findings.note(Defect.RAW_8BIT_HEADER)
    return decode_words(charsets.decode(value, "", findings), findings)


def decode_words(text: str, findings: Findings) -> str:
    """Decode twice at most: some gateways encode what was encoded already."""
    for _ in range(2):
        if "=?" not in text:
            break
        decoded = _decode_once(text, findings)
        if decoded == text:
            break
        text = decoded
    return text


def _decode_once(text: str, findings: Findings) -> str:
    return "".join(_join_runs(_pieces(text, findings), findings))


def _pieces(text: str, findings: Findings) -> Iterator[tuple[str | None, bytes | str]]:
    """Yield (charset, bytes) for words and (None, text) for what stands between; blanks between words vanish."""
    position, after_word = 0, False
    for count, match in enumerate(_WORD.finditer(text)):
        between = text[position : match.start()]
        if between and not (after_word and between.isspace()):
            yield None, between
        yield match[1].lower(), _word_bytes(match, findings)
        position, after_word = match.end(), True
        if count >= _MAX_WORDS:
            break
    yield None, text[position:]


def _word_bytes(match: re.Match[str], findings: Findings) -> bytes:
    if not match[0].endswith("?="):
        findings.note(Defect.BROKEN_ENCODED_WORD)
    if match[2]:
        return decode_base64(match[3].replace("-", "+").replace("_", "/").encode(), findings)
    body = match[5].replace("_", " ")
    return decode_quoted_printable(body.encode("utf-8", "replace"))


def _join_runs(pieces: Iterator[tuple[str | None, bytes | str]], findings: Findings) -> Iterator[str]:
    """Join neighbouring words of one charset before decoding: a letter may be cut between two of them."""
    charset: str | None = None
    run = b""
    for label, piece in pieces:
        if run and label != charset:
            yield charsets.decode(run, charset or "", findings)
            run = b""
        charset = label
        if isinstance(piece, str):
            yield piece
        else:
            run += piece
    if run:
        yield charsets.decode(run, charset or "", findings)
