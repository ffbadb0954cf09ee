"""A table of its own for each test, in an account that no other test sees."""

from collections.abc import Iterator
from typing import Any

import pytest

from palier.aws.table import Item, Table
from palier.people import hashing
from tests.functional.conftest import AwsAccount

_INDEXES = {"open_list": "g1", "by_manager": "g2", "by_place": "g3", "by_person": "g4", "due": "due"}


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the unit tests pay for real ones."""
    monkeypatch.setattr(hashing, "_MEMORY_KIB", 64)
    monkeypatch.setattr(hashing, "_ROUNDS", 1)
    monkeypatch.setattr(hashing, "NOBODYS_HASH", hashing.hash_password("nobody"))


@pytest.fixture
def table(aws_account: AwsAccount, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    for name, value in {
        "AWS_ENDPOINT_URL": aws_account.url,
        "AWS_ACCESS_KEY_ID": aws_account.number,
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": "eu-west-3",
        "AWS_REGION": "eu-west-3",
        "TABLE_NAME": "people-test",
    }.items():
        monkeypatch.setenv(name, value)
    _create(aws_account.client("dynamodb"))
    yield Table("people-test")
    Item._connection = None


def _create(dynamodb: Any) -> None:
    names = ["pk", "sk", *(f"{prefix}{part}" for prefix in _INDEXES.values() for part in ("pk", "sk"))]
    dynamodb.create_table(
        TableName="people-test",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in names],
        KeySchema=_schema("pk", "sk"),
        GlobalSecondaryIndexes=[
            {
                "IndexName": index,
                "KeySchema": _schema(f"{prefix}pk", f"{prefix}sk"),
                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["card", "kind"]},
            }
            for index, prefix in _INDEXES.items()
        ],
    )


def _schema(hash_key: str, range_key: str) -> list[dict[str, str]]:
    return [{"AttributeName": hash_key, "KeyType": "HASH"}, {"AttributeName": range_key, "KeyType": "RANGE"}]
