"""Text made fit to store and show: normal form, no control, direction or invisible characters."""

import re
import unicodedata

# C0/C1 controls but tab and newline, zero-width and bidi marks, soft hyphen, BOM, and lone surrogates (not storable).
# U+200D (joiner) stays: emoji are made with it.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_BLANKS = re.compile(r"\n{3,}")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def one_line(text: str, limit: int) -> str:
    """Return the text as one clean line of at most ``limit`` characters."""
    text = unicodedata.normalize("NFC", " ".join(text[: limit * 8].split()))
    line = " ".join(_UNWANTED.sub("", text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def many_lines(text: str) -> str:
    """Return clean text with line feeds at line ends, no trailing blanks and at most one empty line in a row."""
    text = _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))
    text = unicodedata.normalize("NFC", text)
    return _BLANKS.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip("\n")
