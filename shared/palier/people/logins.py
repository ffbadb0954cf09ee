"""Logins: how they are made (``PETRUSPIERRE``, AUT-006) and how a typed one is read. Pure."""

import unicodedata
from collections.abc import Iterator

_LONGEST = 60
_LIGATURES = str.maketrans(
    {"Œ": "OE", "Æ": "AE", "ß": "SS", "œ": "oe", "æ": "ae", "Ø": "O", "ø": "o", "ł": "l", "Ł": "L"}
)


def login_for(last_name: str, first_name: str = "") -> str:
    """Return the first login to try for somebody: capitals without accents, blanks or signs."""
    return (_bare(last_name) + _bare(first_name))[:_LONGEST] or "CLIENT"


def candidates(base: str) -> Iterator[str]:
    """Yield logins to try until one is free: the base, then the base with a number."""
    yield base
    for number in range(2, 1000):
        yield f"{base}{number}"


def comparable(typed: str) -> str:
    """Return a login as it is looked up: neither case nor blanks count. Empty when it cannot be one."""
    text = "".join(typed.split()).lower()
    return "" if "#" in text or len(text) > _LONGEST + 20 else text


def _bare(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.translate(_LIGATURES)).upper()
    return "".join(char for char in decomposed if char.isascii() and char.isalnum())
