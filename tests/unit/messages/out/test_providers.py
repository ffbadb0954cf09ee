"""What the providers' answers mean: never again, or later."""

from collections.abc import Iterator

import boto3
import pytest
from botocore.exceptions import ReadTimeoutError
from botocore.stub import Stubber

from palier.aws import mail, sms
from palier.aws.mail import SendLaterError, SendRefusedError
from palier.aws.mail import refusal as meaning


@pytest.fixture
def ses(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    yield from _stubbed(monkeypatch, "ses", mail)


@pytest.fixture
def sns(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    yield from _stubbed(monkeypatch, "sns", sms)


def _stubbed(monkeypatch: pytest.MonkeyPatch, service: str, module: object) -> Iterator[Stubber]:
    monkeypatch.setenv("CONFIGURATION_SET", "palier-test")
    made = boto3.session.Session("key", "secret", region_name="eu-west-3")
    client = made.client(service)  # type: ignore[call-overload]
    monkeypatch.setattr(module, "_client", lambda: client)
    with Stubber(client) as stubber:
        yield stubber


def send() -> str:
    return mail.send_mail("agence@mail.example", "lea@client.example", b"From: x\r\n\r\n", "TAG_-1")


def test_a_mail_goes_to_its_one_addressee_with_its_tag(ses: Stubber) -> None:
    """Destinations win over the headers: nobody is added by a header."""
    expected = {
        "Source": "agence@mail.example",
        "Destinations": ["lea@client.example"],
        "RawMessage": {"Data": b"From: x\r\n\r\n"},
        "ConfigurationSetName": "palier-test",
        "Tags": [{"Name": "palier", "Value": "TAG_-1"}],
    }
    ses.add_response("send_raw_email", {"MessageId": "m-1"}, expected)
    assert send() == "m-1"


@pytest.mark.parametrize("code", ["MessageRejected", "InvalidParameterValue"])
def test_what_the_provider_will_never_take_is_refused(ses: Stubber, code: str) -> None:
    ses.add_client_error("send_raw_email", code)
    with pytest.raises(SendRefusedError) as refused:
        send()
    assert refused.value.detail == code


@pytest.mark.parametrize(
    "code", ["Throttling", "ServiceUnavailable", "AccessDenied", "AccountSendingPausedException", "SomethingNew"]
)
def test_what_may_pass_is_for_later(ses: Stubber, code: str) -> None:
    """A mistake in the installation too: it is repaired and nothing was lost."""
    ses.add_client_error("send_raw_email", code)
    with pytest.raises(SendLaterError):
        send()


def test_a_time_out_is_for_later() -> None:
    assert isinstance(meaning(ReadTimeoutError(endpoint_url="https://ses.example")), SendLaterError)


def test_an_sms_goes_to_a_number_never_to_a_topic(sns: Stubber) -> None:
    expected = {
        "PhoneNumber": "+33639980011",
        "Message": "Bonjour",
        "MessageAttributes": {"AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}},
    }
    sns.add_response("publish", {"MessageId": "s-1"}, expected)
    assert sms.send_sms("+33639980011", "Bonjour") == "s-1"


def test_who_asked_for_no_sms_gets_none(sns: Stubber) -> None:
    sns.add_client_error("publish", "OptedOut")
    with pytest.raises(SendRefusedError):
        sms.send_sms("+33639980011", "Bonjour")
