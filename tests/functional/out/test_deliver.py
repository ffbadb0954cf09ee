"""Sending one message of the outbox, on a real table (PLT-006, NTF-004)."""

import datetime as dt

import msgspec
import pytest

from palier.aws.keys import Key
from palier.kernel.errors import NotFoundError
from palier.messages import reply_address
from palier.messages.deliver import deliver
from palier.messages.links import DeadLinkError, Purpose, link_key, open_link
from palier.messages.model import Channel, Delivery, OutMessage
from palier.messages.outbox import message_row
from palier.tickets.model import Attachment
from tests.functional.out.scene import KEYS, ORDER_MAIL, ORDER_SMS, SECRET, Desk, token_in, write
from tests.unit.messages.out.letters import DRAFT, NOW, ORDER


def test_a_message_leaves_once_and_says_so(desk: Desk, key: Key) -> None:
    desk.wait(seconds=3)
    assert deliver(desk.office, key).verdict == "sent"
    told = desk.message(key)
    assert (told.state, told.provider_id, told.attempts) == (Delivery.SENT, "ses-1", 1)
    assert told.sent_at == NOW + dt.timedelta(seconds=3)
    assert told.subject.startswith("[#1] ")
    assert key not in desk.due()


def test_a_clock_that_runs_behind_does_not_keep_a_new_message_waiting(desk: Desk, key: Key) -> None:
    desk.wait(seconds=-2)
    assert deliver(desk.office, key).verdict == "sent"


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
    token = token_in(desk.text())
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
    assert token_in(text) == token_in(desk.text())
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
    assert "plan.pdf" in desk.text()


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


def test_a_password_link_opens_the_form_of_its_person_until_it_ends(desk: Desk) -> None:
    deliver(desk.office, desk.forgotten_password())
    token = token_in(desk.text())
    assert open_link(desk.table, token, Purpose.PASSWORD, NOW).party == "lea"
    with pytest.raises(DeadLinkError):
        open_link(desk.table, token, Purpose.PASSWORD, NOW + dt.timedelta(hours=1))
