"""Sending one message of the outbox, on a real table (PLT-006, NTF-004)."""

import datetime as dt
import re

import msgspec
import pytest

from palier.aws.changes import Changes
from palier.aws.keys import Key
from palier.aws.mail import SendLaterError, SendRefusedError
from palier.aws.table import Table
from palier.kernel.clock import iso
from palier.kernel.errors import NotFoundError
from palier.messages import reply_address
from palier.messages.deliver import deliver
from palier.messages.feedback import Feedback
from palier.messages.feedback_store import take_feedback
from palier.messages.links import DeadLinkError, Purpose, link_key, open_link
from palier.messages.model import Channel, Delivery, OutMessage
from palier.messages.outbox import message_row, queue_message
from palier.tickets.model import Attachment
from tests.functional.out.scene import KEYS, SECRET, CrashError, Desk, die, write
from tests.unit.messages.out.letters import DRAFT, LEA, NOW, ORDER

ORDER_MAIL, ORDER_SMS = ("sup.ods_request", Channel.EMAIL), ("sup.ods_request", Channel.SMS)


@pytest.fixture
def desk(table: Table) -> Desk:
    return Desk(table)


@pytest.fixture
def key(desk: Desk) -> Key:
    return desk.outbox(desk.order())[ORDER_MAIL]


def token_in(text: str) -> str:
    found = re.search(r"https://palier\.example/(?:i|reinitialisation)/(\S+)", text)
    assert found is not None
    return found[1]


def body(desk: Desk, number: int = -1) -> str:
    part = desk.post.mails[number].get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_a_message_leaves_once_and_says_so(desk: Desk, key: Key) -> None:
    desk.wait(seconds=3)
    assert deliver(desk.office, key).verdict == "sent"
    told = desk.message(key)
    assert (told.state, told.provider_id, told.attempts) == (Delivery.SENT, "ses-1", 1)
    assert told.sent_at == NOW + dt.timedelta(seconds=3)
    assert told.subject.startswith("[#1] ")
    assert key not in desk.due()


def test_pointing_at_it_again_sends_nothing(desk: Desk, key: Key) -> None:
    deliver(desk.office, key)
    assert deliver(desk.office, key).verdict == "already left"
    assert len(desk.post.mails) == 1


def test_pointing_at_nothing_does_nothing(desk: Desk) -> None:
    assert deliver(desk.office, Key("demo#TICKET#99", "OUT#000001#00")).verdict == "gone"
    assert deliver(desk.office, Key("demo#AGENCY", "SETTINGS")).verdict == "gone"


def test_the_suppliers_link_opens_his_engagement_and_is_nowhere_in_the_table(desk: Desk, key: Key) -> None:
    """AUT-025."""
    deliver(desk.office, key)
    token = token_in(body(desk))
    link = open_link(desk.table, token, Purpose.SUPPLIER, desk.clock.now())
    assert (link.ticket, link.engagement) == (1, ORDER)
    rows = [*desk.table.query(key.pk).rows, desk.table.get(link_key(token))]
    assert token not in "".join(repr(row) for row in rows)


def test_mail_and_sms_of_one_order_carry_the_same_link(desk: Desk) -> None:
    box = desk.outbox(desk.order())
    deliver(desk.office, box[ORDER_MAIL])
    deliver(desk.office, box[ORDER_SMS])
    ((number, text),) = desk.post.texts
    assert number == "+33639980011"
    assert token_in(text) == token_in(body(desk))
    assert desk.message(box[ORDER_SMS]).state is Delivery.SENT
    assert "/i/" not in desk.message(box[ORDER_SMS]).subject


def test_replies_come_back_to_an_address_signed_for_the_addressee(desk: Desk, key: Key) -> None:
    deliver(desk.office, key)
    claim = reply_address.read(str(desk.post.mails[0]["Reply-To"]))
    assert claim is not None
    assert claim.number == 1
    assert reply_address.verify([SECRET], claim, "atelier@plomberie.example")
    assert not reply_address.verify([SECRET], claim, "autre@plomberie.example")


def test_small_files_travel_and_large_ones_wait_behind_the_link(desk: Desk) -> None:
    """SLF-002."""
    large = Attachment("files/demo/large.pdf", "plan.pdf", "application/pdf", 4_950_000)
    ticket = desk.order(msgspec.structs.replace(DRAFT, attachments=(*DRAFT.attachments, large)))
    deliver(desk.office, desk.outbox(ticket)[ORDER_MAIL])
    assert [part.get_filename() for part in desk.post.mails[0].iter_attachments()] == ["fuite d’eau.jpg"]
    assert "plan.pdf" in body(desk)


def _before_the_claim(desk: Desk) -> None:
    desk.secret = lambda: _dead()


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
    desk.post.then = lambda: (
        None if take_feedback(desk.table, Feedback(key, Delivery.DELIVERED, "ses-1", NOW)) else None
    )
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


@pytest.mark.parametrize(("channel", "address"), [(Channel.EMAIL, "pas une adresse"), (Channel.SMS, "01 99 00 11 22")])
def test_what_is_no_address_fails_without_being_handed_over(
    desk: Desk, key: Key, channel: Channel, address: str
) -> None:
    message = OutMessage("sup.ods_request", channel, address, "X", NOW, ticket=1, seq=1, engagement=ORDER)
    wrong = KEYS.key("TICKET", 1, sk="OUT#000001#50")
    write(message_row(KEYS, wrong, message))
    assert deliver(desk.office, wrong).state is Delivery.FAILED
    assert desk.post.mails == []
    assert desk.post.texts == []
    assert desk.message(key).state is Delivery.QUEUED


def test_a_message_about_a_deleted_ticket_fails_aloud(desk: Desk) -> None:
    """TCA-046."""
    key = KEYS.key("TICKET", 77, sk="OUT#000001#00")
    message = OutMessage("ntf.ticket_created", Channel.EMAIL, "a@client.example", "A", NOW, ticket=77, seq=1)
    write(message_row(KEYS, key, message))
    assert deliver(desk.office, key).state is Delivery.FAILED
    assert desk.message(key).trouble == "Ticket supprimé avant l’envoi"


def test_an_agency_that_is_not_there_stops_the_worker(desk: Desk, key: Key) -> None:
    other = Key(key.pk.replace("demo", "autre"), key.sk)
    row = desk.table.get(key)
    assert row is not None
    write(msgspec.structs.replace(row, key=other))
    with pytest.raises(NotFoundError):
        deliver(desk.office, other)


def forgotten_password(desk: Desk) -> Key:
    values = {"party": "lea", "nonce": "n1", "expires": iso(NOW + dt.timedelta(hours=1))}
    changes = Changes()
    queue_message(changes, KEYS, "cli.password_reset", LEA.emails[0], LEA.name, values, NOW)
    changes.commit()
    (key,) = desk.due()
    return key


def test_a_password_link_opens_the_form_of_its_person_until_it_ends(desk: Desk) -> None:
    deliver(desk.office, forgotten_password(desk))
    token = token_in(body(desk))
    assert open_link(desk.table, token, Purpose.PASSWORD, NOW).party == "lea"
    with pytest.raises(DeadLinkError):
        open_link(desk.table, token, Purpose.PASSWORD, NOW + dt.timedelta(hours=1))


def test_sending_a_password_link_twice_does_not_revive_a_used_one(desk: Desk) -> None:
    key = forgotten_password(desk)
    desk.post.then = die
    with pytest.raises(CrashError):
        deliver(desk.office, key)
    _revive(desk)
    token = token_in(body(desk))
    used = Changes()
    used.delete(link_key(token))
    used.commit()
    desk.wait(minutes=5)
    deliver(desk.office, key)
    assert token_in(body(desk)) == token
    with pytest.raises(DeadLinkError):
        open_link(desk.table, token, Purpose.PASSWORD, NOW)
