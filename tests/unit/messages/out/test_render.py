"""What mails and SMS look like once written (TPL-004, TCK-021, SLF-001, SLF-002)."""

import email
import email.policy
import re
from email.message import EmailMessage

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.messages.compose import compose
from palier.messages.compose_letter import Letter
from palier.messages.model import Channel
from palier.messages.render import NoSmsError, Written, render_mail, render_sms
from palier.messages.render_mime import Enclosure, Envelope, mime
from palier.messages.sms_length import sms_length
from palier.tickets import facts
from palier.tickets.table import ROWS
from tests.unit.messages.out.letters import CLIENT, DRAFT, NOW, accepted, letter, letter_to, order, then

LINK, SITE = "https://palier.example/i/demo.AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIIIJJJJKKK", "https://palier.example"
TELLS = {tell.template: tell for row in ROWS for tell in row.tell}
KEYS = sorted({*TELLS, "stf.third_party_action"})
SMS_KEYS = sorted(key for key, tell in TELLS.items() if tell.sms)
URGENT = msgspec.structs.replace(DRAFT, urgent=True)


def mail(of: Letter, link: str = LINK) -> Written:
    return render_mail(of.key, compose(of, link, SITE))


def envelope(**changed: str) -> Envelope:
    usual = Envelope(
        "Agence de l’Exemple", "agence@mail.example", "Léa Modèle", "lea@client.example",
        "ticket+12.demo-aaaaaaaaaaaaaaaa@in.example", "<id@mail.example>", "<thread@mail.example>", "abc", NOW,
    )  # fmt: skip
    return msgspec.structs.replace(usual, **changed)


def parsed(message: EmailMessage) -> EmailMessage:
    again = email.message_from_bytes(message.as_bytes(), policy=email.policy.default)
    assert isinstance(again, EmailMessage)
    return again


@pytest.mark.parametrize("key", KEYS)
def test_every_key_of_the_table_can_be_written(key: str) -> None:
    written = mail(letter_to(accepted(), key))
    assert written.subject.startswith("[#1234] ")
    assert "Agence de l’Exemple" in written.html
    assert "Agence de l’Exemple" in written.text
    for part in written.subject, written.text, written.html:
        assert "{{" not in part
        assert "None" not in part


@pytest.mark.parametrize("key", [key for key in KEYS if key.startswith("sup.") and "cancelled" not in key])
def test_what_a_supplier_gets_ends_with_his_link_in_both_parts(key: str) -> None:
    written = mail(letter_to(accepted(), key))
    assert f'href="{LINK}"' in written.html
    assert f"\n{LINK}\n" in written.text


def test_urgent_is_large_and_red_in_the_first_mail_and_in_the_sms() -> None:
    """TCK-021."""
    first = letter(order(URGENT), "sup.ods_request")
    sms = letter(order(URGENT), "sup.ods_request", channel=Channel.SMS)
    assert re.search(r"background:#a2271c[^>]*>URGENT<", mail(first).html)
    assert "*** URGENT ***" in mail(first).text
    assert render_sms(sms.key, compose(sms, LINK, SITE)).startswith("URGENT")
    assert "URGENT" not in mail(letter(order(), "sup.ods_request")).html


@pytest.mark.parametrize("key", SMS_KEYS)
def test_an_sms_is_short_and_holds_its_link(key: str) -> None:
    of = letter_to(accepted(), key)
    link = LINK if of.to_supplier else ""
    text = render_sms(key, compose(of, link, SITE))
    assert link in text
    assert "\n" not in text
    assert sms_length(text.replace(link, "").strip()).segments == 1
    assert sms_length(text).segments <= (2 if link else 1)


def test_a_mail_for_the_staff_is_never_an_sms() -> None:
    with pytest.raises(NoSmsError):
        render_sms("stf.new_request", compose(letter_to(order(), "stf.new_request"), LINK, SITE))


def test_what_people_type_never_becomes_markup() -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7 * 7 }} & \"'"
    draft = msgspec.structs.replace(DRAFT, subject=nasty, description=nasty)
    said = then(order(draft).ticket, facts.MessageWritten(nasty), CLIENT)
    for of in letter(order(draft), "sup.ods_request"), letter(said, "stf.new_message"):
        written = mail(of)
        assert "<script>" not in written.html
        assert "<img" not in written.html
        assert "{{ 7 * 7 }}" in written.html


def test_a_chased_request_says_who_chases() -> None:
    """REQ-007."""
    chasing = msgspec.structs.replace(
        order(), entry=msgspec.structs.replace(order().entry, by=CLIENT, what=facts.RequestChased())
    )
    assert "Léa Modèle attend toujours une réponse" in mail(letter_to(chasing, "stf.request_chased")).text


def test_nothing_in_a_mail_is_loaded_from_elsewhere() -> None:
    html = mail(letter(order(), "sup.ods_request")).html
    assert not re.search(r"<(img|script|link|iframe)|url\(|src=", html)


def test_robots_are_told_not_to_answer() -> None:
    """peers.md §2 no. 1."""
    sent = mime(envelope(), Written("Sujet", "Texte\n", "<p>Texte</p>"))
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["X-Auto-Response-Suppress"] == "All"
    assert sent["Reply-To"] == "ticket+12.demo-aaaaaaaaaaaaaaaa@in.example"
    assert sent["From"] == "Agence de l’Exemple <agence@mail.example>"
    assert sent["X-Palier-Message"] == "abc"


def test_both_parts_and_the_enclosures_survive_the_road_in_seven_bits() -> None:
    written = Written("Œuvre « urgente » : 12 €", "Été à l’œil – 12 €\n", "<p>Été à l’œil – 12 €</p>")
    raw = mime(envelope(), written, (Enclosure("fuite d’eau – été.jpg", "image/jpeg", b"\xff\xd8\x00"),)).as_bytes()
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert read["Subject"] == written.subject
    plain, html = read.get_body(("plain",)), read.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().strip() == written.text.strip()
    assert html.get_content().strip() == written.html
    enclosure = next(iter(read.iter_attachments()))
    assert enclosure.get_filename() == "fuite d’eau – été.jpg"
    assert enclosure.get_content() == b"\xff\xd8\x00"


NAMES = st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=60)


@given(NAMES, NAMES, NAMES)
def test_no_name_can_add_a_header(sender: str, addressee: str, subject: str) -> None:
    hostile = envelope(sender_name=sender, addressee_name=addressee + "\r\nBcc: x@evil.example")
    read = parsed(mime(hostile, Written(subject + "\r\nBcc: y@evil.example", "t\n", "<p>t</p>")))
    assert read["Bcc"] is None
    assert [one.addr_spec for one in read["To"].addresses] == ["lea@client.example"]
    assert [one.addr_spec for one in read["From"].addresses] == ["agence@mail.example"]


def test_an_enclosure_of_a_dangerous_type_is_plain_octets() -> None:
    read = parsed(mime(envelope(), Written("s", "t\n", "<p>t</p>"), (Enclosure("m.eml", "message/rfc822", b"x"),)))
    assert next(iter(read.iter_attachments())).get_content_type() == "application/octet-stream"
