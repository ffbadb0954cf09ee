"""RFC 2047 words in headers, in all the broken forms that mailers send."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice
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
_QUANTUM: Final = 4  # letters of base64 that make three bytes


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
    return "".join(_decoded_runs(_joined_base64(_pieces(text, findings)), findings))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word (with its charset and encoding) or the text between words (encoding empty)."""

    text: str
    charset: str = ""
    encoding: str = ""

    def raw(self, findings: Findings) -> bytes:
        if self.encoding == "b":
            return decode_base64(self.text.replace("-", "+").replace("_", "/").encode(), findings)
        return decode_quoted_printable(self.text.replace("_", " ").encode("utf-8", "replace"))


def _pieces(text: str, findings: Findings) -> Iterator[_Piece]:
    """Yield words and what stands between them; blanks between words vanish."""
    position, after_word = 0, False
    for match in islice(_WORD.finditer(text), _MAX_WORDS):
        between = text[position : match.start()]
        if between and not (after_word and between.isspace()):
            yield _Piece(between)
        if not match[0].endswith("?="):
            findings.note(Defect.BROKEN_ENCODED_WORD)
        yield _Piece(match[3] if match[2] else match[5], match[1].lower(), "b" if match[2] else "q")
        position, after_word = match.end(), True
    if text[position:]:
        yield _Piece(text[position:])


def _joined_base64(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Join base64 that was cut anywhere: words that only together have a whole number of quanta."""
    chain: list[_Piece] = []
    for piece in pieces:
        if chain and (piece.encoding, piece.charset) != ("b", chain[0].charset):
            yield from _one_or_all(chain)
            chain = []
        if chain or (piece.encoding == "b" and len(piece.text) % _QUANTUM):
            chain.append(piece)
        else:
            yield piece
    yield from _one_or_all(chain)


def _one_or_all(chain: list[_Piece]) -> list[_Piece]:
    joined = "".join(piece.text for piece in chain)
    if len(chain) < 2 or len(joined) % _QUANTUM or "=" in joined.rstrip("="):  # noqa: PLR2004 - nothing to join
        return chain
    return [replace(chain[0], text=joined)]


def _decoded_runs(pieces: Iterable[_Piece], findings: Findings) -> Iterator[str]:
    """Decode neighbouring words of one charset together: a letter may be cut between two of them."""
    for (charset, is_word), group in groupby(pieces, key=lambda piece: (piece.charset, bool(piece.encoding))):
        if is_word:
            yield charsets.decode(b"".join(piece.raw(findings) for piece in group), charset, findings)
        else:
            yield "".join(piece.text for piece in group)
