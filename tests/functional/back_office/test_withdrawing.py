"""What is withdrawn takes its rights along at once (PUB-022, PUB-024, ROL-008, law.md §4)."""

import datetime as dt

import pytest

from palier.aws.keys import AgencyKeys
from palier.aws.table import Table
from palier.kernel.ids import BuildingId, PartyId
from palier.people.caller import CouncilRole
from palier.people.model import Account
from palier.people.store import account_key, decode_account
from palier.portfolio.store import find_parties_by_email, get_building_sheet
from tests.functional.back_office.conftest import Api
from tests.functional.back_office.test_publishing import ACCOUNT, BUILDING, LOTS, PARTY, everything, publish_all


def account_of(table: Table, keys: AgencyKeys, party: str = "P1") -> Account:
    row = table.get(account_key(keys, PartyId(party)))
    assert row is not None
    return decode_account(row)


def ties_in_table(table: Table, keys: AgencyKeys) -> list[str]:
    return [row.key.sk for row in table.query(keys.pk("PARTY", "P1"), "TIE#").rows]


def test_unpublished_account_ends_access_and_sessions(api: Api, table: Table, keys: AgencyKeys) -> None:
    publish_all(api)
    before = account_of(table, keys)
    (report,) = api.publish("accounts", {**ACCOUNT, "published": False})
    assert report["outcome"] == "updated"
    after = account_of(table, keys)
    assert after.spaces == ()
    assert not after.allowed
    assert after.epoch > before.epoch
    assert ties_in_table(table, keys) == []


def test_account_published_again_opens_with_the_same_login_and_no_new_password(
    api: Api, table: Table, keys: AgencyKeys
) -> None:
    publish_all(api)
    before = account_of(table, keys)
    api.publish("accounts", {**ACCOUNT, "published": False})
    (report,) = api.publish("accounts", ACCOUNT)
    after = account_of(table, keys)
    assert "initial_password" not in report
    assert (after.login, after.password_hash) == (before.login, before.password_hash)
    assert after.allowed
    assert after.ties == before.ties


def test_sold_lot_leaves_the_seller_and_the_building(api: Api, table: Table, keys: AgencyKeys) -> None:
    publish_all(api)
    assert api.delete("ownerships", "O9").json["outcome"] == "removed"
    assert {tie.lot for tie in account_of(table, keys).ties} == {"L10"}
    sheet = get_building_sheet(table, keys, BuildingId("B1"))
    assert [person.lot for person in sheet.people if person.role == "owner"] == ["L10"]
    assert api.delete("ownerships", "O9").json["outcome"] == "unchanged"


def test_council_rights_end_with_the_publication_that_removes_the_flag(
    api: Api, table: Table, keys: AgencyKeys
) -> None:
    publish_all(api)
    api.publish("council", {"id": "C1", "removed": True})
    assert {tie.council for tie in account_of(table, keys).ties} == {CouncilRole.NONE}
    assert get_building_sheet(table, keys, BuildingId("B1")).council == ()


def test_line_sent_again_on_the_day_of_the_sale_ends_the_tie(api: Api, table: Table, keys: AgencyKeys) -> None:
    publish_all(api)
    yesterday = (dt.datetime.now(dt.UTC) - dt.timedelta(days=2)).date().isoformat()
    (report,) = api.publish("ownerships", {"id": "O9", "party": "P1", "lot": "L9", "until": yesterday})
    assert report["outcome"] == "updated"
    assert {tie.lot for tie in account_of(table, keys).ties} == {"L10"}


def test_renamed_building_and_person_are_renamed_everywhere(api: Api, table: Table, keys: AgencyKeys) -> None:
    publish_all(api)
    api.publish("buildings", {**BUILDING, "name": "Nouveau nom"})
    api.publish("parties", {**PARTY, "last_name": "Autre-Exemple"})
    account = account_of(table, keys)
    assert {tie.building_name for tie in account.ties} == {"Nouveau nom"}
    assert account.name == "Mme Jeanne Autre-Exemple"
    sheet = get_building_sheet(table, keys, BuildingId("B1"))
    assert {person.name for person in sheet.people} == {"Mme Jeanne Autre-Exemple"}


def test_changed_address_leaves_the_old_one(api: Api, table: Table, keys: AgencyKeys) -> None:
    publish_all(api)
    api.publish("parties", {**PARTY, "contact": {"emails": ["new@clients.example"]}})
    assert find_parties_by_email(table, keys, "jeanne@clients.example") == ()
    assert [one.party for one in find_parties_by_email(table, keys, "new@clients.example")] == ["P1"]


@pytest.mark.parametrize(("collection", "identifier"), [("buildings", "B1"), ("lots", "L9"), ("parties", "P1")])
def test_what_others_name_is_not_withdrawn(api: Api, collection: str, identifier: str) -> None:
    publish_all(api)
    answer = api.delete(collection, identifier)
    assert (answer.status, answer.json["code"]) == (409, "STILL_IN_USE")


def test_withdrawing_everything_leaves_records_of_nobody(api: Api) -> None:
    publish_all(api)
    order = (
        ("accounts", "A1"), ("council", "C1"), ("ownerships", "O9"), ("ownerships", "O10"), ("suppliers", "S1"),
        ("parties", "P1"), *(("lots", lot["id"]) for lot in LOTS), ("buildings", "B1"), ("staff", "U1"),
    )  # fmt: skip
    for collection, identifier in order:
        assert api.delete(collection, identifier).json["outcome"] == "removed", identifier
    left = {pk.split("#")[1] for pk, _ in everything()}
    assert left == {"APIKEY", "LOGIN", "PARTY"}  # the logins stay, closed: a number is never given twice
    assert {sk for pk, sk in everything() if "#PARTY#" in pk} == {"ACCOUNT"}
