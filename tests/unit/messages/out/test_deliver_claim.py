"""When a message may be sent: leases, growing waits, giving up."""

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.messages import deliver_claim as fate
from palier.messages.deliver_claim import LEASE, MOST, WAITS, Verdict, verdict
from palier.messages.model import Channel, Delivery, OutMessage
from tests.unit.messages.out.letters import NOW

STATES = st.sampled_from(list(Delivery))
MINUTES = st.integers(-5, 600)


def message(state: Delivery = Delivery.QUEUED, attempts: int = 0, claimed: dt.datetime | None = None) -> OutMessage:
    return OutMessage(
        "sup.ods_request", Channel.EMAIL, "a@b.example", "A", NOW, state=state, attempts=attempts, claimed_at=claimed
    )


@given(STATES, st.integers(0, 6), MINUTES, MINUTES)
def test_a_claim_in_force_keeps_everybody_else_out(state: Delivery, attempts: int, claimed: int, now: int) -> None:
    at = NOW + dt.timedelta(minutes=now)
    told = message(state, attempts, NOW + dt.timedelta(minutes=claimed))
    if state is Delivery.SENDING and at < NOW + dt.timedelta(minutes=claimed) + LEASE:
        assert verdict(told, at) is Verdict.TAKEN
    if state not in {Delivery.SENDING, Delivery.QUEUED}:
        assert verdict(told, at) is Verdict.ALREADY_LEFT


def test_waits_grow() -> None:
    assert list(WAITS) == sorted(WAITS)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_nobody_tries_more_than_five_times_whatever_the_hour(minutes: list[int]) -> None:
    told, now, tries = message(), NOW, 0
    for wait in minutes:
        now += dt.timedelta(minutes=wait)
        if verdict(told, now) is Verdict.SEND:
            told, tries = fate.put_off(fate.claimed(told, now), "Throttling"), tries + 1
    assert tries <= MOST
    assert (told.state is Delivery.FAILED) is (tries == MOST)


@pytest.mark.parametrize("state", [Delivery.DELIVERED, Delivery.BOUNCED, Delivery.COMPLAINT])
def test_the_mark_never_takes_an_event_back(state: Delivery) -> None:
    told = msgspec.structs.replace(message(state), trouble="Adresse inexistante")
    after = fate.sent(told, "ses-1", "[#1] Objet", NOW)
    assert (after.state, after.trouble, after.provider_id) == (state, "Adresse inexistante", "ses-1")


def test_a_message_given_up_by_mistake_is_sent_once_the_provider_has_it() -> None:
    assert fate.sent(message(Delivery.FAILED), "ses-1", "x", NOW).state is Delivery.SENT
