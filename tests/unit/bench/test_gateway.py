"""Events and mails that the bench makes."""

import base64
from email import message_from_bytes
from email.policy import default

import pytest

from infra.bench.gateway import FORM, Ask, form, proxy_event
from infra.bench.mails import mail
from palier.messages.inbound.parse import parse_mail
from palier.web.request import read_request


def test_the_product_reads_the_form_of_an_event() -> None:
    ask = Ask("POST", "/gestion/tickets/{number}/lu", {"number": "7"}, body=form({"text": "Fuite à l’évier"}))
    request = read_request(proxy_event(ask))
    assert (request.method, request.path, request.field("text")) == ("POST", "/gestion/tickets/7/lu", "Fuite à l’évier")


def test_a_page_is_asked_without_a_body() -> None:
    event = proxy_event(Ask("GET", "/demandes", query={"suite": "x"}))
    assert (event["body"], event["isBase64Encoded"]) == (None, False)
    assert read_request(event).query == {"suite": "x"}


def test_a_body_travels_as_base64_with_its_type() -> None:
    event = proxy_event(Ask("POST", "/x", body=b"a=1"))
    assert base64.b64decode(event["body"]) == b"a=1"
    assert event["headers"]["Content-Type"] == FORM


@pytest.mark.parametrize("size", [20_000, 100_000, 5_000_000])
def test_a_mail_has_about_the_wanted_size(size: int) -> None:
    assert len(mail("a@clients.example", "b@in.palier.example", 1, size)) == pytest.approx(size, rel=0.05)


def test_the_product_reads_the_mail_with_its_photo() -> None:
    read = parse_mail(mail("a@clients.example", "b@in.palier.example", 1, 20_000))
    assert "fuite sous l’évier" in read.text
    assert [file.name for file in read.attachments] == ["IMG_2041.jpeg"]


def test_two_mails_are_two_messages_and_the_same_rank_is_the_same_mail() -> None:
    first, second, again = (mail("a@x.example", "b@x.example", rank) for rank in (1, 2, 1))
    ids = [message_from_bytes(raw, policy=default)["Message-ID"] for raw in (first, second, again)]
    assert ids[0] != ids[1]
    assert first == again
