"""The product's table, empty, in an account that no other test sees: the fixture ``table`` of ``conftest.py``."""

from collections.abc import Iterator
from typing import Any

import pytest

from infra.local.storage import make_table
from palier.aws.item import Item
from palier.aws.table import Table

NAME = "palier-test"


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
    make_table(account.client("dynamodb"), NAME)
    yield Table(NAME)
    Item._connection = None
