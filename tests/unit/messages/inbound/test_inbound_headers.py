"""Headers, encoded words, parameters, addresses, dates and ids, in the forms that real mail has."""

from datetime import UTC, datetime
from email.header import Header

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palier.messages.inbound.addresses import parse_addresses
from palier.messages.inbound.dates import parse_date
from palier.messages.inbound.encoded_words import decode_words
from palier.messages.inbound.findings import Findings
from palier.messages.inbound.message_ids import parse_message_ids
from palier.messages.inbound.model import Defect
from palier.messages.inbound.parameters import parse_content_type, parse_disposition
from tests.unit.messages.inbound.mails import mail, read


def subject(raw: bytes) -> str:
    return read(b"Subject: " + raw + b"\n\nx").subject


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b"=?utf-8?Q?Fuite_d=27eau?=", "Fuite d'eau"),
        (b"=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=", "café"),  # a letter cut between two words
        (b"=?UTF-8?B?Y2Fmw6k?=", "café"),  # padding forgotten
        (b"=?UTF-8?B?Y2Fmw6k=?==?UTF-8?B?IGNyw6htZQ==?=", "café crème"),  # no blank between words
        (b"=?UTF-8?B?Y2Fmw6kgY3?= =?UTF-8?B?LDqG1l?=", "café crème"),  # base64 cut inside a quantum
        (b"=?utf-8?Q?un caf\xc3\xa9 ?=", "un café"),  # blanks and raw bytes inside a word
        (b"=?utf-8?Q?Urgent_=3F?=", "Urgent ?"),
        (b"=?utf-8?Q?vraiment ?=20?=", "vraiment ?"),  # a bare question mark before an escape
        (b"=?utf-8?Q?sans_fin", "sans fin"),
        (b'"=?utf-8?Q?entre_guillemets?="', '"entre guillemets"'),
        (b"=?x-inconnu?Q?caf=E9?=", "café"),
        (b"=?iso-8859-1?Q?caf=C3=A9?=", "café"),  # UTF-8 under a Latin-1 label
        (b"=?utf-8?Q?caf=E9?=", "café"),  # and the other way round
        (b"=?utf-8?Q?=3D=3Futf-8=3FQ=3Fcaf=3DC3=3DA9=3F=3D?=", "café"),  # encoded twice
        (b"caf\xc3\xa9", "café"),
        (b"caf\xe9", "café"),
        (b"=?utf-8*fr?Q?caf=C3=A9?=", "café"),
        (b"sur\r\n deux\r\n\tlignes", "sur deux lignes"),
        (b"a\x00b\x07c", "abc"),
        ("invers\u202eé\u200b".encode(), "inversé"),
        (b"prix = ?", "prix = ?"),
    ],
)
def test_subject_is_what_the_sender_meant(written: bytes, meant: str) -> None:
    assert subject(written) == meant


def test_subject_is_cut_at_200_characters() -> None:
    assert len(subject(b"m" * 5_000)) == 200


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=60))
def test_any_text_survives_encoding_by_the_standard_library(text: str) -> None:
    decoded = decode_words(Header(text, "utf-8", maxlinelen=75).encode(), Findings())
    assert decoded.split() == text.split()


def test_badly_folded_line_belongs_to_its_field() -> None:
    found = read("Subject: un sujet\nrompu en deux\nFrom: a@b.example\n\ntexte")
    assert found.subject == "un sujet rompu en deux"
    assert found.text == "texte"
    assert Defect.MALFORMED_HEADER in found.defects


def test_body_without_its_empty_line_is_not_swallowed() -> None:
    found = read("Subject: sujet\nBonjour,\nla porte est cassée\n\nMerci")
    assert found.subject == "sujet"
    assert found.text == "Bonjour,\nla porte est cassée\n\nMerci"


@pytest.mark.parametrize("prefix", ["\n\r\n", "\ufeff", "From lea@b.example Mon Mar  3 10:00:00 2025\n", ">From x\n"])
def test_what_stands_before_the_headers_is_passed_over(prefix: str) -> None:
    assert read(prefix + "Subject: sujet\n\ntexte").subject == "sujet"


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("lea@b.example", "", "lea@b.example"),
        ("<lea@B.EXAMPLE>", "", "lea@b.example"),
        ('"Mercier, Léa" <lea@b.example>', "Mercier, Léa", "lea@b.example"),
        ("Mercier, Léa <lea@b.example>", "Mercier, Léa", "lea@b.example"),
        ('"Léa <lea@b.example>', "Léa", "lea@b.example"),
        ("lea@b.example (Léa Mercier)", "Léa Mercier", "lea@b.example"),
        ("=?utf-8?Q?L=C3=A9a?= <lea@b.example>", "Léa", "lea@b.example"),
        ("'lea@b.example' <lea@b.example>", "lea@b.example", "lea@b.example"),
        ("Agence: lea@b.example;", "", "lea@b.example"),
        ("=?utf-8?Q?L=C3=A9a_=3Clea=40b.example=3E?=", "Léa", "lea@b.example"),
        ("Léa <mailto:lea@b.example>", "Léa", "lea@b.example"),
        ("Léa lea@b.example", "Léa", "lea@b.example"),
        ("<<lea@b.example>>", "", "lea@b.example"),
    ],
)
def test_address_is_found_however_it_is_written(written: str, name: str, address: str) -> None:
    found = parse_addresses(written.encode(), 10, Findings())
    assert [(one.name, one.address) for one in found] == [(name, address)]


def test_list_of_addresses_keeps_order_and_drops_doubles() -> None:
    found = parse_addresses(b"A <a@x.example>; b@x.example, A@x.example, undisclosed-recipients:;", 10, Findings())
    assert [one.address for one in found] == ["a@x.example", "b@x.example"]


def test_sender_field_stands_in_for_a_missing_from() -> None:
    assert read("Sender: lea@b.example\n\nx").from_ is not None
    assert Defect.MISSING_FROM in read("Subject: x\n\nx").defects


def test_envelope_recipients_come_before_visible_ones() -> None:
    found = mail(
        "Received: from a by b with SMTP id 1\n for ticket+7.abcd1234@tickets.palier.example; Mon, 3 Mar 2025",
        "Delivered-To: demo@tickets.palier.example",
        "Cc: Bob <bob@x.example>",
    )
    assert found.recipients == (
        "ticket+7.abcd1234@tickets.palier.example",
        "demo@tickets.palier.example",
        "bob@x.example",
    )


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("attachment; filename=devis.pdf", "devis.pdf"),
        ("attachment; filename=Devis de mars.pdf", "Devis de mars.pdf"),
        ('attachment; filename="a\\"b;c.pdf"', 'a"b;c.pdf'),
        ("attachment; filename*=UTF-8''caf%C3%A9.pdf", "café.pdf"),
        ("attachment; filename*0=a; filename*1=b.pdf", "ab.pdf"),
        ("attachment; filename*1*=%A9.pdf; filename*0*=utf-8''caf%C3", "café.pdf"),
        ("attachment; filename*=caf%C3%A9.pdf", "café.pdf"),
        ('attachment; filename="=?utf-8?Q?caf=C3=A9.pdf?="', "café.pdf"),
        ('attachment; filename="sans fin.pdf', "sans fin.pdf"),
        ("filename=seul.pdf", "seul.pdf"),
    ],
)
def test_file_name_is_read_however_it_is_written(written: str, name: str) -> None:
    assert parse_disposition(written.encode(), Findings()).get("filename") == name


@pytest.mark.parametrize(
    ("written", "value", "charset"),
    [
        ("text/plain; charset=utf-8", "text/plain", "utf-8"),
        ("TEXT/HTML;CHARSET='iso-8859-1'", "text/html", "'iso-8859-1'"),
        ('text/plain charset="utf-8"', "text/plain", "utf-8"),
        ("text/plain;;; charset = utf-8 ;", "text/plain", "utf-8"),
        ("text", "", ""),
        ("", "", ""),
    ],
)
def test_content_type_is_read_however_it_is_written(written: str, value: str, charset: str) -> None:
    found = parse_content_type(written.encode(), Findings())
    assert (found.value, found.get("charset")) == (value, charset)


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("Mon, 3 Mar 2025 10:00:00 +0100", 9),
        ("3 Mar 25 10:00 +0100", 9),
        ("lun., 3 mars 2025 10:00:00 +0100", 9),
        ("lundi 3 mars 2025 à 10:00", 10),
        ("Mon Mar  3 10:00:00 2025", 10),
        ("Mon, 03 Mar 2025 10:00:00 CET", 9),
        ("Mon, 3-Mar-2025 10:00:00 -0000", 10),
        ("2025-03-03T10:00:00Z", 10),
        ("2025-03-03 10:00:00 +02:00", 8),
    ],
)
def test_date_is_read_however_it_is_written(written: str, hour: int) -> None:
    assert parse_date(written) == datetime(2025, 3, 3, hour, tzinfo=UTC)


@pytest.mark.parametrize("written", ["", "hier", "99 Mar 2025 10:00:00", "3 Foo 2025 10:00", "3 Mar 0000 10:00 +9999"])
def test_absurd_date_is_no_date(written: str) -> None:
    assert parse_date(written) is None


def test_missing_date_is_the_last_server_s() -> None:
    found = mail("Received: from a by b; Mon, 3 Mar 2025 10:00:00 +0000")
    assert found.sent_at == datetime(2025, 3, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        (b"<a@x> <b@y>\t<a@x>", ("a@x", "b@y")),
        (b"a@x.example", ("a@x.example",)),
        (b"Votre message du <lundi> <a@x>", ("lundi", "a@x")),
        (b"", ()),
        (b"<>", ()),
    ],
)
def test_every_id_of_a_reference_is_kept(written: bytes, ids: tuple[str, ...]) -> None:
    """Complaint 4: threading must work when the root was never seen."""
    assert parse_message_ids(written, 10) == ids


def test_endless_references_keep_the_root_and_the_nearest() -> None:
    written = b" ".join(b"<%d@x>" % number for number in range(50))
    assert parse_message_ids(written, 4) == ("0@x", "47@x", "48@x", "49@x")
