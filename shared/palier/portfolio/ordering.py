"""How names and references sort for a French reader, as text that a sort key can hold. Pure."""

import re
import unicodedata

_DIGITS = re.compile(r"\d+")
_OTHERS = re.compile(r"[^A-Z0-9]+")
_LONGEST = 80


def fold(text: str) -> str:
    """Return a name in ASCII capitals, words parted by one blank: ``Élise d’Août`` → ``ELISE D AOUT``."""
    plain = unicodedata.normalize("NFKD", text.upper().replace("Œ", "OE").replace("Æ", "AE"))
    ascii_only = "".join(char for char in plain if not unicodedata.combining(char))
    return _OTHERS.sub(" ", ascii_only).strip()[:_LONGEST]


def sortable(text: str) -> str:
    """Return :func:`fold` with its numbers padded, so that lot 9 comes before lot 10; never empty."""
    padded = _DIGITS.sub(lambda match: match[0].zfill(6), fold(text)[: _LONGEST // 2])
    return padded or "-"
