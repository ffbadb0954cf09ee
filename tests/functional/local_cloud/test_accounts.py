"""The bare emulator: accounts that see nothing of each other, and the strictness that storage tests rely on."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from infra.local.testing import aws_client
from tests.functional.conftest import AwsAccount

KEYS = {
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "BillingMode": "PAY_PER_REQUEST",
}


def test_an_account_does_not_see_another(aws_account: AwsAccount) -> None:
    aws_account.client("dynamodb").create_table(TableName="notes", **KEYS)
    assert aws_account.client("dynamodb").list_tables()["TableNames"] == ["notes"]
    other = aws_client("dynamodb", aws_account.url, "999999999999")
    assert other.list_tables()["TableNames"] == []


def test_empty_keys_are_refused(aws_account: AwsAccount) -> None:
    table = aws_account.client("dynamodb")
    table.create_table(TableName="notes", **KEYS)
    with pytest.raises(ClientError, match="empty string"):
        table.put_item(TableName="notes", Item={"pk": {"S": ""}})


def test_unknown_keys_are_refused(aws_account: AwsAccount) -> None:
    with pytest.raises(ClientError, match="UnrecognizedClient"):
        aws_client("dynamodb", aws_account.url, "AKIAUNKNOWN").list_tables()
