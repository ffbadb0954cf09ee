"""Published records as they were last sent, and the part of the portfolio that a batch needs to be decided.

A record lies at ``<a>#PUBLISHED#<collection>`` / its id: what ``GET`` gives back and what a repeated line
is compared with. Everything else that a publication writes follows from records and dossiers
(``portfolio/rows.py``).
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from palier.aws.keys import AgencyKeys, Key
from palier.aws.table import Row, Table
from palier.kernel.ids import BuildingId, PartyId
from palier.people.model import Account
from palier.people.store import account_key, decode_account
from palier.portfolio.dossier import Dossier
from palier.portfolio.keys import building_pk, party_key
from palier.portfolio.store import decode_dossier
from palier.publication.model import RECORDS, Collection, Record

_DECODERS: Mapping[Collection, msgspec.json.Decoder[Any]] = {
    collection: msgspec.json.Decoder(kind) for collection, kind in RECORDS.items()
}
_encode = msgspec.json.Encoder(order="deterministic").encode


class RecordPage(msgspec.Struct, frozen=True):
    """Some records of a collection, in the order of their ids, and the id after which to go on."""

    records: tuple[Record, ...]
    next: str | None


class Versions(dict[Key, int]):
    """The version of each guarded row that was read; 0 for one that is not there."""

    def __missing__(self, key: Key) -> int:
        return 0


def record_key(keys: AgencyKeys, collection: Collection, identifier: str) -> Key:
    """Return where a published record is."""
    return keys.key("PUBLISHED", collection, sk=identifier)


def record_row(key: Key, record: Record, version: int) -> Row:
    """Write a record over the version that was read."""
    return Row(key=key, kind="PUBLISHED", body=_encode(record), version=version)


def list_records(
    table: Table, keys: AgencyKeys, collection: Collection, *, after: str | None, limit: int
) -> RecordPage:
    """Return records of a collection, those after an id."""
    pk = keys.pk("PUBLISHED", collection)
    start = {"pk": {"S": pk}, "sk": {"S": after}} if after else None
    page = table.query(pk, limit=limit, start=start, consistent=False)
    records = tuple(_DECODERS[collection].decode(row.body) for row in page.rows)
    return RecordPage(records, page.rows[-1].key.sk if page.next and page.rows else None)


def find_record(table: Table, keys: AgencyKeys, collection: Collection, identifier: str) -> Record | None:
    """Return one record, or None."""
    row = table.get(record_key(keys, collection, identifier))
    found: Record | None = None if row is None else _DECODERS[collection].decode(row.body)
    return found


class Reader:
    """Reads what a batch needs, in few requests, and remembers the versions of what it read."""

    def __init__(self, table: Table, keys: AgencyKeys) -> None:
        self._table = table
        self._keys = keys
        self.versions = Versions()
        self.records: dict[tuple[Collection, str], Record] = {}
        self.dossiers: dict[PartyId, Dossier] = {}
        self.accounts: dict[PartyId, Account] = {}

    def read_records(self, collection: Collection, identifiers: Iterable[str | None]) -> list[Record]:
        """Read those of a collection's records that exist."""
        wanted = {record_key(self._keys, collection, one): one for one in identifiers if one}
        rows = self._read(wanted)
        read = _DECODERS[collection].decode
        found = {(collection, wanted[key]): read(row.body) for key, row in rows.items()}
        self.records |= found
        return list(found.values())

    def read_dossiers(self, parties: Iterable[PartyId]) -> None:
        """Read parties with their accounts."""
        missing = {party for party in parties if party not in self.dossiers}
        dossiers = {party_key(self._keys, party): party for party in missing}
        accounts = {account_key(self._keys, party): party for party in missing}
        for key, row in self._read([*dossiers, *accounts]).items():
            if key in dossiers:
                self.dossiers[dossiers[key]] = decode_dossier(row)
            else:
                self.accounts[accounts[key]] = decode_account(row)

    def anything_in(self, building: BuildingId) -> bool:
        """Tell whether a building has lots or people."""
        found = self._table.query(building_pk(self._keys, building), limit=2).rows
        return any(row.kind != "BUILDING" for row in found)

    def people_of(self, building: BuildingId, lot: str | None = None) -> set[PartyId]:
        """Return who holds something in a building, or a lot of it."""
        prefix = f"PERSON#{lot}#" if lot else "PERSON#"
        rows = self._table.query(building_pk(self._keys, building), prefix).rows
        return {PartyId(row.key.sk.rpartition("#")[2]) for row in rows}

    def _read(self, wanted: Iterable[Key]) -> dict[Key, Row]:
        rows = self._table.get_many(wanted)
        self.versions.update({key: row.version for key, row in rows.items()})
        return rows
