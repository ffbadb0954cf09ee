"""Which mails may become requests and which may be answered (EML-004, EML-008; complaint 1: bounce loops)."""

import pytest

from palier.messages.inbound.classify import Classification, MailClass, Reason, classify
from palier.messages.inbound.model import InboundMail
from palier.messages.inbound.parse import parse_mail
from tests.unit.messages.inbound.mails import OWN, mail, read

TAGGED = "Received: from a by b for ticket+7.abcd1234@tickets.palier.example; Mon, 3 Mar 2025 10:00:00 +0000"


def judged(found: InboundMail) -> tuple[MailClass, Reason]:
    result = classify(found, OWN)
    return result.kind, result.reason


def test_person_s_mail_is_a_request_and_may_be_answered() -> None:
    assert classify(mail("Subject: Fuite"), OWN) == Classification(MailClass.REQUEST, Reason.PERSON, may_answer=True)


@pytest.mark.parametrize(
    ("headers", "kind", "reason"),
    [
        (("Return-Path: <>",), MailClass.BOUNCE, Reason.NULL_RETURN_PATH),
        (("Return-Path: <>", "Auto-Submitted: auto-replied"), MailClass.AUTO_REPLY, Reason.AUTO_SUBMITTED),
        (("Return-Path: <>", "Subject: Réponse automatique : x"), MailClass.AUTO_REPLY, Reason.AUTOREPLY_SUBJECT),
        (("Auto-Submitted: auto-generated (x)",), MailClass.AUTO_REPLY, Reason.AUTO_SUBMITTED),
        (("X-Autoreply: yes",), MailClass.AUTO_REPLY, Reason.AUTOREPLY_HEADER),
        (("Precedence: auto_reply",), MailClass.AUTO_REPLY, Reason.AUTOREPLY_PRECEDENCE),
        (("X-Failed-Recipients: a@b.example",), MailClass.BOUNCE, Reason.FAILED_RECIPIENTS),
        (("Precedence: junk",), MailClass.BULK, Reason.BULK_PRECEDENCE),
        (("List-Unsubscribe: <https://x.example>",), MailClass.BULK, Reason.NEWSLETTER),
        (("X-Mailjet-Campaign: 7",), MailClass.BULK, Reason.NEWSLETTER),
        (("X-SES-Virus-Verdict: FAIL",), MailClass.QUARANTINE, Reason.VIRUS),
        (("X-SES-Spam-Verdict: PASS", "X-SES-Spam-Verdict: FAIL"), MailClass.QUARANTINE, Reason.SPAM),
        (
            ("Content-Type: multipart/report; report-type=feedback-report; boundary=x",),
            MailClass.BOUNCE,
            Reason.COMPLAINT_REPORT,
        ),
    ],
)
def test_machine_s_mail_is_no_request_and_is_never_answered(
    headers: tuple[str, ...], kind: MailClass, reason: Reason
) -> None:
    assert classify(mail(*headers), OWN) == Classification(kind, reason, may_answer=False)


@pytest.mark.parametrize(
    "subject",
    [
        "Réponse automatique : [Palier #7] Devis",
        "Automatic reply: Devis",
        "Re: Out of office Devis",
        "Absence du bureau",
        "Message d'absence Re: Devis",
        "Absent du bureau",
        "[Auto-Reply] Devis",
    ],
)
def test_vacation_subject_is_an_auto_reply(subject: str) -> None:
    assert judged(mail(f"Subject: {subject}")) == (MailClass.AUTO_REPLY, Reason.AUTOREPLY_SUBJECT)


@pytest.mark.parametrize(
    "subject",
    [
        "Absence de chauffage",
        "Absence d'eau chaude depuis hier",
        "Portail automatique en panne",
        "Réponse à votre devis",
        "Porte automatique bloquée",
        "Bureau du syndic : absent",
        "Automatisme du portail",
    ],
)
def test_request_about_an_absence_or_an_automatic_door_is_a_request(subject: str) -> None:
    assert judged(mail(f"Subject: {subject}")) == (MailClass.REQUEST, Reason.PERSON)


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: no",
        "X-MS-Exchange-Inbox-Rules-Loop: lea@b.example",
        "X-Autoreply: no",
        "Precedence: normal",
        "Return-Path: <a@b.example>",
    ],
)
def test_header_that_says_no_is_no_machine(header: str) -> None:
    assert judged(mail(header)) == (MailClass.REQUEST, Reason.PERSON)


def test_mail_that_asks_for_silence_is_a_request_without_answer() -> None:
    """Exchange rules and other help desks set it on mail that people wrote."""
    found = classify(mail("X-Auto-Response-Suppress: DR, OOF, AutoReply"), OWN)
    assert found == Classification(MailClass.REQUEST, Reason.ASKED_FOR_SILENCE, may_answer=False)


def test_own_mail_come_back_is_known_even_when_ses_changed_its_id() -> None:
    own_sender = "demo@palier.example"
    assert judged(mail("Auto-Submitted: auto-generated", sender=own_sender)) == (MailClass.OWN, Reason.OWN_SENDER)
    assert judged(read("From: x@y.example\nMessage-ID: <1@palier.example>\n\nx")) == (
        MailClass.OWN,
        Reason.OWN_MESSAGE_ID,
    )
    assert judged(mail(sender="ticket+7.abcd1234@tickets.palier.example")) == (MailClass.OWN, Reason.OWN_SENDER)


def test_colleague_writing_from_the_agency_s_domain_is_a_person() -> None:
    assert judged(mail(sender="julie@agence-demo.example")) == (MailClass.REQUEST, Reason.PERSON)


def test_mail_through_the_agency_s_own_group_is_a_request_without_answer() -> None:
    headers = (
        "List-Id: <contact.agence-demo.example>",
        "List-Post: <mailto:contact@agence-demo.example>",
        "Precedence: list",
    )
    found = read("\n".join(("From: lea@b.example", "To: contact@autre.example", *headers)) + "\n\nFuite")
    assert classify(found, OWN) == Classification(MailClass.REQUEST, Reason.THROUGH_A_GROUP, may_answer=False)


def test_stranger_s_mailing_list_is_bulk_unless_it_names_us() -> None:
    headers = ("List-Id: <amis.liste.example>", "List-Post: <mailto:amis@liste.example>")
    hidden = read("\n".join(("From: lea@b.example", "To: amis@liste.example", *headers)) + "\n\nx")
    assert judged(hidden) == (MailClass.BULK, Reason.MAILING_LIST)
    assert judged(mail(*headers)) == (MailClass.REQUEST, Reason.THROUGH_A_GROUP)


def test_supplier_s_campaign_system_answering_our_reply_address_is_not_lost() -> None:
    found = classify(mail("List-Unsubscribe: <https://x.example>", TAGGED), OWN)
    assert found == Classification(MailClass.REQUEST, Reason.BULK_BUT_REPLY, may_answer=False)


def test_auto_reply_to_our_reply_address_stays_an_auto_reply() -> None:
    assert judged(mail("Auto-Submitted: auto-replied", TAGGED)) == (MailClass.AUTO_REPLY, Reason.AUTO_SUBMITTED)


def test_no_reply_sender_is_heard_but_not_answered() -> None:
    assert classify(mail(sender="ne-pas-repondre@x.example"), OWN).reason is Reason.NO_REPLY_SENDER
    assert not classify(mail(sender="no-reply@x.example"), OWN).may_answer


def test_unreadable_mail_still_becomes_a_request() -> None:
    """Complaint 6: what cannot be read must not disappear."""
    assert classify(parse_mail(b"\x00\xff" * 50), OWN).kind is MailClass.REQUEST
