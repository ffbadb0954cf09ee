"""The product's table as the bench writes to it: in bulk, past the transactions, with rows that the product makes.

Loading ten thousand tickets through the commands would measure nothing but the loading.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from infra.local.settings import REGION, ROOT_KEY, ROOT_SECRET
from palier.aws.changes import Changes
from palier.aws.item import Item
from palier.aws.keys import Key
from palier.aws.table import Row, Table, to_item
from palier.kernel.errors import PalierError


@contextmanager
def opened(aws_url: str, name: str) -> Iterator[Table]:
    """Open a table of the local cloud with root's keys; the environment of this process points there meanwhile."""
    before = dict(os.environ)
    os.environ |= environment(aws_url) | {"TABLE_NAME": name}
    try:
        yield Table(name)
    finally:
        Item._connection = None  # noqa: SLF001 - pynamodb keeps one for each process
        os.environ.clear()
        os.environ.update(before)


def environment(aws_url: str) -> dict[str, str]:
    """Return what makes the SDK of any process talk to the local cloud."""
    return {
        "AWS_ENDPOINT_URL": aws_url,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": ROOT_KEY,
        "AWS_SECRET_ACCESS_KEY": ROOT_SECRET,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": "*",
    }


def write_all(rows: Iterable[Row]) -> None:
    """Write rows whatever was there, 25 a request."""
    with Item.batch_write() as batch:
        for row in rows:
            batch.save(to_item(row))


class Gathered(Changes):
    """Collects the rows that a transaction would write, the last version of each."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[Key, Row] = {}

    def create(self, row: Row, otherwise: PalierError | None = None) -> None:
        del otherwise
        self.rows[row.key] = row

    def replace(self, row: Row, otherwise: PalierError | None = None) -> None:
        del otherwise
        self.rows[row.key] = row

    def put(self, row: Row) -> None:
        self.rows[row.key] = row

    def delete(self, key: Key, version: int | None = None) -> None:
        del version
        self.rows.pop(key, None)
