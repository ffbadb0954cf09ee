"""A table of its own for each test, on whatever DynamoDB answers locally."""

import os
import secrets
from collections.abc import Iterator

import boto3
import pytest

from palier.aws.table import Item, Table

_INDEXES = {"open_list": "g1", "by_manager": "g2", "by_place": "g3", "by_person": "g4", "due": "due"}


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    account = str(secrets.randbelow(10**12)).zfill(12)
    for name, value in {
        "AWS_ENDPOINT_URL": os.environ.get("AWS_ENDPOINT_URL", "http://127.0.0.1:4599"),
        "AWS_ACCESS_KEY_ID": account,
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": "eu-west-3",
        "AWS_REGION": "eu-west-3",
        "TABLE_NAME": "people-test",
    }.items():
        monkeypatch.setenv(name, value)
    _create()
    yield Table("people-test")
    Item._connection = None


def _create() -> None:
    names = ["pk", "sk", *(f"{prefix}{part}" for prefix in _INDEXES.values() for part in ("pk", "sk"))]
    boto3.session.Session().client("dynamodb").create_table(
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
