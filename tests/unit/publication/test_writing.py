"""The rows that are written are those that the new world has and the old one had not: no more, no less."""

from hypothesis import given

from palier.aws.keys import AgencyKeys, Key
from palier.kernel.ids import AgencyId
from palier.people.caller import Module
from palier.portfolio.model import Building, Lot
from palier.publication.model import Collection, World
from palier.publication.store import Versions
from palier.publication.writing import writes
from tests.unit.publication.worlds import SYNDIC, SYNDIC_LOTS, Sent, base, changes, links, publish, sent

KEYS = AgencyKeys(AgencyId("demo"))
Table = dict[Key, bytes]


def write(table: Table, before: World, after: World) -> Table:
    for one in writes(KEYS, before, after, Versions()):
        if one.row is None:
            assert one.key in table, "deletes what was never written"
            del table[one.key]
        else:
            assert table.get(one.key) != one.row.body, "writes what is there already"
            table[one.key] = one.row.body
    return table


@given(links(), changes(), links())
def test_table_says_the_same_however_the_world_came_about(
    some: list[Sent], later: list[Sent], more: list[Sent]
) -> None:
    world, table = World(), Table()
    for line in [*base(), *some, *later, *more]:
        after = publish([line], world)
        table = write(table, world, after)
        world = after
    assert table == write({}, World(), world)


@given(links())
def test_every_row_is_the_agencys_own(some: list[Sent]) -> None:
    """PLT-003."""
    table = write({}, World(), publish([*base(), *some]))
    assert all(key.pk.startswith("demo#") for key in table)


def test_nothing_changed_is_nothing_written() -> None:
    world = publish(base())
    assert writes(KEYS, world, publish(base(), world), Versions()) == []


def test_record_comes_after_what_follows_from_it() -> None:
    """Cut short between two transactions, the line is still unpublished and is done again."""
    renamed = sent(Collection.BUILDINGS, Building(SYNDIC, Module.SYNDIC, "Autre nom"))
    owned = publish(base())
    found = writes(KEYS, owned, publish([renamed], owned), Versions())
    assert found[-1].guarded
    assert "PUBLISHED" in found[-1].key.pk


def test_lot_that_moves_leaves_no_row_behind() -> None:
    moved = sent(Collection.LOTS, Lot(SYNDIC_LOTS[0], SYNDIC, "Z9"))
    before = publish(base())
    after = publish([moved], before)
    table = write(write({}, World(), before), before, after)
    assert table == write({}, World(), after)
    assert len([key for key in table if key.sk.endswith(f"#{SYNDIC_LOTS[0]}")]) == 1
