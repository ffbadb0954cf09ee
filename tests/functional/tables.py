"""The product's table, empty, in an account that no other test sees: the fixture ``table`` of ``conftest.py``."""

from collections.abc import Iterator
from typing import Any

import pytest

from palier.aws.item import INDEXES, Item
from palier.aws.table import Table

NAME = "palier-test"


def make_table(client: Any, name: str = NAME) -> None:
    """Create the table with every index, as the template does."""
    parts = ["pk", "sk", *(f"{prefix}{part}" for prefix in INDEXES.values() for part in ("pk", "sk"))]
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": part, "AttributeType": "S"} for part in parts],
        KeySchema=_schema("pk", "sk"),
        GlobalSecondaryIndexes=[
            {
                "IndexName": index,
                "KeySchema": _schema(f"{prefix}pk", f"{prefix}sk"),
                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["card", "kind"]},
            }
            for index, prefix in INDEXES.items()
        ],
    )


def _schema(hash_key: str, range_key: str) -> list[dict[str, str]]:
    return [{"AttributeName": hash_key, "KeyType": "HASH"}, {"AttributeName": range_key, "KeyType": "RANGE"}]


def empty_table(account: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    """Yield a table of the account, with the environment pointing there."""
    environment = {
        "AWS_ENDPOINT_URL": account.url,
        "AWS_ACCESS_KEY_ID": account.number,
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": "eu-west-3",
        "AWS_REGION": "eu-west-3",
        "TABLE_NAME": NAME,
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    make_table(account.client("dynamodb"))
    yield Table(NAME)
    Item._connection = None
