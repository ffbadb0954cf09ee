"""The workers' real app.py on the emulator: SES, SNS, Secrets Manager, S3 and the table."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from palier.aws.secrets import secret, secrets
from palier.aws.table import Table
from palier.messages.model import Channel, Delivery
from palier.tickets import facts
from palier.tickets.commands import act
from palier.tickets.store import JOB, Tickets
from tests.functional.conftest import AwsAccount
from tests.functional.out.functions import CONTEXT, load_function
from tests.functional.out.scene import KEYS, Desk
from tests.unit.messages.out.letters import AGENCY, PHOTO, moment

EVENTS = Path(__file__).parents[3] / "events"


def event(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text("utf-8"))
    return read


@pytest.fixture
def desk(table: Table, account: AwsAccount, monkeypatch: pytest.MonkeyPatch) -> Desk:
    s3 = account.client("s3")
    bucket = f"files-{account.number}"  # bucket names are the world's
    monkeypatch.setenv("FILES_BUCKET", bucket)
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-3"})
    s3.put_object(Bucket=bucket, Key=PHOTO.key, Body=b"\xff\xd8photo")
    made = account.client("secretsmanager").create_secret(Name="links", SecretString="s" * 64)
    monkeypatch.setenv("LINK_SECRET_ARN", made["ARN"])
    account.client("ses").verify_domain_identity(Domain="mail.example")
    return Desk(table)


def test_deliver_sends_through_ses_and_marks_the_row(desk: Desk) -> None:
    desk.order()
    key = KEYS.key("TICKET", 1, sk="OUT#000001#00")
    answer = load_function("deliver").handler(event("deliver/one_message"), CONTEXT)
    assert answer == {"batchItemFailures": []}
    told = desk.message(key)
    assert told.state is Delivery.SENT
    assert told.provider_id


def test_deliver_sends_an_sms_through_sns(desk: Desk) -> None:
    key = desk.outbox(desk.order())[("sup.ods_request", Channel.SMS)]
    texts = event("deliver/one_message")
    texts["Records"][0]["body"] = json.dumps({"pk": key.pk, "sk": key.sk})
    load_function("deliver").handler(texts, CONTEXT)
    assert desk.message(key).state is Delivery.SENT


def test_one_broken_record_does_not_hold_the_others_back(desk: Desk) -> None:
    desk.order()
    batch = event("deliver/one_message")
    batch["Records"].append({**batch["Records"][0], "messageId": "broken", "body": "{"})
    answer = load_function("deliver").handler(batch, CONTEXT)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "broken"}]}
    assert desk.message(KEYS.key("TICKET", 1, sk="OUT#000001#00")).state is Delivery.SENT


def test_documents_makes_the_summary_of_a_closed_ticket_once(desk: Desk, account: AwsAccount) -> None:
    """OUT-001."""
    ticket = desk.order()
    store = Tickets(desk.table, AGENCY.id)
    act(store, ticket.number, lambda _: facts.TicketClosed("Merci."), moment())
    function = load_function("documents")
    assert function.handler(event("documents/summary"), CONTEXT) == {"batchItemFailures": []}
    (job,) = store.file(ticket.number).jobs
    assert job.key == "files/demo/documents/1/resume.pdf"
    assert job.made_at is not None
    stored = account.client("s3").get_object(Bucket=f"files-{account.number}", Key=job.key)
    assert stored["ContentType"] == "application/pdf"
    assert "Merci." in PdfReader(io.BytesIO(stored["Body"].read())).pages[0].extract_text()
    due = desk.table.query_index("due", KEYS.pk("DUE"), limit=100).rows
    assert [row for row in due if row.kind == JOB] == []
    function.handler(event("documents/summary"), CONTEXT)
    assert store.file(ticket.number).jobs == (job,)


def test_what_was_signed_before_a_rotation_still_counts(desk: Desk, account: AwsAccount) -> None:
    del desk
    assert secrets("LINK_SECRET_ARN") == (b"s" * 64,)
    account.client("secretsmanager").put_secret_value(SecretId="links", SecretString="t" * 64)
    secret.cache_clear()
    secrets.cache_clear()
    assert secrets("LINK_SECRET_ARN") == (b"t" * 64, b"s" * 64)
