"""From one world to the next: the rows to write, as few as the difference asks for, guards last.

Records and dossiers are guarded by their version; every other row follows from one of them. A line's rows
go in one transaction. The rare line that touches more than a transaction takes (a building renamed under
three hundred co-owners) is written in several, its record last: cut short, it is still *not yet published*
and the next publication does it again.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys, Key
from palier.aws.table import Row
from palier.portfolio.dossier import Dossier
from palier.portfolio.keys import party_key
from palier.portfolio.model import Building, Lot
from palier.portfolio.rows import Projection, building_rows, dossier_rows, lot_rows, row
from palier.publication.model import Record, World
from palier.publication.store import Versions, record_key, record_row

MOST_AT_ONCE = 100
_encode = msgspec.json.Encoder(order="deterministic").encode


class Write(NamedTuple):
    """One row to write, or to delete when ``row`` is None; ``guarded``: only over the version that was
    read.
    """

    key: Key
    row: Row | None
    guarded: bool = False


def writes(keys: AgencyKeys, before: World, after: World, versions: Versions) -> list[Write]:
    """Return what makes the table say ``after`` where it said ``before``."""
    found: list[Write] = []
    for party in sorted({*before.dossiers, *after.dossiers}):
        if before.dossiers.get(party) != after.dossiers.get(party):
            found += _dossier(keys, before.dossier(party), after.dossier(party), versions)
    for at in sorted({*before.records, *after.records}):
        if before.records.get(at) != after.records.get(at):
            key = record_key(keys, *at)
            found += _record(keys, key, before.records.get(at), after.records.get(at), versions)
    return found


def commit(found: Iterable[Write], versions: Versions) -> None:
    """Write it, and remember the versions that the guarded rows now have."""
    every = list(found)
    for part in (every[start : start + MOST_AT_ONCE] for start in range(0, len(every), MOST_AT_ONCE)):
        changes = Changes()
        for write in part:
            _add(changes, write, versions[write.key])
        changes.commit()
        versions.update({one.key: versions[one.key] + 1 if one.row else 0 for one in part if one.guarded})


def _dossier(keys: AgencyKeys, before: Dossier, after: Dossier, versions: Versions) -> Iterator[Write]:
    yield from _difference(dossier_rows(keys, before), dossier_rows(keys, after))
    key = party_key(keys, after.id)
    body = Row(key=key, kind="PARTY", body=_encode(after), version=versions[key])
    yield Write(key, None if after.is_empty else body, guarded=True)


def _record(
    keys: AgencyKeys, key: Key, before: Record | None, after: Record | None, versions: Versions
) -> Iterator[Write]:
    yield from _difference(_place_rows(keys, before), _place_rows(keys, after))
    yield Write(key, None if after is None else record_row(key, after, versions[key]), guarded=True)


def _place_rows(keys: AgencyKeys, record: Record | None) -> Projection:
    match record:
        case Building():
            return building_rows(keys, record)
        case Lot():
            return lot_rows(keys, record)
        case _:
            return {}


def _difference(before: Projection, after: Projection) -> Iterator[Write]:
    yield from (Write(key, None) for key in before if key not in after)
    yield from (Write(key, row(key, said)) for key, said in after.items() if before.get(key) != said)


def _add(changes: Changes, write: Write, version: int) -> None:
    if write.row is None:
        changes.delete(write.key, version if write.guarded else None)
    elif write.guarded:
        changes.replace(write.row)
    else:
        changes.put(write.row)
