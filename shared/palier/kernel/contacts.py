"""Reading what people type as addresses and numbers: several in one field, comma or semicolon between (TCK-029)."""

import re

_SEPARATORS = re.compile(r"[,;\n]+")
_LONGEST_EMAIL = 254
_EMAIL = re.compile(r"[^@\s\"<>()\[\],;:]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}")


def split_several(text: str) -> tuple[str, ...]:
    """Return the entries of a field that may hold several."""
    return tuple(part.strip() for part in _SEPARATORS.split(text) if part.strip())


def is_email(text: str) -> bool:
    """Tell whether a mail can be sent to this address, as far as its form shows."""
    return _EMAIL.fullmatch(text) is not None and ".." not in text and len(text) <= _LONGEST_EMAIL
