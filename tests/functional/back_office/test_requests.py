"""Keys, scopes, limits, pages, repeated requests: what every client of the API meets."""

import json
from types import ModuleType
from typing import Any

import msgspec
import pytest

from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys
from palier.aws.table import Table
from palier.kernel.ids import PartyId
from palier.people.model import PasswordState
from palier.people.store import account_key, account_row, decode_account
from tests.functional.back_office.conftest import Answer, Api, new_key
from tests.functional.back_office.test_publishing import BUILDING, everything, publish_all

EVERY_CALL = [
    ("GET", "/api/v1/{collection}", {"collection": "buildings"}),
    ("POST", "/api/v1/{collection}", {"collection": "buildings"}),
    ("GET", "/api/v1/{collection}/{identifier}", {"collection": "buildings", "identifier": "B1"}),
    ("DELETE", "/api/v1/{collection}/{identifier}", {"collection": "buildings", "identifier": "B1"}),
    ("POST", "/api/v1/logins/{party}/initial-password", {"party": "P1"}),
]
WRITES = {"POST", "DELETE"}


def is_problem(answer: Answer, status: int, code: str) -> bool:
    said = answer.json
    typed = answer.headers["content-type"] == "application/problem+json"
    return typed and (answer.status, said["status"], said["code"]) == (status, status, code)


@pytest.mark.parametrize(("method", "resource", "params"), EVERY_CALL)
@pytest.mark.parametrize("key", ["", "demo", "demo.", "demo.wrong", "other.wrong", "a#b.wrong", "é.wrong", "x" * 500])
def test_no_route_answers_without_a_good_key(
    back_office: ModuleType, key: str, method: str, resource: str, params: dict[str, str]
) -> None:
    answer = Api(back_office.app, key).call(method, resource, b"{}", params=params)
    assert is_problem(answer, 401, "BAD_API_KEY")


@pytest.mark.parametrize(("method", "resource", "params"), EVERY_CALL)
def test_no_route_answers_without_its_scope(
    back_office: ModuleType, method: str, resource: str, params: dict[str, str]
) -> None:
    only = "portfolio:read" if method in WRITES else "portfolio:write"
    api = Api(back_office.app, new_key("demo", frozenset({only, "tickets:read"})))
    assert is_problem(api.call(method, resource, b'{"lines": []}', params=params), 403, "SCOPE_MISSING")


def test_key_of_one_agency_never_touches_another(back_office: ModuleType, api: Api) -> None:
    """PLT-003."""
    publish_all(api)
    before = everything()
    other = Api(back_office.app, new_key("other", frozenset({"portfolio:read", "portfolio:write"})))
    assert other.get("buildings").json == {"items": [], "next": None}
    assert is_problem(other.get("buildings", "B1"), 404, "NOT_FOUND")
    assert other.delete("buildings", "B1").json["outcome"] == "unchanged"
    (lot,) = other.publish("lots", {"id": "L9", "building": "B1", "reference": "9"})
    assert lot["code"] == "UNKNOWN_BUILDING"
    assert other.publish("buildings", {**BUILDING, "name": "Ailleurs"})[0]["outcome"] == "created"
    renewed = other.call("POST", "/api/v1/logins/{party}/initial-password", params={"party": "P1"})
    assert is_problem(renewed, 404, "UNKNOWN_LOGIN")
    after = everything()
    assert {key: after[key] for key in before} == before
    assert all(pk.startswith("other#") for pk, _ in after.keys() - before.keys())


def test_report_names_the_line_the_field_and_the_reason(api: Api) -> None:
    reports = api.publish(
        "buildings",
        BUILDING,
        {"id": "B2", "name": "x", "module": "hotel"},
        {"id": "B3", "module": "syndic", "name": "y"},
    )
    assert [report["outcome"] for report in reports] == ["created", "refused", "created"]
    assert (reports[1]["line"], reports[1]["field"], reports[1]["code"]) == (2, "module", "INVALID")


def test_lot_before_its_building_is_refused_and_taken_after_it(api: Api) -> None:
    lot = {"id": "L1", "building": "B1", "reference": "1"}
    assert [report["code"] for report in api.publish("lots", lot)] == ["UNKNOWN_BUILDING"]
    api.publish("buildings", BUILDING)
    assert [report["outcome"] for report in api.publish("lots", lot)] == ["created"]


def test_one_identifier_twice_in_a_batch_is_taken_in_order(api: Api) -> None:
    reports = api.publish("buildings", BUILDING, {**BUILDING, "name": "Second"}, {"id": "B1", "removed": True})
    assert [report["outcome"] for report in reports] == ["created", "updated", "removed"]
    assert api.get("buildings").json["items"] == []


def test_two_people_of_one_name_get_two_logins(api: Api) -> None:
    """AUT-006: logins are unique per agency."""
    people = [{"id": f"P{n}", "last_name": "Mésange", "first_name": "Zoé"} for n in range(6)]
    api.publish("parties", *people)
    accounts = [{"id": one["id"], "party": one["id"], "space": "renter", "published": True} for one in people]
    logins = [
        report["login"] for report in [*api.publish("accounts", *accounts[:5]), *api.publish("accounts", accounts[5])]
    ]
    assert logins == ["MESANGEZOE", *(f"MESANGEZOE{n}" for n in range(2, 7))]


def test_listing_goes_on_where_it_stopped_and_holds_everything_once(api: Api) -> None:
    api.publish("buildings", *({**BUILDING, "id": f"B{n:02d}"} for n in range(7)))
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        more = {"cursor": cursor} if cursor else {}
        page = api.get("buildings", limit="3", **more).json
        found += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert found == [f"B{n:02d}" for n in range(7)]


@pytest.mark.parametrize(
    ("query", "field"), [({"limit": "0"}, "limit"), ({"cursor": "é"}, "cursor"), ({"cursor": "IyMj"}, "cursor")]
)
def test_bad_page_is_a_problem_that_names_the_parameter(api: Api, query: dict[str, str], field: str) -> None:
    answer = api.get("buildings", **query)
    assert is_problem(answer, 400, "INVALID_INPUT")
    assert list(answer.json["fields"]) == [field]


def test_unknown_collection_is_not_found(api: Api) -> None:
    assert is_problem(api.get("castles"), 404, "UNKNOWN_COLLECTION")
    assert is_problem(api.post("castles"), 404, "UNKNOWN_COLLECTION")


def test_record_is_given_back_as_sent(api: Api) -> None:
    api.publish("buildings", BUILDING)
    said = api.get("buildings", "B1").json
    assert {name: said[name] for name in BUILDING.keys() - {"address"}} == {
        name: value for name, value in BUILDING.items() if name != "address"
    }


def test_same_idempotency_key_gives_the_same_answer_without_passwords(api: Api) -> None:
    publish_all(api)
    api.publish("parties", {"id": "P2", "last_name": "Pinson"})
    line = {"id": "A2", "party": "P2", "space": "renter", "published": True}
    first = api.post("accounts", line, headers={"Idempotency-Key": "run-7"})
    second = api.post("accounts", line, headers={"Idempotency-Key": "run-7"})
    (said,), (again,) = first.json["lines"], second.json["lines"]
    assert said.pop("initial_password")
    assert again == said
    assert (first.json["replayed"], second.json["replayed"]) == (False, True)
    assert api.publish("accounts", line)[0]["outcome"] == "unchanged"


def test_no_initial_password_is_kept_anywhere(api: Api) -> None:
    """AUT-013."""
    publish_all(api)
    api.publish("parties", {"id": "P2", "last_name": "Pinson"})
    line = {"id": "A2", "party": "P2", "space": "renter", "published": True}
    (said,) = api.post("accounts", line, headers={"Idempotency-Key": "k"}).json["lines"]
    assert said["initial_password"].encode() not in b"".join(body for body, _ in everything().values())


def test_idempotency_key_of_another_request_is_refused(api: Api) -> None:
    headers = {"Idempotency-Key": "run-8"}
    assert api.post("buildings", BUILDING, headers=headers).status == 200
    other = api.post("buildings", {**BUILDING, "name": "Autre"}, headers=headers)
    assert is_problem(other, 422, "IDEMPOTENCY_KEY_REUSED")


@pytest.mark.parametrize("key", ["a b", "x" * 256, "é"])
def test_badly_written_idempotency_key_is_refused(api: Api, key: str) -> None:
    assert is_problem(api.post("buildings", BUILDING, headers={"Idempotency-Key": key}), 400, "BAD_IDEMPOTENCY_KEY")


def test_too_many_lines_or_bytes_are_refused_whole(api: Api) -> None:
    assert is_problem(api.post("lots", *([{"id": "x"}] * 101)), 400, "TOO_MANY_LINES")
    body = json.dumps({"lines": [], "x": "y" * 1_100_000}).encode()
    answer = api.call("POST", "/api/v1/{collection}", body, params={"collection": "lots"})
    assert is_problem(answer, 413, "BODY_TOO_LARGE")


def test_requests_of_a_minute_are_counted_by_key(
    back_office: ModuleType, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("palier.publication.api_keys.MOST_A_MINUTE", 3)
    answers = [api.get("buildings") for _ in range(5)]
    assert 200 in {answer.status for answer in answers[:3]}
    assert is_problem(answers[-1], 429, "RATE_LIMITED") or _minute_passed(answers)
    other = Api(back_office.app, new_key("demo", frozenset({"portfolio:read"})))
    assert other.get("buildings").status == 200


def _minute_passed(answers: list[Answer]) -> bool:
    """A minute that turns between two requests forgives the ones before it."""
    return all(answer.status == 200 for answer in answers)


def test_lost_initial_password_is_renewed_until_the_person_chose_his_own(
    api: Api, table: Table, keys: AgencyKeys
) -> None:
    lost = publish_all(api)[-1]["initial_password"]
    said = _renew(api)
    assert said.json["login"] == "EXEMPLEMARTINJEANNE"
    assert said.json["initial_password"] != lost
    row = table.get(account_key(keys, PartyId("P1")))
    assert row is not None
    chosen = decode_account(row)
    _save(keys, chosen, row.version)
    assert is_problem(_renew(api), 409, "PASSWORD_CHOSEN")


def _renew(api: Api) -> Answer:
    return api.call("POST", "/api/v1/logins/{party}/initial-password", params={"party": "P1"})


def _save(keys: AgencyKeys, account: Any, version: int) -> None:
    changes = Changes()
    personal = msgspec.structs.replace(account, password=PasswordState.PERSONAL)
    changes.replace(account_row(keys, personal, version))
    changes.commit()


def test_body_that_is_not_json_is_a_problem_too(api: Api) -> None:
    params, form = {"collection": "lots"}, {"Content-Type": "application/x-www-form-urlencoded"}
    answer = api.call("POST", "/api/v1/{collection}", b"lines=", params=params, headers=form)
    assert is_problem(answer, 415, "WRONG_MEDIA_TYPE")
