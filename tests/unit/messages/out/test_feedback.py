"""What the mail service's events do to a message (NTF-004, peers.md §2 no. 9)."""

import itertools
import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.aws.keys import Key
from palier.messages.feedback import Feedback, after, read_feedback
from palier.messages.model import Channel, Delivery, OutMessage
from tests.unit.messages.out.letters import NOW

EVENTS = Path(__file__).parents[4] / "events" / "mail_feedback"
KEY = Key("demo#TICKET#1", "OUT#000001#00")
STATES = st.sampled_from([Delivery.SENT, Delivery.DELIVERED, Delivery.BOUNCED, Delivery.COMPLAINT, Delivery.FAILED])


def told(name: str) -> str:
    text: str = json.loads((EVENTS / f"{name}.json").read_text("utf-8"))["Records"][0]["Sns"]["Message"]
    return text


def message(state: Delivery = Delivery.SENT) -> OutMessage:
    return OutMessage("sup.ods_request", Channel.EMAIL, "atelier@plomberie.example", "P", NOW, state=state)


@pytest.mark.parametrize(
    ("name", "state", "trouble"),
    [
        ("send", Delivery.SENT, ""),
        ("delivery", Delivery.DELIVERED, ""),
        ("bounce_permanent", Delivery.BOUNCED, "Adresse inexistante"),
        ("bounce_mailbox_full", Delivery.BOUNCED, "Boîte de réception pleine"),
        ("complaint", Delivery.COMPLAINT, "Signalé comme indésirable par le destinataire"),
        ("reject", Delivery.FAILED, "Refusé par le service d’envoi"),
    ],
)
def test_each_event_leads_to_its_state(name: str, state: Delivery, trouble: str) -> None:
    said = read_feedback(told(name))
    assert said is not None
    assert (said.key, said.state, said.trouble) == (KEY, state, trouble)
    after_it = after(message(Delivery.SENDING), said)
    assert after_it is not None
    assert (after_it.state, after_it.trouble) == (state, trouble)


def test_the_header_finds_the_message_when_the_tag_is_missing() -> None:
    event = json.loads(told("delivery"))
    del event["mail"]["tags"]
    said = read_feedback(json.dumps(event))
    assert said is not None
    assert said.key == KEY


@pytest.mark.parametrize(
    "text", [told("topic_test"), "", "{}", '{"mail": {}}', '{"mail": {"tags": {"palier": ["x"]}}}', "[1]"]
)
def test_what_is_not_about_our_messages_is_left(text: str) -> None:
    assert read_feedback(text) is None


def test_an_event_of_a_new_kind_is_left() -> None:
    event = {**json.loads(told("delivery")), "eventType": "Subscription"}
    assert read_feedback(json.dumps(event)) is None


@given(st.lists(STATES, max_size=8))
def test_states_only_move_forward_and_the_order_of_events_does_not_matter(states: list[Delivery]) -> None:
    ends = set()
    for order in itertools.islice(itertools.permutations(states), 30):
        now = message(Delivery.SENDING)
        for state in order:
            moved = after(now, Feedback(KEY, state, "ses-1"))
            assert moved is None or moved.state is state
            now = moved or now
        ends.add(now.state)
    assert len(ends) == 1


@given(STATES, STATES)
def test_the_same_event_twice_says_nothing_new(first: Delivery, then: Delivery) -> None:
    now = after(message(first), Feedback(KEY, then, "ses-1")) or message(first)
    assert after(now, Feedback(KEY, then, "ses-1")) is None


def test_a_delivery_outweighs_our_having_given_up() -> None:
    """The provider had taken it before the time-outs."""
    given_up = msgspec.structs.replace(message(Delivery.FAILED), trouble="Service d’envoi indisponible")
    moved = after(given_up, Feedback(KEY, Delivery.DELIVERED, "ses-1", NOW))
    assert moved is not None
    assert (moved.state, moved.trouble, moved.provider_id, moved.sent_at) == (Delivery.DELIVERED, "", "ses-1", NOW)


def test_an_event_keeps_what_the_worker_wrote() -> None:
    sent = msgspec.structs.replace(message(), provider_id="ses-9", sent_at=NOW, subject="[#1] Objet")
    moved = after(sent, Feedback(KEY, Delivery.DELIVERED, "ses-1"))
    assert moved is not None
    assert (moved.provider_id, moved.subject, moved.sent_at) == ("ses-9", "[#1] Objet", NOW)
