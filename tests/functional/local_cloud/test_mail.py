"""Mail out lands in the mailbox whole, mail in reaches the function that the template names."""

from __future__ import annotations

import smtplib
from email import message_from_string
from email.message import EmailMessage
from email.policy import SMTP

import httpx
import pytest

from infra.local.testing import LocalCloud
from tests.functional.local_cloud.stack import invoke, notes


def _letter(to: str, subject: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["From"], message["To"], message["Subject"] = "Agence <agence@agence.example>", to, subject
    message["Reply-To"] = "reponse@in.palier.example"
    message["Message-ID"] = "<ours@agence.example>"
    message.set_content("Bonjour,\nvoyez https://palier.example/l/abc.\n")
    message.add_alternative('<p>Bonjour é <a href="https://palier.example/l/abc">voir</a></p>', subtype="html")
    message.add_attachment(b"%PDF-1.7 \x00", maintype="application", subtype="pdf", filename="récapitulatif.pdf")
    return message


def test_an_email_is_in_the_mailbox_with_headers_links_and_attachments(small_cloud: LocalCloud) -> None:
    to = "Mme Durand <durand@copro.example>"
    message = _letter(to, "Votre demande n° 12 : l’ascenseur")
    event = {"source": "agence@agence.example", "to": ["durand@copro.example"], "raw": message.as_string()}
    identifier = invoke(small_cloud, "SenderFunction", event)["id"]
    newest = small_cloud.outbox()[0]
    assert (newest["kind"], newest["to"]) == ("email", "durand@copro.example")
    assert newest["subject"] == "Votre demande n° 12 : l’ascenseur"
    assert newest["text"] == "Bonjour,\nvoyez https://palier.example/l/abc.\n".replace("\n", "\r\n")
    assert "Bonjour é" in newest["html"]
    assert newest["links"] == ["https://palier.example/l/abc"]
    headers = dict(newest["headers"])
    assert headers["Reply-To"] == "reponse@in.palier.example"
    assert headers["Message-ID"] == f"<{identifier}@eu-west-3.amazonses.com>"
    [attachment] = newest["attachments"]
    assert (attachment["name"], attachment["type"], attachment["size"]) == ("récapitulatif.pdf", "application/pdf", 10)
    assert httpx.get(attachment["url"]).content == b"%PDF-1.7 \x00"


def test_an_sms_is_in_the_mailbox(small_cloud: LocalCloud) -> None:
    invoke(small_cloud, "SenderFunction", {"number": "+33639980001", "text": "Votre code : 123456 é"})
    newest = small_cloud.outbox()[0]
    assert (newest["kind"], newest["to"], newest["text"]) == ("sms", "+33639980001", "Votre code : 123456 é")


def test_mail_from_an_unverified_domain_is_refused_as_by_ses(small_cloud: LocalCloud) -> None:
    event = {"source": "x@autre.example", "to": ["a@b.example"], "raw": "From: x@autre.example\n\nBonjour"}
    with pytest.raises(AssertionError, match="not verified"):
        invoke(small_cloud, "SenderFunction", event)


def test_the_pages_show_a_message_without_running_it(small_cloud: LocalCloud) -> None:
    raw = "From: agence@agence.example\nSubject: <b>x</b>\nContent-Type: text/html\n\n<script>alert(1)</script>"
    event = {"source": "agence@agence.example", "to": ["a@b.example"], "raw": raw}
    invoke(small_cloud, "SenderFunction", event)
    address = f"{small_cloud.people_url}/_local/mail/{small_cloud.outbox()[0]['id']}"
    shown, framed = httpx.get(address), httpx.get(f"{address}/html")
    assert "&lt;b&gt;x&lt;/b&gt;" in shown.text
    assert "<script>" not in shown.text
    assert "sandbox" in framed.headers["content-security-policy"]
    assert "allow-scripts" not in framed.headers["content-security-policy"]


def test_a_message_sent_by_smtp_reaches_the_function_as_from_ses(small_cloud: LocalCloud) -> None:
    raw = b"From: locataire@mail.example\r\nTo: demo@in.palier.example\r\nSubject: Fuite\r\n\r\nDe l'eau \xc3\xa9.\r\n"
    small_cloud.send_mail(raw)
    small_cloud.settle()
    received = message_from_string(notes(small_cloud, "mail")[-1]["raw"])
    assert received["Subject"] == "Fuite"
    assert received["Return-Path"] == "<locataire@mail.example>"
    assert "for demo@in.palier.example;" in received["Received"]
    assert received["X-SES-Spam-Verdict"] == "PASS"
    assert notes(small_cloud, "mail")[-1]["raw"].endswith("De l'eau é.\r\n")


def test_a_message_posted_takes_the_same_path(small_cloud: LocalCloud) -> None:
    raw = b"From: a@mail.example\nTo: demo@in.palier.example\nSubject: Poste\n\nBonjour"
    answer = httpx.post(f"{small_cloud.people_url}/_local/inbound-mail", content=raw)
    assert answer.status_code == 202
    small_cloud.settle()
    assert any(note["name"] == answer.json()["key"] for note in notes(small_cloud, "mail"))


def test_mail_for_another_domain_is_refused(small_cloud: LocalCloud) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        small_cloud.send_mail(b"From: a@b.example\nTo: x@ailleurs.example\n\nBonjour")
    assert refusal.value.recipients["x@ailleurs.example"][0] == 550


def test_another_site_cannot_post_here(small_cloud: LocalCloud) -> None:
    headers = {"Origin": "https://ailleurs.example"}
    for path in ("inbound-mail", "clock"):
        answer = httpx.post(f"{small_cloud.people_url}/_local/{path}", content=b"", headers=headers)
        assert answer.status_code == 403
