"""The operator's commands (PLT-007), by the very events that are saved for the console."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from palier.agencies.api_keys import EVERY_SCOPE, BadApiKeyError, agency_of, api_key_place, check_api_key
from palier.agencies.store import Hosts, UnknownHostError, read_agency
from palier.aws.changes import Changes
from palier.aws.table import Row, Table
from palier.kernel.ids import AgencyId, BuildingId
from palier.people.caller import Module, Permission, Space
from palier.people.model import LinkedParty
from palier.people.store import link_row
from palier.portfolio.dossier import Dossier, Holding, Place, PlaceRole
from palier.portfolio.keys import party_key
from palier.portfolio.links import LedgerAccount
from palier.portfolio.model import Contact, Party
from palier.portfolio.rows import dossier_rows, row
from palier.publication.api_keys import Scope
from palier.tickets.status import OVER, Status
from tests.functional.conftest import AwsAccount
from tests.functional.people.browser import load_module
from tests.functional.people.scene import CLIENT, HOST, KEYS, LILAS, OTHER, STAFF, enter, found, person, save

EVENTS = Path(__file__).parents[3] / "events" / "admin"
PARTY = Party(CLIENT, "Dupont", "Anne", contact=Contact(emails=("anne.dupont@mail.example",)))
HOME = Holding("H1", PlaceRole.OWNER, Place(BuildingId("B1"), "Les Lilas", Module.SYNDIC))
LEDGER = LedgerAccount("L1", CLIENT, Space.CO_OWNER, published=True)
STATUS_CLOSED = next(iter(OVER)).value
STATUS_OPEN = next(status for status in Status if status not in OVER).value
OLD = "2019-05-04T08:00:00Z"


def event(name: str, **changes: Any) -> dict[str, Any]:
    saved: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text())
    return saved | changes


class Console:
    """Runs commands as the console does."""

    def __init__(self) -> None:
        self._module = load_module("admin")

    def run(self, name: str, **changes: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self._module.handler(event(name, **changes), None)
        json.dumps(msgspec.to_builtins(answer))  # Lambda must be able to say it
        return answer


@pytest.fixture
def console(table: Table) -> Console:
    return Console()


def test_an_agency_is_created_with_an_administrator_who_can_sign_in(console: Console, table: Table) -> None:
    """ROL-002, AUT-003: the password is shown once and opens one session."""
    made = console.run("create_agency")
    agency = read_agency(table, AgencyId("demo"))
    cookie = enter(table, agency, made["login"], made["one_time_password"], host="demo.palier.example").cookie
    caller = found(table, cookie, host="demo.palier.example").caller
    assert (caller.space, caller.must_change_password) == (Space.STAFF, True)
    assert caller.may(Permission.SETTINGS)
    assert made["one_time_password"].encode() not in b"".join(
        r.body for r in table.query("demo#PARTY#ADMINISTRATOR").rows
    )


def test_the_default_agency_answers_under_any_host_and_others_under_their_own(console: Console, table: Table) -> None:
    """AUT-001."""
    console.run("create_agency")
    console.run("create_agency", agency="autre", hosts=["autre.palier.example"], default=False)
    hosts, now = Hosts(table), dt.datetime.now(dt.UTC)
    assert hosts.agency("127.0.0.1:8080", now) == "demo"
    assert hosts.agency("autre.palier.example", now) == "autre"
    assert hosts.agency("AUTRE.palier.example:443", now) == "autre"


def test_without_a_default_an_unknown_host_has_no_agency(console: Console, table: Table) -> None:
    console.run("create_agency", default=False)
    with pytest.raises(UnknownHostError):
        Hosts(table).agency("elsewhere.example", dt.datetime.now(dt.UTC))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"default": False, "hosts": []}, "AGENCY_EXISTS"),
        ({"agency": "autre", "default": False}, "HOST_TAKEN"),
        ({"agency": "autre", "hosts": []}, "HOST_TAKEN"),
        ({"agency": "Not a slug"}, "INVALID_COMMAND"),
        ({"agnecy": "demo"}, "INVALID_COMMAND"),
        ({"command": "drop_table"}, "INVALID_COMMAND"),
    ],
)
def test_what_cannot_be_created_is_refused_by_name(console: Console, changes: dict[str, Any], code: str) -> None:
    console.run("create_agency")
    assert console.run("create_agency", **changes)["refused"] == code


def test_agencies_are_listed(console: Console) -> None:
    console.run("create_agency")
    assert console.run("list_agencies") == {
        "agencies": [{"id": "demo", "name": "Agence Démo", "hosts": ("demo.palier.example",)}]
    }


@pytest.mark.parametrize("name", ["set_setting", "set_welcome_text", "set_role_permissions"])
def test_saved_settings_events_work(console: Console, name: str) -> None:
    console.run("create_agency")
    assert "refused" not in console.run(name)


def test_a_setting_reaches_the_agency_and_goes_back_to_its_default(console: Console, table: Table) -> None:
    """AGS-022."""
    console.run("create_agency")
    console.run("set_setting")
    assert read_agency(table, AgencyId("demo")).syndic.tickets_client_display
    assert not read_agency(table, AgencyId("demo")).gerance.tickets_client_display
    console.run("set_setting", value=None)
    assert not read_agency(table, AgencyId("demo")).syndic.tickets_client_display


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"key": "tickets.nothing"}, "UNKNOWN_SETTING"),
        ({"value": "perhaps"}, "BAD_SETTING"),
        ({"agency": "nobody"}, "NOT_FOUND"),
        ({"scope": "identity", "key": "id", "value": "other"}, "UNKNOWN_SETTING"),
        ({"scope": "identity", "key": "role_permissions", "value": 3}, "BAD_SETTING"),
    ],
)
def test_a_wrong_setting_changes_nothing(console: Console, changes: dict[str, Any], code: str) -> None:
    console.run("create_agency")
    assert console.run("set_setting", **changes)["refused"] == code


def test_an_api_key_is_stored_hashed_and_rotated_with_an_overlap(console: Console, table: Table) -> None:
    first = console.run("create_agency")["api_key"]
    second = console.run("rotate_api_key")["api_key"]
    now = dt.datetime.now(dt.UTC)
    for key in (first, second):
        assert agency_of(key) == "demo"
        assert check_api_key(table.get(api_key_place(KEYS, key)), now).scopes == EVERY_SCOPE
    later = now + dt.timedelta(hours=25)
    assert check_api_key(table.get(api_key_place(KEYS, second)), later).label == "back office"
    with pytest.raises(BadApiKeyError):
        check_api_key(table.get(api_key_place(KEYS, first)), later)
    assert not any(second.encode() in stored.body for stored in table.query("demo#APIKEY").rows)


@pytest.mark.parametrize("presented", ["", "demo", "demo.", ".x", "de#mo.x", "demo." + "x" * 300])
def test_what_is_no_key_is_refused(presented: str) -> None:
    with pytest.raises(BadApiKeyError):
        agency_of(presented)


def test_a_new_key_may_do_all_that_the_api_offers() -> None:
    assert {scope.value for scope in Scope} == EVERY_SCOPE


def test_somebody_locked_out_gets_a_one_time_password(console: Console, table: Table) -> None:
    console.run("create_agency")
    given = console.run("give_password")
    agency = read_agency(table, AgencyId("demo"))
    assert enter(table, agency, given["login"], given["one_time_password"]).account.must_change_password
    assert console.run("give_password", login="NOBODY")["refused"] == "NOT_FOUND"


def test_dead_letters_go_back_to_their_queue(
    aws_account: AwsAccount, monkeypatch: pytest.MonkeyPatch, console: Console
) -> None:
    sqs = aws_account.client("sqs")
    source, dead = (
        sqs.create_queue(QueueName=f"palier-test-{name}")["QueueUrl"] for name in ("deliver", "deliver-dead")
    )
    monkeypatch.setenv("DELIVER_QUEUE_URL", source)
    for number in range(12):
        sqs.send_message(QueueUrl=dead, MessageBody=f"letter {number}")
    assert console.run("redrive") == {"queue": "deliver", "moved": 12}
    assert console.run("redrive")["moved"] == 0
    counted = sqs.get_queue_attributes(QueueUrl=source, AttributeNames=["ApproximateNumberOfMessages"])
    assert counted["Attributes"]["ApproximateNumberOfMessages"] == "12"


# ── RGPD ────────────────────────────────────────────────────────────────────────────────────────────


def publish(dossier: Dossier) -> None:
    changes = Changes()
    changes.put(Row(party_key(KEYS, dossier.id), "PARTY", msgspec.json.encode(dossier)))
    for key, said in dossier_rows(KEYS, dossier).items():
        changes.put(row(key, said))
    changes.commit()


def ticket(number: int, status: str, modified: str) -> None:
    card = {
        "number": number, "module": "syndic", "type": "ODS", "status": status, "subject": "Fuite", "excerpt": "",
        "created": modified, "modified": modified,
    }  # fmt: skip
    changes = Changes()
    index = {"by_person": (KEYS.pk("PERSON", CLIENT), f"{number:09d}")}
    changes.put(Row(KEYS.key("TICKET", number, sk="HEAD"), "HEAD", card=json.dumps(card).encode(), indexes=index))
    changes.commit()


@pytest.fixture
def person_known(console: Console) -> Console:
    console.run("create_agency", hosts=[HOST])
    publish(Dossier(CLIENT, PARTY))
    save(person(CLIENT, "DUPONTANNE", LILAS))
    changes = Changes()
    changes.put(link_row(KEYS, CLIENT, LinkedParty(OTHER, "SCI Les Tilleuls")))
    changes.commit()
    return console


def test_a_person_is_told_everything_but_what_opens_his_account(person_known: Console, table: Table) -> None:
    enter(table, read_agency(table, AgencyId("demo")), "DUPONTANNE")
    ticket(12, STATUS_CLOSED, OLD)
    told = person_known.run("export_person", party=CLIENT)
    text = json.dumps(msgspec.to_builtins(told), ensure_ascii=False)
    assert "anne.dupont@mail.example" in text
    assert "DUPONTANNE" in text
    assert "Fuite" in text
    assert "SCI Les Tilleuls" in text
    assert told["session"][0]["host"] == HOST
    assert "argon2" not in text


def test_who_has_left_is_erased_to_the_last_row(person_known: Console, table: Table) -> None:
    ticket(12, STATUS_CLOSED, OLD)
    erased = person_known.run("erase_person", party=CLIENT)
    assert erased["files_that_name_him"] == ("ticket 12",)
    for partition in ("PARTY#C1", "LOGIN#dupontanne", "EMAIL#anne.dupont@mail.example"):
        assert table.query(f"demo#{partition}").rows == []
    assert person_known.run("export_person", party=CLIENT)["refused"] == "NOT_FOUND"
    month = f"{dt.datetime.now(dt.UTC):%Y-%m}"
    assert any(b"erasure" in entry.body for entry in table.query(f"demo#AUDIT#{month}").rows)


def test_erasing_is_refused_while_the_law_asks_to_keep(person_known: Console, table: Table) -> None:
    publish(Dossier(CLIENT, PARTY, holdings=(HOME,), accounts=(LEDGER,)))
    ticket(12, STATUS_OPEN, f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ}")
    refused = person_known.run("erase_person", party=CLIENT)
    assert refused["refused"] == "ERASURE_REFUSED"
    for word in ("still managed", "open", "five years"):
        assert word in refused["detail"]
    assert table.get(party_key(KEYS, CLIENT)) is not None


def test_nobody_unknown_is_erased(console: Console) -> None:
    console.run("create_agency")
    assert console.run("erase_person", party=STAFF)["refused"] == "NOT_FOUND"
