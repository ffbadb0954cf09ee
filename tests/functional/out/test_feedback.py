"""Events of the mail service taken by the real function (NTF-004)."""

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from palier.aws.table import Table
from palier.messages.deliver import deliver
from palier.messages.model import Channel, Delivery
from palier.tickets.store import Tickets
from tests.functional.out.functions import load_function
from tests.functional.out.scene import KEYS, Desk
from tests.unit.messages.out.letters import AGENCY

EVENTS = Path(__file__).parents[3] / "events" / "mail_feedback"


@pytest.fixture
def desk(table: Table) -> Desk:
    """One order whose mail to the supplier has left: the message of the sample events."""
    made = Desk(table)
    deliver(made.office, made.outbox(made.order())[("sup.ods_request", Channel.EMAIL)])
    return made


@pytest.fixture
def function(desk: Desk) -> ModuleType:
    return load_function("mail_feedback")


def event(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text("utf-8"))
    return read


def test_events_move_the_message_on_and_the_ticket_shows_it(desk: Desk, function: ModuleType) -> None:
    key = KEYS.key("TICKET", 1, sk="OUT#000001#00")
    for name, state in [
        ("send", Delivery.SENT),
        ("delivery", Delivery.DELIVERED),
        ("send", Delivery.DELIVERED),
        ("bounce_permanent", Delivery.BOUNCED),
        ("delivery", Delivery.BOUNCED),
        ("complaint", Delivery.COMPLAINT),
    ]:
        function.handler(event(name), None)
        assert desk.message(key).state is state
    file = Tickets(desk.table, AGENCY.id).file(desk.order(once="other").number)
    assert all(one.state is Delivery.QUEUED for one in file.messages)


def test_what_is_not_ours_is_left_in_peace(desk: Desk, function: ModuleType) -> None:
    before = desk.message(KEYS.key("TICKET", 1, sk="OUT#000001#00"))
    function.handler(event("topic_test"), None)
    other = event("delivery")
    tag = json.loads(other["Records"][0]["Sns"]["Message"])["mail"]["tags"]["palier"][0]
    other["Records"][0]["Sns"]["Message"] = other["Records"][0]["Sns"]["Message"].replace(tag, "x" * len(tag))
    function.handler(other, None)
    assert desk.message(KEYS.key("TICKET", 1, sk="OUT#000001#00")) == before
