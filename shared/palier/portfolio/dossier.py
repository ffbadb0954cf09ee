"""All that the agency published about one party, and what follows from it: spaces, ties, access. Pure.

A dossier is the sum of the party's records, whatever the order they came in; everything that pages read of
a person is computed from it, so that a record taken away takes its rights away with it (PUB-022, PUB-024,
ROL-008).
"""

from enum import StrEnum

import msgspec

from palier.kernel.ids import BuildingId, LotId, PartyId
from palier.people.caller import CouncilRole, Module, Space, Tie
from palier.portfolio.links import LedgerAccount, Relation
from palier.portfolio.model import NOBODY, Contact, Party, StaffUser, Supplier

SPACE_OF_OWNER = {Module.SYNDIC: Space.CO_OWNER, Module.GERANCE: Space.LANDLORD}


class PlaceRole(StrEnum):
    """What a party is at a place."""

    OWNER = "owner"
    RENTER = "renter"
    COUNCIL = "council"
    CARETAKER = "caretaker"


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """A building or one of its lots, with the names that pages show."""

    building: BuildingId
    building_name: str
    module: Module
    lot: LotId | None = None
    lot_label: str = ""


class Holding(msgspec.Struct, frozen=True, omit_defaults=True):
    """One link between the party and a place. ``ended``: sold, left or replaced on the day of the
    publication.
    """

    id: str
    role: PlaceRole
    place: Place
    council: CouncilRole = CouncilRole.NONE
    resident: bool = False
    ended: bool = False


class Linked(msgspec.Struct, frozen=True):
    """A relation to another party: its record's id, the other party, its name."""

    id: str
    party: PartyId
    name: str


class Dossier(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything published about one party. ``linked_by``: the relations by which others' logins open it."""

    id: PartyId
    party: Party | None = None
    supplier: Supplier | None = None
    staff: StaffUser | None = None
    holdings: tuple[Holding, ...] = ()
    accounts: tuple[LedgerAccount, ...] = ()
    linked: tuple[Linked, ...] = ()
    linked_by: tuple[Relation, ...] = ()

    @property
    def name(self) -> str:
        """Return the name under which the party is known; empty when no record gives one."""
        card = self.party or self.staff or self.supplier
        return card.name if card else ""

    @property
    def contact(self) -> Contact:
        """Return the ways of reaching the party, those of its first record that has any."""
        cards = (card.contact for card in (self.party, self.staff, self.supplier) if card)
        return next((contact for contact in cards if contact != NOBODY), NOBODY)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is left of it."""
        return self == Dossier(self.id)


def live(dossier: Dossier) -> tuple[Holding, ...]:
    """Return the holdings that still hold."""
    return tuple(holding for holding in dossier.holdings if not holding.ended)


def ties(dossier: Dossier) -> tuple[Tie, ...]:
    """Return what the party's login reaches: places held now, by a published account (PUB-006, ROL-026)."""
    if dossier.party is None:
        return ()
    seats = _seats(dossier)
    found: dict[tuple[Space, BuildingId, LotId | None], Tie] = {}
    for holding in live(dossier):
        space = space_of(holding)
        if space is None or not _is_published(dossier, space, holding.place.building):
            continue
        council = seats.get(holding.place.building, CouncilRole.NONE) if space is Space.CO_OWNER else CouncilRole.NONE
        found[space, holding.place.building, holding.place.lot] = _tie(space, holding.place, council)
    return tuple(found[key] for key in sorted(found, key=str))


def space_of(holding: Holding) -> Space | None:
    """Return the space that a holding gives a right to; a council seat or a caretaker's post gives none."""
    if holding.role is PlaceRole.OWNER:
        return SPACE_OF_OWNER[holding.place.module]
    return Space.RENTER if holding.role is PlaceRole.RENTER else None


def spaces(dossier: Dossier) -> frozenset[Space]:
    """Return the spaces that the party's login opens; none means that it cannot sign in (AUT-021)."""
    found = {tie.space for tie in ties(dossier)}
    if dossier.staff:
        found.add(Space.STAFF)
    if dossier.supplier and any(account.published and account.space is Space.SUPPLIER for account in dossier.accounts):
        found.add(Space.SUPPLIER)
    return frozenset(found)


def needs_login(dossier: Dossier) -> bool:
    """Tell whether a login is due: a published account (AUT-006) or a staff record (AUT-004)."""
    client = dossier.party or dossier.supplier
    return dossier.staff is not None or (client is not None and any(account.published for account in dossier.accounts))


def _seats(dossier: Dossier) -> dict[BuildingId, CouncilRole]:
    seats: dict[BuildingId, CouncilRole] = {}
    for holding in live(dossier):
        building = holding.place.building
        if holding.role is PlaceRole.COUNCIL and seats.get(building) is not CouncilRole.PRESIDENT:
            seats[building] = holding.council
    return seats


def _is_published(dossier: Dossier, space: Space, building: BuildingId) -> bool:
    return any(
        account.published and account.space is space and account.building in {None, building}
        for account in dossier.accounts
    )


def _tie(space: Space, place: Place, council: CouncilRole) -> Tie:
    return Tie(space, place.building, place.building_name, place.lot, place.lot_label, council)
