"""Which rows follow from a building, a lot, a dossier. A change of the portfolio is the difference of two
such sets.

Nothing here reads: the same record always gives the same rows, so repeating a publication writes nothing
(PUB-005).
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec

from palier.aws.keys import AgencyKeys, Key
from palier.aws.table import Row
from palier.people.caller import Space
from palier.people.model import LinkedParty
from palier.portfolio import keys as where
from palier.portfolio.choices import building_choice, staff_choice, supplier_choice
from palier.portfolio.dossier import Dossier, Holding, live, space_of, ties
from palier.portfolio.keys import Category
from palier.portfolio.model import Building, Lot
from palier.portfolio.ordering import sortable
from palier.portfolio.sheets import AddressMatch, addresses, person_line, place_person

_encode = msgspec.json.Encoder(order="deterministic").encode
_CATEGORIES = {
    Space.CO_OWNER: Category.CO_OWNER,
    Space.LANDLORD: Category.LANDLORD,
    Space.RENTER: Category.RENTER,
}


class Content(NamedTuple):
    """What a row says."""

    kind: str
    body: bytes


Projection = Mapping[Key, Content]


def content(kind: str, value: msgspec.Struct) -> Content:
    """Make the content of a row."""
    return Content(kind, _encode(value))


def row(key: Key, said: Content, version: int = 0) -> Row:
    """Make a row of its content."""
    return Row(key=key, kind=said.kind, body=said.body, version=version)


def building_rows(keys: AgencyKeys, building: Building) -> Projection:
    """Return the rows of a building."""
    return {
        where.building_key(keys, building.id): content("BUILDING", building),
        where.directory_building_key(keys, building): content("CHOICE", building_choice(building)),
    }


def lot_rows(keys: AgencyKeys, lot: Lot) -> Projection:
    """Return the rows of a lot: among its building's, and by its id."""
    return {
        where.lot_in_building_key(keys, lot): content("LOT", lot),
        where.lot_key(keys, lot.id): content("LOT", lot),
    }


def dossier_rows(keys: AgencyKeys, dossier: Dossier) -> Projection:
    """Return the rows that follow from a dossier, the dossier's own row left out."""
    found: dict[Key, Content] = {}
    for part in (_tie_rows, _place_rows, _super_rows, _email_rows, _choice_rows, _list_rows):
        found.update(part(keys, dossier))
    return found


def _tie_rows(keys: AgencyKeys, dossier: Dossier) -> Iterator[tuple[Key, Content]]:
    for tie in ties(dossier):
        yield where.tie_key(keys, dossier.id, tie), content("TIE", tie)


def _place_rows(keys: AgencyKeys, dossier: Dossier) -> Iterator[tuple[Key, Content]]:
    if dossier.party is None:
        return
    for holding in live(dossier):
        yield where.person_key(keys, holding, dossier.id), content("PERSON", place_person(dossier, holding))


def _super_rows(keys: AgencyKeys, dossier: Dossier) -> Iterator[tuple[Key, Content]]:
    for other in dossier.linked:
        key = where.super_key(keys, dossier.id, other.party)
        yield key, content("SUPER", LinkedParty(other.party, other.name))


def _email_rows(keys: AgencyKeys, dossier: Dossier) -> Iterator[tuple[Key, Content]]:
    match = AddressMatch(
        party=dossier.id,
        name=dossier.name,
        client=dossier.party is not None,
        supplier=dossier.supplier is not None,
        staff=dossier.staff is not None,
    )
    for address in addresses(dossier):
        yield Key(where.email_pk(keys, address), f"PARTY#{dossier.id}"), content("EMAIL", match)


def _choice_rows(keys: AgencyKeys, dossier: Dossier) -> Iterator[tuple[Key, Content]]:
    if dossier.supplier:
        key = where.directory_key(keys, "SUPPLIER", dossier.supplier.name, dossier.id)
        yield key, content("CHOICE", supplier_choice(dossier.supplier))
    if dossier.staff:
        key = where.directory_key(keys, "STAFF", _alphabetical(dossier), dossier.id)
        yield key, content("CHOICE", staff_choice(dossier.staff))


def _list_rows(keys: AgencyKeys, dossier: Dossier) -> Iterator[tuple[Key, Content]]:
    if not dossier.name:
        return
    order = f"{sortable(_alphabetical(dossier))}#{dossier.id}"
    for category, holdings in _categories(dossier).items():
        yield (
            Key(where.people_pk(keys, category), order),
            content("PERSON_LINE", person_line(dossier, holdings)),
        )


def _categories(dossier: Dossier) -> dict[Category, tuple[Holding, ...]]:
    now = live(dossier)
    found: dict[Category, tuple[Holding, ...]] = {Category.EVERYBODY: ()}
    if dossier.party:
        for space in filter(None, map(space_of, now)):
            found[_CATEGORIES[space]] = ()
        if Category.CO_OWNER in found:
            found[Category.CO_OWNER] = now  # they alone have icons (PTF-008)
    if dossier.supplier:
        found[Category.SUPPLIER] = ()
    if dossier.staff:
        found[Category.STAFF] = ()
    return found


def _alphabetical(dossier: Dossier) -> str:
    card = dossier.party or dossier.staff
    return f"{card.last_name} {card.first_name}" if card else dossier.name
