"""Where the portfolio lies in the table.

=======================================  ================================  ==================================
Question                                 Partition                         Sort key
=======================================  ================================  ==================================
a building, its lots and its people      ``<a>#BUILDING#<id>``             ``BUILDING``, ``LOT#``, ``PERSON#``
one lot by its id                        ``<a>#LOT#<id>``                  ``LOT``
all that was published about a party     ``<a>#PARTY#<id>``                ``PARTY``, ``TIE#``, ``SUPER#``
who has this e-mail address              ``<a>#EMAIL#<address>``           ``PARTY#<id>``
what forms choose from                   ``<a>#DIRECTORY``                 kind, sortable name, id
people of one category, by name          ``<a>#PEOPLE#<category>``         sortable name, id
=======================================  ================================  ==================================
"""

from enum import StrEnum

from palier.aws.keys import AgencyKeys, Key
from palier.kernel.ids import BuildingId, LotId, PartyId
from palier.people.caller import Tie
from palier.portfolio.dossier import Holding
from palier.portfolio.model import Building, Lot
from palier.portfolio.ordering import sortable

NO_LOT = "-"


class Category(StrEnum):
    """The lists of people (PTF-001, PTF-012)."""

    EVERYBODY = "everybody"
    CO_OWNER = "co_owner"
    LANDLORD = "landlord"
    RENTER = "renter"
    SUPPLIER = "supplier"
    STAFF = "staff"


def building_pk(keys: AgencyKeys, building: BuildingId) -> str:
    """Return the partition of a building."""
    return keys.pk("BUILDING", building)


def building_key(keys: AgencyKeys, building: BuildingId) -> Key:
    """Return where a building itself is."""
    return Key(building_pk(keys, building), "BUILDING")


def lot_in_building_key(keys: AgencyKeys, lot: Lot) -> Key:
    """Return where a lot is among the others of its building."""
    return Key(building_pk(keys, lot.building), f"LOT#{sortable(lot.reference)}#{lot.id}")


def lot_key(keys: AgencyKeys, lot: LotId) -> Key:
    """Return where a lot is found by its id alone."""
    return keys.key("LOT", lot, sk="LOT")


def person_key(keys: AgencyKeys, holding: Holding, party: PartyId) -> Key:
    """Return where a party stands among the people of a building."""
    place = holding.place
    order = f"PERSON#{place.lot or NO_LOT}#{holding.role}#{party}"
    return Key(building_pk(keys, place.building), order)


def party_key(keys: AgencyKeys, party: PartyId) -> Key:
    """Return where a party's dossier is."""
    return keys.key("PARTY", party, sk="PARTY")


def tie_key(keys: AgencyKeys, party: PartyId, tie: Tie) -> Key:
    """Return where one tie of a party is."""
    return keys.key("PARTY", party, sk=f"TIE#{tie.space}#{tie.building}#{tie.lot or NO_LOT}")


def super_key(keys: AgencyKeys, super_party: PartyId, party: PartyId) -> Key:
    """Return where the link from a super party to another is."""
    return keys.key("PARTY", super_party, sk=f"SUPER#{party}")


def email_pk(keys: AgencyKeys, address: str) -> str:
    """Return the partition of an e-mail address."""
    return keys.pk("EMAIL", address.lower())


def people_pk(keys: AgencyKeys, category: Category) -> str:
    """Return the partition of a list of people."""
    return keys.pk("PEOPLE", category)


def directory_key(keys: AgencyKeys, kind: str, name: str, identifier: str) -> Key:
    """Return where an entry of the choose-lists is."""
    return keys.key("DIRECTORY", sk=f"{kind}#{sortable(name)}#{identifier}")


def directory_building_key(keys: AgencyKeys, building: Building) -> Key:
    """Return where a building is in the choose-lists."""
    return directory_key(keys, f"BUILDING#{building.module}", building.name, building.id)
