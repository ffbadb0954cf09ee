"""Publishing a small agency through the API, and what its pages then read (PUB-004, PUB-005)."""

from typing import Any

from palier.aws.item import Item
from palier.aws.keys import AgencyKeys
from palier.aws.table import Table
from palier.kernel.ids import BuildingId, LotId, PartyId
from palier.people.caller import CouncilRole, Module, Space
from palier.people.store import account_key, decode_account
from palier.portfolio.keys import Category
from palier.portfolio.store import (
    find_parties_by_email,
    get_building_sheet,
    get_lot,
    get_party,
    load_directory,
    search_people,
)
from tests.functional.back_office.conftest import Api

BUILDING = {
    "id": "B1",
    "module": "syndic",
    "name": "Résidence des Exemples",
    "address": {"line_1": "1 rue de la Démonstration", "postcode": "75000", "city": "Paris"},
    "door_codes": ["A1234"],
    "manager": "U1",
}
LOTS: list[dict[str, Any]] = [
    {"id": "L10", "building": "B1", "reference": "10", "nature": "Cave"},
    {"id": "L9", "building": "B1", "reference": "9", "nature": "Appartement", "tantiemes": 120},
]
PARTY = {
    "id": "P1",
    "last_name": "Exemple-Martin",
    "first_name": "Jeanne",
    "civility": "Mme",
    "contact": {"emails": ["Jeanne@clients.example"], "mobiles": ["06 39 98 00 01"]},
}
STAFF = {"id": "U1", "last_name": "Gérant-Test", "first_name": "Ada", "role": "manager"}
SUPPLIER = {"id": "S1", "name": "Plomberie Fictive", "trades": ["Plomberie"]}
ACCOUNT = {"id": "A1", "party": "P1", "space": "co_owner", "building": "B1", "published": True}


def publish_all(api: Api) -> list[dict[str, Any]]:
    reports: list[dict[str, Any]] = []
    published: dict[str, list[dict[str, Any]]] = {
        "staff": [STAFF],
        "buildings": [BUILDING],
        "lots": LOTS,
        "parties": [PARTY],
        "suppliers": [SUPPLIER],
        "ownerships": [{"id": "O9", "party": "P1", "lot": "L9"}, {"id": "O10", "party": "P1", "lot": "L10"}],
        "council": [{"id": "C1", "party": "P1", "building": "B1", "role": "council_president"}],
        "accounts": [ACCOUNT],
    }
    for collection, lines in published.items():
        reports += api.publish(collection, *lines)
    return reports


def test_everything_published_is_read_by_pages(api: Api, table: Table, keys: AgencyKeys) -> None:
    assert {report["outcome"] for report in publish_all(api)} == {"created"}

    directory = load_directory(table, keys)
    assert [choice.name for choice in directory.buildings_of(Module.SYNDIC)] == ["Résidence des Exemples"]
    assert list(directory.by_trade()) == ["Plomberie"]
    assert [user.name for user in directory.staff] == ["Ada Gérant-Test"]

    sheet = get_building_sheet(table, keys, BuildingId("B1"))
    assert [lot.reference for lot in sheet.lots] == ["9", "10"]
    assert [person.name for person in sheet.owners(LotId("L9"))] == ["Mme Jeanne Exemple-Martin"]
    assert sheet.president is not None
    assert sheet.president.contact.mobiles == ("+33639980001",)
    assert get_lot(table, keys, LotId("L9")).tantiemes == 120
    assert get_party(table, keys, PartyId("P1")).name == "Mme Jeanne Exemple-Martin"
    assert [match.party for match in find_parties_by_email(table, keys, "JEANNE@clients.example")] == ["P1"]
    assert [line.party for line in search_people(table, keys, Category.CO_OWNER, "exe").lines] == ["P1"]


def test_publishing_again_changes_and_writes_nothing(api: Api) -> None:
    """PUB-005."""
    publish_all(api)
    before = everything()
    assert {report["outcome"] for report in publish_all(api)} == {"unchanged"}
    assert everything() == before


def test_published_account_gets_a_login_and_a_password_said_once(api: Api, table: Table, keys: AgencyKeys) -> None:
    """AUT-006."""
    report = publish_all(api)[-1]
    assert report["login"] == "EXEMPLEMARTINJEANNE"
    assert len(report["initial_password"]) == 11
    row = table.get(account_key(keys, PartyId("P1")))
    assert row is not None
    account = decode_account(row)
    assert account.must_change_password
    assert account.spaces == (Space.CO_OWNER,)
    assert {tie.lot for tie in account.ties} == {"L9", "L10"}
    assert {tie.council for tie in account.ties} == {CouncilRole.PRESIDENT}


def everything() -> dict[tuple[str, str], tuple[bytes, int]]:
    """Return what the table holds, the count of requests aside."""
    items = (item for item in Item.scan() if item.kind != "APIRATE")
    return {(item.pk, item.sk): ((item.body or "").encode(), int(item.v or 0)) for item in items}
