"""The clouds that functional tests stand on, each started once per session.

`cloud` is everything, deployed from the real template: tests isolate themselves by making an agency of their own.
`aws_account` is an empty account of a bare emulator: for tests of storage that need no function.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from infra.local.settings import REPOSITORY
from infra.local.testing import LocalCloud, aws_client, start_local_cloud
from palier.aws.table import Table
from tests.functional.tables import empty_table

_accounts = itertools.count(100_000_000_001)


@dataclass(frozen=True)
class AwsAccount:
    """An account that no other test sees."""

    number: str
    url: str

    def client(self, service: str) -> Any:
        return aws_client(service, self.url, self.number)


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    running = start_local_cloud(REPOSITORY / "template.yaml", tmp_path_factory.mktemp("cloud"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def ministack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    """The bare emulator: no stack, nothing kept on disk."""
    running = start_local_cloud(None, tmp_path_factory.mktemp("ministack"), durable=False)
    yield running
    running.stop()


@pytest.fixture
def aws_account(ministack: LocalCloud) -> AwsAccount:
    return AwsAccount(str(next(_accounts)), ministack.aws_url)


@pytest.fixture
def table(aws_account: AwsAccount, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    """The product's table, empty, alone in its account."""
    yield from empty_table(aws_account, monkeypatch)
