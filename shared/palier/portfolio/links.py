"""What ties people to places and to each other, one record of the back office each. Knows no storage and no
clock.
"""

import datetime as dt

import msgspec

from palier.kernel.ids import BuildingId, LotId, PartyId
from palier.people.caller import CouncilRole, Space


class Ownership(msgspec.Struct, frozen=True, omit_defaults=True):
    """A party owns a lot, or a whole single-owner building. ``until`` is the day of the sale (PUB-022)."""

    id: str
    party: PartyId
    lot: LotId | None = None
    building: BuildingId | None = None
    until: dt.date | None = None
    resident: bool = False


class Tenancy(msgspec.Struct, frozen=True, omit_defaults=True):
    """A party rents a lot. ``until`` is the day of departure (PUB-021)."""

    id: str
    party: PartyId
    lot: LotId
    until: dt.date | None = None


class CouncilSeat(msgspec.Struct, frozen=True, omit_defaults=True):
    """A co-owner sits in the council of a building until his mandate ends (ROL-008, ROL-009)."""

    id: str
    party: PartyId
    building: BuildingId
    role: CouncilRole = CouncilRole.MEMBER
    until: dt.date | None = None


class Caretaking(msgspec.Struct, frozen=True, omit_defaults=True):
    """A party looks after a building on site (ROL-015)."""

    id: str
    party: PartyId
    building: BuildingId


class LedgerAccount(msgspec.Struct, frozen=True, omit_defaults=True):
    """A ledger account of a party, and whether it is published to the portal (PUB-006).

    It opens ``space``: for one building when it names one, for all of the party's places of that kind
    otherwise.
    """

    id: str
    party: PartyId
    space: Space
    building: BuildingId | None = None
    number: str = ""
    published: bool = False


class Relation(msgspec.Struct, frozen=True, omit_defaults=True):
    """``super_party`` *est super tiers de* ``party``: his login opens the other's accounts too (AUT-016)."""

    id: str
    super_party: PartyId
    party: PartyId


Link = Ownership | Tenancy | CouncilSeat | Caretaking | LedgerAccount | Relation
