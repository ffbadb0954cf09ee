"""Money: integer cents, never floats."""

import re
from typing import NewType

Cents = NewType("Cents", int)

_AMOUNT = re.compile(r"(\d{1,9})(?:[.,](\d{1,2}))?")


def parse_amount(text: str) -> Cents | None:
    """Read an amount as a French reader types it (``1 234,5 €``); None when it is not one."""
    compact = re.sub(r"[\s\u00a0\u202f€]", "", text)
    match = _AMOUNT.fullmatch(compact)
    if match is None:
        return None
    return Cents(int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0")))


def format_amount(cents: Cents) -> str:
    """Write an amount as on a French invoice: ``1 234,50 €`` with no-break spaces."""
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    return f"{sign}{euros:,}".replace(",", "\u202f") + f",{rest:02d}\u00a0€"
