"""A table and a post office for each test, in an account that no other test sees."""

from collections.abc import Iterator

import boto3
import pytest

from infra.local.storage import make_table
from palier.aws import mail, secrets, sms
from palier.aws.item import Item
from palier.aws.keys import Key
from palier.aws.table import Table
from palier.documents import store as documents
from tests.functional.conftest import AwsAccount
from tests.functional.out.scene import ORDER_MAIL, Desk

SETTINGS = {
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_DEFAULT_REGION": "eu-west-3",
    "AWS_REGION": "eu-west-3",
    "TABLE_NAME": "out-test",
    "FILES_BUCKET": "out-test-files",
    "PUBLIC_URL": "https://palier.example",
    "MAIL_DOMAIN": "mail.example",
    "INBOUND_DOMAIN": "in.example",
    "CONFIGURATION_SET": "palier-test",
    "POWERTOOLS_LOG_LEVEL": "CRITICAL",
    "LINK_SECRET_ARN": "",
}


@pytest.fixture
def account(aws_account: AwsAccount, monkeypatch: pytest.MonkeyPatch) -> Iterator[AwsAccount]:
    """The environment of a worker, pointing at an empty account."""
    where = {"AWS_ENDPOINT_URL": aws_account.url, "AWS_ACCESS_KEY_ID": aws_account.number}
    for name, value in {**SETTINGS, **where}.items():
        monkeypatch.setenv(name, value)
    _forget_clients()
    yield aws_account
    _forget_clients()


@pytest.fixture
def table(account: AwsAccount) -> Table:
    """The one table."""
    make_table(account.client("dynamodb"), "out-test")
    return Table("out-test")


@pytest.fixture
def desk(table: Table) -> Desk:
    """An agency, its post office, and a clock that stands still."""
    return Desk(table)


@pytest.fixture
def key(desk: Desk) -> Key:
    """The mail that asks a supplier for an intervention."""
    return desk.outbox(desk.order())[ORDER_MAIL]


def _forget_clients() -> None:
    Item._connection = None
    boto3.DEFAULT_SESSION = None  # it keeps the first account's keys
    for cached in (mail._client, sms._client, secrets._client, secrets.secret, secrets.secrets, documents._client):
        cached.cache_clear()
