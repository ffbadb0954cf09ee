"""Copies items from a table restored beside the live one back into it (infra/runbook.md, “Put data back”).

Only what is missing is written, unless ``--overwrite`` is given. The stream then does its usual work: messages that
were still waiting leave, timers get their schedules again. Reads the whole side table: never the live one.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import boto3

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Item = Mapping[str, Any]


def belongs(item: Item, agency: str | None) -> bool:
    """Tell whether an item is one agency's; every item is, when none is named."""
    return agency is None or str(item["pk"]["S"]).startswith(f"{agency}#")


def items_of(client: "DynamoDBClient", table: str) -> Iterator[Item]:
    """Yield every item of a table."""
    for page in client.get_paginator("scan").paginate(TableName=table, ConsistentRead=True):
        yield from page["Items"]


def put_back(client: "DynamoDBClient", items: Iterable[Item], table: str, *, overwrite: bool) -> tuple[int, int]:
    """Write items into a table; returns how many were written and how many were there already."""
    written = present = 0
    for item in items:
        try:
            _put(client, table, item, overwrite=overwrite)
            written += 1
        except client.exceptions.ConditionalCheckFailedException:
            present += 1
    return written, present


def _put(client: "DynamoDBClient", table: str, item: Item, *, overwrite: bool) -> None:
    if overwrite:
        client.put_item(TableName=table, Item=item)
    else:
        client.put_item(TableName=table, Item=item, ConditionExpression="attribute_not_exists(pk)")


def main() -> int:
    """Copy, and count."""
    parser = argparse.ArgumentParser(prog="python -m infra.tools.restore", description=__doc__)
    parser.add_argument("source", help="the table that was restored, e.g. palier-prod-restored")
    parser.add_argument("target", help="the live table, e.g. palier-prod")
    parser.add_argument("--agency", help="only the items of this agency")
    parser.add_argument("--overwrite", action="store_true", help="also replace items that exist")
    arguments = parser.parse_args()
    if arguments.source == arguments.target:
        parser.error("source and target are the same table")
    client = boto3.client("dynamodb")
    items = (item for item in items_of(client, arguments.source) if belongs(item, arguments.agency))
    written, present = put_back(client, items, arguments.target, overwrite=arguments.overwrite)
    print(f"{written} items written, {present} were there already")
    return 0


if __name__ == "__main__":
    sys.exit(main())
