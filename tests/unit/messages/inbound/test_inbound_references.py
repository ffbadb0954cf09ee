"""Replies, exclusions and duplicates (EML-004, EML-006, EML-007; complaints 2 to 5)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palier.messages.inbound.dedup import dedup_key
from palier.messages.inbound.exclusions import ExclusionKind, ExclusionRule, excluded_by
from palier.messages.inbound.model import InboundMail
from palier.messages.inbound.references import ReplyTag, reply_reference
from tests.unit.messages.inbound.mails import OWN, mail, read, read_sample, sample

TAG = "ticket+42.K7f3-q9x2_m4@tickets.palier.example"


def believing(tag: ReplyTag) -> bool:
    return tag.signature.startswith("K7")


def doubting(tag: ReplyTag) -> bool:
    del tag
    return False


def test_signed_reply_address_is_found_wherever_it_stands() -> None:
    for header in (f"Cc: {TAG}", f"Delivered-To: {TAG}", f"Received: from a by b for {TAG}; Mon, 3 Mar 2025"):
        found = reply_reference(mail(header), OWN, believing)
        assert found.genuine == (ReplyTag(42, "K7f3-q9x2_m4", TAG),)
        assert found.doubtful == ()


def test_tag_that_does_not_verify_is_only_doubtful() -> None:
    """Complaint 5: whoever quotes a number must not enter the ticket."""
    found = reply_reference(mail(f"Cc: {TAG}"), OWN, doubting)
    assert found.genuine == ()
    assert [tag.number for tag in found.doubtful] == [42]


@pytest.mark.parametrize(
    "address",
    [
        "ticket+42.abcd1234@ailleurs.example",
        "ticket+42@tickets.palier.example",
        "ticket+x.abcd1234@tickets.palier.example",
        "ticket+42.ab/cd1234@tickets.palier.example",
        "billet+42.abcd1234@tickets.palier.example",
        "ticket+1234567890123.abcd1234@tickets.palier.example",
    ],
)
def test_address_that_is_not_ours_or_not_a_tag_is_nothing(address: str) -> None:
    assert reply_reference(mail(f"Cc: {address}"), OWN, believing).is_empty


def test_subject_number_is_a_hint() -> None:
    assert reply_reference(mail("Subject: Re: TR: [#1234] Fuite [Palier #77]"), OWN, doubting).subject_numbers == (
        1234,
        77,
    )
    assert reply_reference(mail("Subject: facture #1234 [lot 12]"), OWN, doubting).subject_numbers == ()


def test_every_id_is_returned_nearest_first_and_ours_are_marked() -> None:
    found = reply_reference(mail("In-Reply-To: <c@x>", "References: <a@x> <b@palier.example> <c@x>"), OWN, doubting)
    assert found.message_ids == ("c@x", "b@palier.example", "a@x")
    assert found.own_message_ids == ("b@palier.example",)


def test_bounce_points_to_the_message_that_bounced() -> None:
    found = reply_reference(read_sample("bounce-dsn"), OWN, doubting)
    assert found.message_ids[0] == "m-1042-9@palier.example"


def rule(kind: ExclusionKind, value: str) -> ExclusionRule:
    return ExclusionRule(kind, value)


@pytest.mark.parametrize(
    ("excluding", "applies"),
    [
        (rule(ExclusionKind.SENDER, " LEA@Courriel.example"), True),
        (rule(ExclusionKind.SENDER, "ea@courriel.example"), False),
        (rule(ExclusionKind.DOMAIN, "courriel.example"), True),
        (rule(ExclusionKind.DOMAIN, "@example"), True),
        (rule(ExclusionKind.DOMAIN, "riel.example"), False),
        (rule(ExclusionKind.DOMAIN, ""), False),
        (rule(ExclusionKind.SUBJECT_WORDS, "relevé ETE"), True),
        (rule(ExclusionKind.SUBJECT_WORDS, "été hiver"), False),
        (rule(ExclusionKind.SUBJECT_WORDS, "rele"), False),
        (rule(ExclusionKind.SUBJECT_WORDS, " "), False),
    ],
)
def test_exclusion_rule_applies_or_not(excluding: ExclusionRule, applies: bool) -> None:
    found = excluded_by(mail("Subject: Relevé d'été"), [excluding])
    assert found == (excluding if applies else None)


def key(raw: bytes, mailbox: str = "demo@tickets.palier.example") -> str:
    return dedup_key(mailbox, read(raw), raw)


def test_same_mail_delivered_twice_has_one_key() -> None:
    raw = sample("plain-utf8")
    assert key(raw) == key(b"Received: from c by d; Tue, 4 Mar 2025\r\n" + raw)
    assert key(raw) == key(raw.replace(b"\r\n", b"\n") + b"\n")
    assert key(raw) == key(raw, "DEMO@tickets.palier.example ")


def test_one_mail_to_two_agencies_has_two_keys() -> None:
    raw = sample("plain-utf8")  # complaint 3
    assert key(raw) != key(raw, "autre@tickets.palier.example")


def test_borrowed_message_id_does_not_hide_another_mail() -> None:
    raw = sample("plain-utf8")
    assert key(raw) != key(raw.replace(b"Bonjour", b"Bonsoir"))


def test_thanks_from_two_people_without_ids_are_two_mails() -> None:
    assert key(b"From: a@x.example\n\nMerci") != key(b"From: b@x.example\n\nMerci")


@settings(deadline=None)
@given(st.binary(max_size=200), st.text(max_size=30))
def test_any_bytes_have_a_key(raw: bytes, mailbox: str) -> None:
    assert len(dedup_key(mailbox, InboundMail(), raw)) == 64
