"""What a stream record sets in motion: nothing twice, nothing for what is already done (PLT-006, REM-016)."""

import datetime as dt
from typing import Any

import msgspec
import pytest

from palier.aws.keys import Key
from palier.messages.model import Channel, Delivery, OutMessage
from palier.tickets.model import TimerKind
from palier.tickets.store import Job, PendingTimer
from palier.timers.dispatch import Doors, dispatch

NOW = dt.datetime(2026, 9, 21, 8, 0, tzinfo=dt.UTC)
DUE = NOW + dt.timedelta(days=7)


class Heard:
    """Doors that write down who came through."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, dt.datetime | None]] = []

    def doors(self) -> Doors:
        return Doors(
            deliver=lambda key: self._note("deliver", key),
            document=lambda key: self._note("document", key),
            set_schedule=lambda key, at: self._note("set", key, at),
            drop_schedule=lambda key: self._note("drop", key),
        )

    def _note(self, what: str, key: Key, at: dt.datetime | None = None) -> None:
        self.calls.append((what, key.sk, at))


def image(kind: str, body: msgspec.Struct) -> dict[str, Any]:
    return {"kind": {"S": kind}, "body": {"S": msgspec.json.encode(body).decode()}}


def record(sk: str, new: dict[str, Any] | None, old: dict[str, Any] | None = None) -> dict[str, Any]:
    change: dict[str, Any] = {"Keys": {"pk": {"S": "demo#TICKET#7"}, "sk": {"S": sk}}}
    change |= {"NewImage": new} if new else {}
    return {"dynamodb": change | ({"OldImage": old} if old else {})}


def played(*records: dict[str, Any]) -> list[tuple[str, str, dt.datetime | None]]:
    heard = Heard()
    for one in records:
        dispatch(one, heard.doors())
    return heard.calls


MAIL = OutMessage("sup.ods_request", Channel.EMAIL, "a@s.example", "A", NOW, ticket=7, seq=1)
SENT = msgspec.structs.replace(MAIL, state=Delivery.SENT)
TIMER = PendingTimer(7, "first", TimerKind.ODS, DUE, 1)
JOB = Job("summary", 7, NOW)


def test_a_new_message_goes_to_the_post() -> None:
    assert played(record("OUT#000001#00", image("OUT", MAIL))) == [("deliver", "OUT#000001#00", None)]


@pytest.mark.parametrize("old", [MAIL, SENT])
def test_what_the_post_writes_on_a_message_does_not_send_it_again(old: OutMessage) -> None:
    assert played(record("OUT#000001#00", image("OUT", SENT), image("OUT", old))) == []


def test_a_timer_is_scheduled_at_its_instant_moved_and_dropped() -> None:
    moved = msgspec.structs.replace(TIMER, due=DUE + dt.timedelta(days=3))
    sk = "TIMER#first#ods"
    calls = played(
        record(sk, image("TIMER", TIMER)),
        record(sk, image("TIMER", moved), image("TIMER", TIMER)),
        record(sk, None, image("TIMER", moved)),
    )
    assert calls == [("set", sk, DUE), ("set", sk, moved.due), ("drop", sk, None)]


def test_a_document_is_made_when_asked_and_not_when_it_is_there() -> None:
    made = msgspec.structs.replace(JOB, key="files/demo/documents/7/resume.pdf")
    assert played(record("JOB#summary", image("JOB", JOB))) == [("document", "JOB#summary", None)]
    assert played(record("JOB#summary", image("JOB", made), image("JOB", JOB))) == []


def test_asking_for_a_document_again_makes_it_again() -> None:
    made = msgspec.structs.replace(JOB, key="files/x")
    assert played(record("JOB#summary", image("JOB", JOB), image("JOB", made))) == [("document", "JOB#summary", None)]


@pytest.mark.parametrize("kind", ["HEAD", "ENTRY", "ACCOUNT"])
def test_other_items_set_nothing_in_motion(kind: str) -> None:
    assert played(record("HEAD", {"kind": {"S": kind}, "body": {"S": "{}"}})) == []


def test_a_repeated_record_says_the_same_again() -> None:
    """The stream may repeat: the workers and the schedule's name make that harmless."""
    once = record("TIMER#first#ods", image("TIMER", TIMER))
    assert played(once, once) == [("set", "TIMER#first#ods", DUE)] * 2
