"""A publication's promises: twice is once, order does not matter where said, what is withdrawn leaves nothing."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palier.kernel.ids import BuildingId, LotId, PartyId
from palier.people.caller import CouncilRole, Module, Space
from palier.portfolio.dossier import Dossier, ties
from palier.portfolio.links import CouncilSeat, LedgerAccount, Ownership, Relation, Tenancy
from palier.portfolio.model import Building, Lot, Party, Supplier
from palier.publication.model import Collection, LineRefusedError, World
from tests.unit.publication.worlds import (
    LET,
    NOW,
    PARTIES,
    SYNDIC,
    SYNDIC_LOTS,
    Sent,
    base,
    changes,
    links,
    publish,
    removal,
    sent,
)

ME = PARTIES[1]
OWNS = sent(Collection.OWNERSHIPS, Ownership("O1", ME, SYNDIC_LOTS[0]))
PUBLISHED = sent(Collection.ACCOUNTS, LedgerAccount("A1", ME, Space.CO_OWNER, SYNDIC, published=True))
SITS = sent(Collection.COUNCIL, CouncilSeat("C1", ME, SYNDIC, CouncilRole.PRESIDENT))


@given(links(), changes())
def test_publishing_twice_is_publishing_once(some: list[Sent], later: list[Sent]) -> None:
    """PUB-005."""
    last = {(collection, line.id): (collection, line) for collection, line in [*base(), *some, *later]}
    once = publish([*base(), *some, *later])
    assert publish(last.values(), once) == once


@given(links(), st.randoms(use_true_random=False))
def test_links_may_come_in_any_order(some: list[Sent], chance: object) -> None:
    shuffled = list(some)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis' own Random
    assert publish([*base(), *shuffled]) == publish([*base(), *some])


@given(links(), changes())
def test_renaming_before_or_after_the_links_gives_the_same(some: list[Sent], later: list[Sent]) -> None:
    last = list({(collection, line.id): (collection, line) for collection, line in later}.values())
    assert publish([*base(), *last, *some]) == publish([*base(), *some, *last])


@settings(max_examples=60)
@given(links())
def test_withdrawing_everything_leaves_nothing(some: list[Sent]) -> None:
    """PUB-024."""
    every = [*base(), *some]
    gone = [removal(collection, line.id) for collection, line in reversed(every)]
    assert publish(gone, publish(every)) == World()


def test_published_co_owner_reaches_his_lot() -> None:
    assert [tie.lot for tie in ties(_me(OWNS, PUBLISHED, SITS))] == [SYNDIC_LOTS[0]]


@pytest.mark.parametrize("gone", [OWNS, PUBLISHED])
def test_rights_go_with_the_record_that_gave_them(gone: Sent) -> None:
    """PUB-022, PUB-024: whichever is withdrawn, the tie is gone."""
    collection, line = gone
    assert ties(_me(OWNS, PUBLISHED, removal(collection, line.id))) == ()


def test_council_rights_go_with_the_flag() -> None:
    """ROL-008, law.md §4."""
    (before,) = ties(_me(OWNS, PUBLISHED, SITS))
    (after,) = ties(_me(OWNS, PUBLISHED, SITS, removal(Collection.COUNCIL, "C1")))
    assert (before.council, after.council) == (CouncilRole.PRESIDENT, CouncilRole.NONE)


def test_lot_that_changes_hands_leaves_the_seller() -> None:
    buyer = sent(Collection.OWNERSHIPS, Ownership("O1", PARTIES[2], SYNDIC_LOTS[0]))
    world = publish([*base(), OWNS, PUBLISHED, buyer])
    assert ties(world.dossier(ME)) == ()
    assert [holding.id for holding in world.dossier(PARTIES[2]).holdings] == ["O1"]


@pytest.mark.parametrize(
    ("zone", "now", "still_his"),
    [
        ("Europe/Paris", dt.datetime(2026, 6, 14, 21, 59, tzinfo=dt.UTC), True),
        ("Europe/Paris", dt.datetime(2026, 6, 14, 22, 0, tzinfo=dt.UTC), False),
        ("Indian/Reunion", dt.datetime(2026, 6, 14, 19, 59, tzinfo=dt.UTC), True),
        ("Indian/Reunion", dt.datetime(2026, 6, 14, 20, 0, tzinfo=dt.UTC), False),
    ],
)
def test_rights_end_on_the_day_of_the_sale_where_the_building_stands(
    zone: str, now: dt.datetime, *, still_his: bool
) -> None:
    """law.md §4: the same line, sent again that day, ends them (PUB-004)."""
    building = sent(Collection.BUILDINGS, Building(SYNDIC, Module.SYNDIC, "Les Exemples", zone=zone))
    sold = sent(Collection.OWNERSHIPS, Ownership("O1", ME, SYNDIC_LOTS[0], until=dt.date(2026, 6, 15)))
    before = publish([*base(), building, sold, PUBLISHED], now=dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
    assert ties(before.dossier(ME))
    assert bool(ties(publish([sold], before, now).dossier(ME))) is still_his


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        (sent(Collection.LOTS, Lot(LotId("X"), BuildingId("?"), "1")), "UNKNOWN_BUILDING", "building"),
        (sent(Collection.OWNERSHIPS, Ownership("X", PartyId("?"), SYNDIC_LOTS[0])), "UNKNOWN_PARTY", "party"),
        (sent(Collection.OWNERSHIPS, Ownership("X", ME, LotId("?"))), "UNKNOWN_LOT", "lot"),
        (sent(Collection.OWNERSHIPS, Ownership("X", ME, building=SYNDIC)), "NOT_SINGLE_OWNER", "building"),
        (sent(Collection.TENANCIES, Tenancy("X", ME, SYNDIC_LOTS[0])), "WRONG_MODULE", "building"),
        (sent(Collection.COUNCIL, CouncilSeat("X", ME, LET)), "WRONG_MODULE", "building"),
        (sent(Collection.ACCOUNTS, LedgerAccount("X", ME, Space.SUPPLIER)), "UNKNOWN_SUPPLIER", "party"),
        (
            sent(Collection.ACCOUNTS, LedgerAccount("X", ME, Space.RENTER, BuildingId("?"))),
            "UNKNOWN_BUILDING",
            "building",
        ),
        (sent(Collection.RELATIONS, Relation("X", PartyId("?"), ME)), "UNKNOWN_PARTY", "super_party"),
        (sent(Collection.RELATIONS, Relation("X", ME, PartyId("?"))), "UNKNOWN_PARTY", "party"),
        (sent(Collection.RELATIONS, Relation("X", ME, ME)), "SELF_RELATION", "party"),
    ],
)
def test_line_that_names_what_is_not_there_is_refused_by_name(line: Sent, code: str, field: str) -> None:
    world = publish(base())
    with pytest.raises(LineRefusedError) as refused:
        publish([line], world)
    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize(
    ("used", "gone"),
    [
        ([OWNS], removal(Collection.PARTIES, ME)),
        ([PUBLISHED], removal(Collection.PARTIES, ME)),
        ([sent(Collection.RELATIONS, Relation("R", ME, PARTIES[0]))], removal(Collection.PARTIES, ME)),
        ([sent(Collection.RELATIONS, Relation("R", PARTIES[0], ME))], removal(Collection.PARTIES, ME)),
        (
            [sent(Collection.ACCOUNTS, LedgerAccount("A", PARTIES[0], Space.SUPPLIER))],
            removal(Collection.SUPPLIERS, PARTIES[0]),
        ),
    ],
)
def test_party_that_others_name_is_not_withdrawn(used: list[Sent], gone: Sent) -> None:
    with pytest.raises(LineRefusedError, match="remove them first"):
        publish([*base(), *used, gone])


def test_place_in_use_is_not_withdrawn() -> None:
    world = World(publish(base()).records, in_use=frozenset({SYNDIC}))
    with pytest.raises(LineRefusedError):
        publish([removal(Collection.BUILDINGS, SYNDIC)], world)


def test_withdrawing_what_was_never_there_changes_nothing() -> None:
    world = publish(base())
    assert publish([removal(Collection.OWNERSHIPS, "never")], world) == world


def test_person_and_supplier_of_one_identifier_share_a_dossier() -> None:
    both = publish([
        sent(Collection.PARTIES, Party(ME, "Mésange")),
        sent(Collection.SUPPLIERS, Supplier(ME, "Mésange & fils")),
    ]).dossier(ME)  # fmt: skip
    assert both.party is not None
    assert both.supplier is not None


def _me(*lines: Sent) -> Dossier:
    return publish([*base(), *lines], now=NOW).dossier(ME)
