"""What pages read of the portfolio: a building with its lots and its people, a line of a list of people.
Pure.
"""

import msgspec

from palier.kernel.ids import LotId, PartyId
from palier.people.caller import CouncilRole
from palier.portfolio.dossier import Dossier, Holding, PlaceRole
from palier.portfolio.model import NOBODY, Building, Contact, Lot


class PlacePerson(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody at a place, with how to reach him: what a ticket's parties are chosen from."""

    party: PartyId
    name: str
    role: PlaceRole
    lot: LotId | None = None
    contact: Contact = NOBODY
    council: CouncilRole = CouncilRole.NONE
    resident: bool = False


class BuildingSheet(msgspec.Struct, frozen=True):
    """A building, its lots in their order, and everybody there: read in one query."""

    building: Building
    lots: tuple[Lot, ...] = ()
    people: tuple[PlacePerson, ...] = ()

    def lot(self, wanted: str) -> Lot | None:
        """Return one of the lots."""
        return next((lot for lot in self.lots if lot.id == wanted), None)

    def owners(self, lot: LotId | None = None) -> tuple[PlacePerson, ...]:
        """Return who owns a lot, or the whole building."""
        return tuple(person for person in self._in_role(PlaceRole.OWNER) if person.lot == lot)

    def renters(self, lot: LotId) -> tuple[PlacePerson, ...]:
        """Return who rents a lot."""
        return tuple(person for person in self._in_role(PlaceRole.RENTER) if person.lot == lot)

    @property
    def council(self) -> tuple[PlacePerson, ...]:
        """Return the council, president included (ROL-008)."""
        return self._in_role(PlaceRole.COUNCIL)

    @property
    def president(self) -> PlacePerson | None:
        """Return the council's president; None lets somebody act as president (ROL-010)."""
        return next((person for person in self.council if person.council is CouncilRole.PRESIDENT), None)

    @property
    def caretakers(self) -> tuple[PlacePerson, ...]:
        """Return who looks after the building (ROL-015)."""
        return self._in_role(PlaceRole.CARETAKER)

    def _in_role(self, role: PlaceRole) -> tuple[PlacePerson, ...]:
        return tuple(person for person in self.people if person.role is role)


class PersonLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of a list of people, with its icons (PTF-008)."""

    party: PartyId
    name: str
    city: str = ""
    email: str = ""
    phone: str = ""
    council: CouncilRole = CouncilRole.NONE
    resident: bool = False


class AddressMatch(msgspec.Struct, frozen=True, omit_defaults=True):
    """A party that an e-mail address belongs to, and whether as the agency's staff or as a supplier."""

    party: PartyId
    name: str
    client: bool = False
    supplier: bool = False
    staff: bool = False


def place_person(dossier: Dossier, holding: Holding) -> PlacePerson:
    """Make the entry of a party at one of its places."""
    return PlacePerson(
        party=dossier.id,
        name=dossier.name,
        role=holding.role,
        lot=holding.place.lot,
        contact=dossier.contact,
        council=holding.council,
        resident=holding.resident,
    )


def person_line(dossier: Dossier, holdings: tuple[Holding, ...]) -> PersonLine:
    """Make the line of a party in a list."""
    contact = dossier.contact
    card = dossier.party or dossier.supplier
    roles = {holding.council for holding in holdings}
    council = next((role for role in (CouncilRole.PRESIDENT, CouncilRole.MEMBER) if role in roles), CouncilRole.NONE)
    return PersonLine(
        party=dossier.id,
        name=dossier.name,
        city=card.address.city if card else "",
        email=contact.emails[0] if contact.emails else "",
        phone=(contact.mobiles + contact.phones + ("",))[0],
        council=council,
        resident=any(holding.resident for holding in holdings),
    )


def addresses(dossier: Dossier) -> frozenset[str]:
    """Return every e-mail address of a party, its correspondents' included, in small letters."""
    cards = [card for card in (dossier.party, dossier.supplier, dossier.staff) if card]
    contacts = [card.contact for card in cards]
    contacts += [person.contact for card in (dossier.party, dossier.supplier) if card for person in card.correspondents]
    return frozenset(email.lower() for contact in contacts for email in contact.emails)
