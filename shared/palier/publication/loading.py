"""Which part of the portfolio a batch needs: what its lines name, and whom its renamings reach."""

from collections.abc import Iterable

from palier.kernel.ids import PartyId
from palier.portfolio.links import Caretaking, CouncilSeat, LedgerAccount, Ownership, Relation, Tenancy
from palier.portfolio.model import Building, Lot, Party, StaffUser, Supplier
from palier.publication.model import Collection, Line, Record, World
from palier.publication.store import Reader


def load_world(reader: Reader, collection: Collection, lines: Iterable[Line]) -> World:
    """Read what the lines of one collection need to be decided."""
    every = list(lines)
    before = reader.read_records(collection, {line.id for line in every})
    records = [*before, *(line.record for line in every if line.record)]
    _read_places(reader, records)
    reader.read_dossiers(set().union(*map(_parties, records)))
    _read_super_parties(reader)
    removed = {line.id for line in every if line.record is None}
    in_use = [one.id for one in before if one.id in removed and _has_people(reader, one)]
    _read_people_of_renamed(reader, before, every)
    return World(reader.records, reader.dossiers, frozenset(in_use))


def _read_places(reader: Reader, records: list[Record]) -> None:
    wanted = {one.lot for one in records if isinstance(one, Ownership | Tenancy)}
    lots = reader.read_records(Collection.LOTS, wanted) if wanted else []
    named = {one.building for one in (*records, *lots) if isinstance(one, Lot | Ownership | CouncilSeat)}
    named |= {one.building for one in records if isinstance(one, Caretaking | LedgerAccount)}
    reader.read_records(Collection.BUILDINGS, named - {None})


def _parties(record: Record) -> set[PartyId]:
    match record:
        case Party() | Supplier() | StaffUser():
            return {record.id}
        case Ownership() | Tenancy() | CouncilSeat() | Caretaking() | LedgerAccount():
            return {record.party}
        case Relation():
            return {record.super_party, record.party}
        case _:
            return set()


def _read_super_parties(reader: Reader) -> None:
    reader.read_dossiers({up.super_party for dossier in [*reader.dossiers.values()] for up in dossier.linked_by})


def _has_people(reader: Reader, record: Record) -> bool:
    match record:
        case Building():
            return reader.anything_in(record.id)
        case Lot():
            return bool(reader.people_of(record.building, record.id))
        case _:
            return False


def _read_people_of_renamed(reader: Reader, before: list[Record], lines: list[Line]) -> None:
    after = {line.id: line.record for line in lines}
    for old in before:
        new = after[old.id]
        if isinstance(old, Building) and isinstance(new, Building) and _shown(old) != _shown(new):
            reader.read_dossiers(reader.people_of(old.id))
        if isinstance(old, Lot) and isinstance(new, Lot) and _shown(old) != _shown(new):
            reader.read_dossiers(reader.people_of(old.building, old.id))


def _shown(record: Building | Lot) -> tuple[str, str]:
    """Return what dossiers remember of a place."""
    return (record.name, record.module) if isinstance(record, Building) else (record.label, record.building)
