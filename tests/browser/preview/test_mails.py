"""Every mail and SMS the product can write now, with everything known and with next to nothing known (section 39)."""

import re
from html import unescape

import pytest

from palier.messages.render import NoSmsError, render_mail, render_sms
from palier.messages.sms_length import sms_length
from tests.browser.preview.checks import Outline
from tests.browser.preview.samples.mails import BARE, FULL, KEYS

STAFF_ONLY = {
    "stf.third_party_action",
    "stf.request_chased",
    "stf.new_request",
    "stf.new_message",
    "cli.password_reset",
    "cli.request_answered",
    "eml.ack",
}
every_key = pytest.mark.parametrize("key", KEYS)


VALUES = (
    "Plomberie Marchetti",
    "8 rue des Acacias",
    "B1204",
    "Rechercher la fuite & réparer.",
    "Clé chez le gardien.",
    "Y a-t-il un <parking> ?",
    "https://tilleuls.palier.example/i/",
    "aide/intervenants",
    "2 sur 3",
    "01 99 00 12 14",
    "nora.belkacem@",
    "06 39 98 04 10",
    "Loge de 8 h",
    "entre 9 h et 11 h",
    "plan.pdf",
    "SCI Les Glycines",
    "rappeler le numéro",
    "60\u00a0minutes",
    "Mme Camille Fontenelle",
    "mentions-legales",
)


@every_key
def test_text_and_html_of_a_mail_say_the_same(key: str) -> None:
    mail = render_mail(key, FULL)
    html = unescape(mail.html.split("<body")[1])
    assert [value in mail.text for value in VALUES] == [value in html for value in VALUES]


@every_key
def test_mail_is_readable_by_everybody(key: str) -> None:
    """law.md §12: one heading, a language, no picture needed, tables declared as layout, links that say where."""
    html = render_mail(key, FULL).html
    page = Outline(html)
    assert len(page.h1) == 1
    assert '<html lang="fr">' in html
    assert "<img" not in html
    assert html.count("<table") == html.count('role="presentation"')
    assert len(html) < 20_000


@every_key
@pytest.mark.parametrize("view", [FULL, BARE], ids=["full", "bare"])
def test_mail_never_shows_an_empty_block(key: str, view: object) -> None:
    mail = render_mail(key, view)  # type: ignore[arg-type]
    assert not re.search(r"None|\(\)|\[\]| ,|,,|\.\.(?!\.)", mail.text)
    assert not re.search(r"<h2[^>]*></h2>|<li></li>|<strong></strong>", mail.html)
    assert mail.subject


def test_what_people_type_is_escaped_in_html_only() -> None:
    mail = render_mail("msg.third_party", FULL)
    assert "un &lt;parking&gt;" in mail.html
    assert "un <parking>" in mail.text


def test_urgent_is_large_only_in_the_first_request() -> None:
    """TCK-021."""
    assert "URGENT</p>" in render_mail("sup.ods_request", FULL).html
    assert "URGENT" not in render_mail("sup.ods_reminder", FULL).html


@pytest.mark.parametrize("key", [key for key in KEYS if key not in STAFF_ONLY])
def test_sms_is_one_segment_when_dates_are_not_in_it(key: str) -> None:
    """law.md §10: a letter outside GSM-7 would halve the room."""
    count = sms_length(render_sms(key, FULL))
    assert count.segments <= (
        2
        if key
        in {"ntf.intervention_accepted", "ntf.appointment_changed", "sup.intervention_reminder", "con.contact_warned"}
        else 1
    )


@pytest.mark.parametrize("key", sorted(STAFF_ONLY))
def test_mail_only_messages_have_no_sms(key: str) -> None:
    with pytest.raises(NoSmsError):
        render_sms(key, FULL)
