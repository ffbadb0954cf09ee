"""The product's table made by hand, for tests and measurements that need no stack: keys and indexes of the template."""

from typing import Any

from palier.aws.item import INDEXES


def make_table(client: Any, name: str) -> None:
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
