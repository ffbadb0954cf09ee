"""A worker that dies, workers that race, a provider that refuses (PLT-006)."""

import pytest

from palier.aws.changes import Changes
from palier.aws.keys import Key
from palier.aws.mail import SendLaterError, SendRefusedError
from palier.messages.deliver import deliver
from palier.messages.feedback import Feedback
from palier.messages.feedback_store import take_feedback
from palier.messages.links import DeadLinkError, Purpose, link_key, open_link
from palier.messages.model import Delivery
from tests.functional.out.scene import SECRET, CrashError, Desk, die, token_in
from tests.unit.messages.out.letters import DRAFT, NOW


def _before_the_claim(desk: Desk) -> None:
    desk.secret = _dead


def _dead() -> bytes:
    raise CrashError


def _before_handing_over(desk: Desk) -> None:
    desk.post.before = die


def _while_reading_files(desk: Desk) -> None:
    desk.files.clear()


def _after_handing_over(desk: Desk) -> None:
    desk.post.then = die


def _revive(desk: Desk) -> None:
    desk.secret = lambda: SECRET
    desk.post.before = desk.post.then = lambda: None
    desk.files.update({one.key: b"x" for one in DRAFT.attachments})


@pytest.mark.parametrize(
    ("kill", "copies"),
    [(_before_the_claim, 1), (_while_reading_files, 1), (_before_handing_over, 1), (_after_handing_over, 2)],
)
def test_a_worker_may_die_anywhere_and_the_message_still_leaves(
    desk: Desk, key: Key, kill: object, copies: int
) -> None:
    """At least once: two copies only when the provider had the first, and both carry the same names."""
    assert callable(kill)
    kill(desk)
    with pytest.raises((CrashError, KeyError)):
        deliver(desk.office, key)
    assert key in desk.due()
    _revive(desk)
    if kill is not _before_the_claim:
        desk.wait(minutes=4, seconds=59)
        assert deliver(desk.office, key).verdict == "another worker has it"
        desk.wait(seconds=1)
    assert deliver(desk.office, key).verdict == "sent"
    assert len(desk.post.mails) == copies
    assert len({str(one["X-Palier-Message"]) for one in desk.post.mails}) == 1
    assert len({str(one["Message-ID"]) for one in desk.post.mails}) == 1
    assert key not in desk.due()


def test_a_send_event_spares_the_second_copy_of_a_worker_that_died_late(desk: Desk, key: Key) -> None:
    desk.post.then = die
    with pytest.raises(CrashError):
        deliver(desk.office, key)
    _revive(desk)
    take_feedback(desk.table, Feedback(key, Delivery.SENT, "ses-1", NOW))
    desk.wait(minutes=6)
    assert deliver(desk.office, key).verdict == "already left"
    assert len(desk.post.mails) == 1


def test_a_worker_that_dies_each_time_is_given_up_aloud(desk: Desk, key: Key) -> None:
    desk.post.before = die
    for _ in range(5):
        with pytest.raises(CrashError):
            deliver(desk.office, key)
        desk.wait(minutes=5)
    assert deliver(desk.office, key).state is Delivery.FAILED
    assert "interrompu" in desk.message(key).trouble
    assert key not in desk.due()


def test_two_workers_at_once_send_one_mail(desk: Desk, key: Key) -> None:
    """The second one works between the first one's reading and its claim."""
    calls: list[str] = []

    def meanwhile() -> bytes:
        if not calls:
            calls.append("nested")
            deliver(desk.office, key)
        return SECRET

    desk.secret = meanwhile
    assert deliver(desk.office, key).verdict == "another worker has it"
    assert len(desk.post.mails) == 1
    assert desk.message(key).state is Delivery.SENT


def test_a_delivery_event_faster_than_the_mark_is_kept(desk: Desk, key: Key) -> None:
    def delivered() -> None:
        take_feedback(desk.table, Feedback(key, Delivery.DELIVERED, "ses-1", NOW))

    desk.post.then = delivered
    assert deliver(desk.office, key).verdict == "sent"
    told = desk.message(key)
    assert (told.state, told.provider_id) == (Delivery.DELIVERED, "ses-1")
    assert told.subject.startswith("[#1]")
    assert key not in desk.due()


def test_a_refusal_that_may_pass_is_tried_five_times_at_growing_distance(desk: Desk, key: Key) -> None:
    def throttled() -> None:
        raise SendLaterError("Throttling")

    desk.post.before = throttled
    for tries, minutes in enumerate((0, 2, 10, 30, 120), start=1):
        if minutes:
            desk.wait(minutes=minutes, seconds=-1)
            assert deliver(desk.office, key).verdict == "waits for its next try"
            desk.wait(seconds=1)
        deliver(desk.office, key)
        assert desk.message(key).attempts == tries
    assert desk.message(key).state is Delivery.FAILED
    assert desk.message(key).trouble == "Service d’envoi indisponible"
    assert key not in desk.due()


def test_a_refusal_that_passes_leaves_no_trace_of_trouble(desk: Desk, key: Key) -> None:
    def throttled() -> None:
        raise SendLaterError("Throttling")

    desk.post.before = throttled
    assert deliver(desk.office, key).state is Delivery.QUEUED
    assert "Throttling" in desk.message(key).trouble
    assert key in desk.due()
    _revive(desk)
    desk.wait(minutes=2)
    assert deliver(desk.office, key).verdict == "sent"
    assert desk.message(key).trouble == ""


def test_a_refusal_for_good_is_not_tried_again(desk: Desk, key: Key) -> None:
    def rejected() -> None:
        raise SendRefusedError("MessageRejected")

    desk.post.before = rejected
    assert deliver(desk.office, key).state is Delivery.FAILED
    assert desk.message(key).trouble == "Adresse refusée (MessageRejected)"
    _revive(desk)
    desk.wait(days=1)
    assert deliver(desk.office, key).verdict == "already left"


def test_sending_a_password_link_twice_does_not_revive_a_used_one(desk: Desk) -> None:
    key = desk.forgotten_password()
    desk.post.then = die
    with pytest.raises(CrashError):
        deliver(desk.office, key)
    _revive(desk)
    token = token_in(desk.text())
    used = Changes()
    used.delete(link_key(token))
    used.commit()
    desk.wait(minutes=5)
    deliver(desk.office, key)
    assert token_in(desk.text()) == token
    with pytest.raises(DeadLinkError):
        open_link(desk.table, token, Purpose.PASSWORD, NOW)
