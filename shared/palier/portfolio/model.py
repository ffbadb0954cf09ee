"""What the back office publishes about places and people. Knows no storage, no HTTP and no clock.

Every class is one record of the back office, keyed by its own identifier; ``links.py`` holds what ties them
together.
"""

from enum import StrEnum

import msgspec

from palier.kernel.ids import BuildingId, LotId, PartyId
from palier.people.caller import Module, StaffRole


class PartyKind(StrEnum):
    """What stands behind a record."""

    PERSON = "person"
    COMPANY = "company"


class Address(msgspec.Struct, frozen=True, omit_defaults=True):
    """A postal address as the back office types it: up to three free lines, then postcode and city."""

    line_1: str = ""
    line_2: str = ""
    line_3: str = ""
    postcode: str = ""
    city: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what is written on an envelope, without empty lines."""
        town = f"{self.postcode} {self.city}".strip()
        return tuple(line for line in (self.line_1, self.line_2, self.line_3, town) if line)

    def __str__(self) -> str:
        return ", ".join(self.lines)


class Contact(msgspec.Struct, frozen=True, omit_defaults=True):
    """The ways of reaching somebody. Mobiles are E.164 (law.md §10); telephones stay as the back office
    wrote them.
    """

    emails: tuple[str, ...] = ()
    mobiles: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


NOBODY = Contact()


class Correspondent(msgspec.Struct, frozen=True, omit_defaults=True):
    """A named person inside a company or a supplier, with what he does there (ROL-014, TCK-027)."""

    name: str
    function: str = ""
    contact: Contact = NOBODY


class Building(msgspec.Struct, frozen=True, omit_defaults=True):
    """A condominium (syndic) or a building let by one landlord (gérance, ``single_owner``)."""

    id: BuildingId
    module: Module
    name: str
    address: Address = Address()
    zone: str = "Europe/Paris"
    door_codes: tuple[str, ...] = ()
    single_owner: bool = False
    manager: PartyId | None = None
    assistant: PartyId | None = None
    accountant: PartyId | None = None


class Lot(msgspec.Struct, frozen=True, omit_defaults=True):
    """A flat, a shop, a cellar, a parking space (PUB-027). ``criterion_2`` and ``tantiemes`` are only
    shown.
    """

    id: LotId
    building: BuildingId
    reference: str
    nature: str = ""
    address: Address = Address()
    block: str = ""
    floor: str = ""
    door_code: str = ""
    criterion_2: str = ""
    tantiemes: int | None = None
    furnished: bool = False

    @property
    def label(self) -> str:
        """Return how the lot is called on screens."""
        parts = (f"Lot {self.reference}", self.nature)
        return " – ".join(part for part in parts if part)


class Party(msgspec.Struct, frozen=True, omit_defaults=True):
    """A person or a company known to the agency. For a company, ``last_name`` is its name."""

    id: PartyId
    last_name: str
    first_name: str = ""
    civility: str = ""
    kind: PartyKind = PartyKind.PERSON
    address: Address = Address()
    contact: Contact = NOBODY
    correspondents: tuple[Correspondent, ...] = ()

    @property
    def name(self) -> str:
        """Return the name as it is read out."""
        return " ".join(part for part in (self.civility, self.first_name, self.last_name) if part)


class Supplier(msgspec.Struct, frozen=True, omit_defaults=True):
    """A company that intervenes (account root 401). ``council_visible`` is *Compte validé* (PUB-025)."""

    id: PartyId
    name: str
    trades: tuple[str, ...] = ()
    address: Address = Address()
    contact: Contact = NOBODY
    correspondents: tuple[Correspondent, ...] = ()
    council_visible: bool = True


class StaffUser(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody of the agency, with his role in the portal (AUT-004, AUT-005)."""

    id: PartyId
    last_name: str
    first_name: str = ""
    civility: str = ""
    role: StaffRole = StaffRole.OTHER
    modules: frozenset[Module] = frozenset(Module)
    contact: Contact = NOBODY

    @property
    def name(self) -> str:
        """Return the name as colleagues and clients read it."""
        return f"{self.first_name} {self.last_name}".strip()
