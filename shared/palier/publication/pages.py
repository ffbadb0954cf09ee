"""Where a listing goes on: an opaque cursor that names a record's id and nothing else, so that no cursor
leaves the agency of the key that reads it.
"""

import base64
import binascii
import re

from palier.kernel.errors import InvalidInputError

MOST_A_PAGE = 100
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,59}")


def write_cursor(identifier: str | None) -> str | None:
    """Return the cursor after a record."""
    return base64.urlsafe_b64encode(identifier.encode()).decode().rstrip("=") if identifier else None


def read_cursor(cursor: str) -> str | None:
    """Return the id that a cursor names; None for the beginning."""
    if not cursor:
        return None
    padded = cursor + "=" * (-len(cursor) % 4)
    try:
        identifier = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise InvalidInputError({"cursor": "invalid"}) from error
    if not _ID.fullmatch(identifier):
        raise InvalidInputError({"cursor": "invalid"})
    return identifier


def read_limit(text: str) -> int:
    """Return how many records a page has, 1 to 100."""
    if not text:
        return MOST_A_PAGE
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= MOST_A_PAGE:
        raise InvalidInputError({"limit": f"1 to {MOST_A_PAGE}"})
    return int(text)
