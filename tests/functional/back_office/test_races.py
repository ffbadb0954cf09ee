"""Somebody else writes at the same time, or a write is cut short: nothing is lost, nothing stays half done."""

from collections.abc import Callable
from typing import Any

import pytest

from palier.aws.changes import BusyError, Changes
from palier.aws.keys import AgencyKeys
from palier.aws.table import Table
from palier.kernel.ids import BuildingId, PartyId
from palier.people.store import account_key, decode_account
from palier.portfolio.store import get_building_sheet, get_party
from palier.publication import commands, writing
from tests.functional.back_office.conftest import Api
from tests.functional.back_office.test_publishing import BUILDING, everything, publish_all

PEOPLE = 60


def before_the_next_commit(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], object], times: int = 1) -> None:
    """Run something once the batch was decided and before it is written."""
    real, left = writing.commit, [meanwhile] * times

    def commit(*arguments: Any) -> None:
        if left:
            left.pop()()
        real(*arguments)

    monkeypatch.setattr(commands, "commit", commit)


def test_lost_race_is_decided_again_and_both_are_kept(
    api: Api, table: Table, keys: AgencyKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PLT-005."""
    publish_all(api)
    landlord = {"id": "A2", "party": "P1", "space": "landlord", "published": True}
    renter = {"id": "A3", "party": "P1", "space": "renter", "published": True}

    def other() -> None:
        with monkeypatch.context() as alone:
            alone.setattr(commands, "commit", real)
            api.publish("accounts", landlord)

    real = writing.commit
    before_the_next_commit(monkeypatch, other)
    assert [report["outcome"] for report in api.publish("accounts", renter)] == ["created"]
    assert [account.id for account in get_party(table, keys, PartyId("P1")).accounts] == ["A1", "A2", "A3"]


def test_race_lost_every_time_is_reported_by_line(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_all(api)
    real, names = writing.commit, iter(["Un", "Deux", "Trois", "Quatre"])

    def other() -> None:
        with monkeypatch.context() as alone:
            alone.setattr(commands, "commit", real)
            api.publish("buildings", {**BUILDING, "name": next(names)})

    before_the_next_commit(monkeypatch, other, times=3)
    (report,) = api.publish("buildings", {**BUILDING, "name": "Le mien"})
    assert (report["outcome"], report["code"]) == ("refused", "CONFLICT")
    assert api.get("buildings", "B1").json["name"] == "Trois"


def test_line_larger_than_a_transaction_cut_short_is_done_again(
    api: Api, table: Table, keys: AgencyKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A building renamed under many co-owners: one line, several transactions, its record last."""
    _crowd(api)
    renamed = {**BUILDING, "name": "Nouveau nom"}
    with monkeypatch.context() as failing:
        failing.setattr(Changes, "commit", _cut_short_after(1))
        assert api.post("buildings", renamed).json["code"] == "BUSY"
    assert [report["outcome"] for report in api.publish("buildings", renamed)] == ["updated"]
    names = {_tie_name(table, keys, number) for number in range(PEOPLE)}
    assert names == {"Nouveau nom"}
    assert get_building_sheet(table, keys, BuildingId("B1")).building.name == "Nouveau nom"
    before = everything()
    assert [report["outcome"] for report in api.publish("buildings", renamed)] == ["unchanged"]
    assert everything() == before


def _crowd(api: Api) -> None:
    numbers = range(PEOPLE)
    api.publish("buildings", BUILDING)
    api.publish("lots", *({"id": f"L{n}", "building": "B1", "reference": str(n)} for n in numbers))
    api.publish("parties", *({"id": f"P{n}", "last_name": f"Mésange {n}"} for n in numbers))
    api.publish("ownerships", *({"id": f"O{n}", "party": f"P{n}", "lot": f"L{n}"} for n in numbers))
    accounts = ({"id": f"A{n}", "party": f"P{n}", "space": "co_owner", "published": True} for n in numbers)
    api.publish("accounts", *accounts)


def _cut_short_after(good: int) -> Callable[[Changes], None]:
    real, done = Changes.commit, [0]

    def commit(changes: Changes) -> None:
        if len(changes) > 1:  # the count of requests is one
            done[0] += 1
            if done[0] > good:
                raise BusyError
        real(changes)

    return commit


def _tie_name(table: Table, keys: AgencyKeys, number: int) -> str:
    row = table.get(account_key(keys, PartyId(f"P{number}")))
    assert row is not None
    (tie,) = decode_account(row).ties
    (stored,) = table.query(keys.pk("PARTY", f"P{number}"), "TIE#").rows
    assert tie.building_name.encode() in stored.body
    return tie.building_name
