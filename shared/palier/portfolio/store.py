"""Reading the portfolio. Each function is one request; writing is ``publication``'s."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from palier.aws.keys import AgencyKeys, Key
from palier.aws.table import Row, Table
from palier.kernel.errors import NotFoundError
from palier.kernel.ids import BuildingId, LotId, PartyId
from palier.portfolio import keys as where
from palier.portfolio.choices import BuildingChoice, Directory, StaffChoice, SupplierChoice
from palier.portfolio.dossier import Dossier
from palier.portfolio.keys import Category
from palier.portfolio.model import Building, Lot
from palier.portfolio.ordering import sortable
from palier.portfolio.sheets import AddressMatch, BuildingSheet, PersonLine, PlacePerson

T = TypeVar("T")
_BUILDINGS = msgspec.json.Decoder(Building)
_LOTS = msgspec.json.Decoder(Lot)
_PEOPLE = msgspec.json.Decoder(PlacePerson)
_DOSSIERS = msgspec.json.Decoder(Dossier)
_MATCHES = msgspec.json.Decoder(AddressMatch)
_LINES = msgspec.json.Decoder(PersonLine)
_CHOICES: Mapping[str, msgspec.json.Decoder[Any]] = {
    "BUILDING": msgspec.json.Decoder(BuildingChoice),
    "SUPPLIER": msgspec.json.Decoder(SupplierChoice),
    "STAFF": msgspec.json.Decoder(StaffChoice),
}
_ENTRIES_A_PAGE = 25


class UnknownBuildingError(NotFoundError):
    """The agency looks after no such building."""

    code = "UNKNOWN_BUILDING"


class UnknownLotError(NotFoundError):
    """The agency looks after no such lot."""

    code = "UNKNOWN_LOT"


class UnknownPartyError(NotFoundError):
    """The agency knows no such party."""

    code = "UNKNOWN_PARTY"


class PeoplePage(msgspec.Struct, frozen=True):
    """Some lines of a list of people, and where the next ones begin."""

    lines: tuple[PersonLine, ...]
    next: str | None


def load_directory(table: Table, keys: AgencyKeys) -> Directory:
    """Return everything that forms choose from."""
    rows = table.query(keys.pk("DIRECTORY"), consistent=False).rows
    return Directory(
        buildings=tuple(_choices(rows, "BUILDING")),
        suppliers=tuple(_choices(rows, "SUPPLIER")),
        staff=tuple(_choices(rows, "STAFF")),
    )


def get_building_sheet(table: Table, keys: AgencyKeys, building: BuildingId) -> BuildingSheet:
    """Return a building with its lots and its people; raises :class:`UnknownBuildingError`."""
    rows = table.query(where.building_pk(keys, building), consistent=False).rows
    found = next((row for row in rows if row.kind == "BUILDING"), None)
    if found is None:
        raise UnknownBuildingError(building)
    return BuildingSheet(
        building=decode_building(found),
        lots=tuple(decode_lot(row) for row in rows if row.kind == "LOT"),
        people=tuple(_PEOPLE.decode(row.body) for row in rows if row.kind == "PERSON"),
    )


def get_building(table: Table, keys: AgencyKeys, building: BuildingId) -> Building:
    """Return a building alone; raises :class:`UnknownBuildingError`."""
    return decode_building(_found(table, where.building_key(keys, building), UnknownBuildingError))


def get_lot(table: Table, keys: AgencyKeys, lot: LotId) -> Lot:
    """Return a lot by its id; raises :class:`UnknownLotError`."""
    return decode_lot(_found(table, where.lot_key(keys, lot), UnknownLotError))


def list_lots(table: Table, keys: AgencyKeys, building: BuildingId) -> tuple[Lot, ...]:
    """Return the lots of a building, in the order of their references."""
    rows = table.query(where.building_pk(keys, building), "LOT#", consistent=False).rows
    return tuple(decode_lot(row) for row in rows)


def get_party(table: Table, keys: AgencyKeys, party: PartyId) -> Dossier:
    """Return all that was published about a party; raises :class:`UnknownPartyError`."""
    return decode_dossier(_found(table, where.party_key(keys, party), UnknownPartyError))


def find_parties(table: Table, keys: AgencyKeys, wanted: Iterable[PartyId]) -> dict[PartyId, Dossier]:
    """Return those of the parties that are known."""
    rows = table.get_many(where.party_key(keys, party) for party in wanted).values()
    return {dossier.id: dossier for dossier in (decode_dossier(row) for row in rows)}


def find_parties_by_email(table: Table, keys: AgencyKeys, address: str) -> tuple[AddressMatch, ...]:
    """Return whose e-mail address this is: nobody, one party, or several who share it (EML)."""
    if not address or "#" in address:
        return ()
    rows = table.query(where.email_pk(keys, address), consistent=False).rows
    return tuple(_MATCHES.decode(row.body) for row in rows)


def search_people(
    table: Table,
    keys: AgencyKeys,
    category: Category,
    beginning: str = "",
    start: str | None = None,
    limit: int = _ENTRIES_A_PAGE,
) -> PeoplePage:
    """Return people of a category in alphabetical order, those whose name begins so (PTF-001, PTF-012)."""
    pk = where.people_pk(keys, category)
    prefix = sortable(beginning) if beginning.strip() else ""
    after = {"pk": {"S": pk}, "sk": {"S": start}} if start else None
    page = table.query(pk, prefix, limit=limit, start=after, consistent=False)
    lines = tuple(_LINES.decode(row.body) for row in page.rows)
    return PeoplePage(lines, page.rows[-1].key.sk if page.next and page.rows else None)


def decode_building(row: Row) -> Building:
    """Read a building."""
    return _BUILDINGS.decode(row.body)


def decode_lot(row: Row) -> Lot:
    """Read a lot."""
    return _LOTS.decode(row.body)


def decode_dossier(row: Row) -> Dossier:
    """Read a dossier."""
    return _DOSSIERS.decode(row.body)


def _found(table: Table, key: Key, otherwise: type[NotFoundError]) -> Row:
    row = table.get(key, consistent=False)
    if row is None:
        raise otherwise
    return row


def _choices(rows: Iterable[Row], kind: str) -> list[Any]:
    return [_CHOICES[kind].decode(row.body) for row in rows if row.key.sk.startswith(f"{kind}#")]
