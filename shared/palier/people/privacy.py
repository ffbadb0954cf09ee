"""When a person's data may be erased (RGPD art. 17, law.md §3). Pure.

Refused while the agency manages something for him, while a file about him is open, and for five years after the last
one: until then somebody may go to court about it (C. civ. 2224). After that, and only then, it must be granted.
"""

import datetime as dt
from enum import StrEnum

import msgspec

LIMITATION_YEARS = 5


class Refusal(StrEnum):
    """Why nothing may be erased yet."""

    STILL_MANAGED = "still managed: remove him from the back office first"
    STAFF = "works for the agency"
    SUPPLIER = "is a supplier of the agency"
    OPEN_FILES = "requests or tickets are open"
    LIMITATION = "the last request or ticket is less than five years old"


class Involvement(msgspec.Struct, frozen=True):
    """A ticket or a request of the person."""

    kind: str
    number: int
    title: str
    open: bool
    last: dt.datetime


class Standing(msgspec.Struct, frozen=True):
    """What the agency still has to do with the person."""

    holdings: int = 0
    published_accounts: int = 0
    staff: bool = False
    supplier: bool = False
    involvements: tuple[Involvement, ...] = ()


def refusals(standing: Standing, now: dt.datetime) -> tuple[Refusal, ...]:
    """Return every reason not to erase; none means that it must be done."""
    reasons = {
        Refusal.STILL_MANAGED: standing.holdings > 0 or standing.published_accounts > 0,
        Refusal.STAFF: standing.staff,
        Refusal.SUPPLIER: standing.supplier,
        Refusal.OPEN_FILES: any(one.open for one in standing.involvements),
        Refusal.LIMITATION: any(now < limitation(one.last) for one in standing.involvements),
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def limitation(last: dt.datetime) -> dt.datetime:
    """Return when nobody can go to court any more about something that ended then."""
    year = last.year + LIMITATION_YEARS
    try:
        return last.replace(year=year)
    except ValueError:  # 29 February
        return last.replace(year=year, month=3, day=1)
