"""MiniStack's modules, imported in one place, and the account and region that it acts for."""

# ruff: noqa: SLF001 - see the package's docstring

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

OK = 200
Key = tuple[str, str, str]  # account, region, name: how MiniStack scopes what it keeps


class EmulatorError(Exception):
    """The emulator could not do what the local cloud needs of it."""


class Modules:
    """Untyped, as they are: whoever uses them takes out typed values."""

    def __init__(self, data_dir: Path) -> None:
        self.app = _module("app")
        self.persistence = _module("core.persistence")
        self.runtime = _module("core.lambda_runtime")
        self.wake = _module("core.concurrency").esm_wake
        self.provisioners = _module("services.cloudformation.provisioners")
        self._responses = _module("core.responses")
        self.dynamodb = self._service("dynamodb")
        self.eventbridge = self._service("eventbridge")
        self.functions = self._service("lambda_svc")
        self.s3 = self._service("s3")
        self.scheduler = self._service("scheduler")
        self.ses = self._service("ses")
        self.sns = self._service("sns")
        self.sqs = self._service("sqs")
        self.functions.CODE_BLOB_DIR = str(data_dir / "lambda-blobs")  # must not follow the epoch's folder
        self.sqs.DEFAULT_PORT = "4566"  # a queue's URL is its name: it must not change with our port

    def place(self) -> tuple[str, str]:
        """The account and region of the request under way."""
        return self._responses.get_account_id(), self._responses.get_region()

    @contextlib.contextmanager
    def acting_for(self, account: str, region: str) -> Iterator[None]:
        before = self.place()
        self._set_place(account, region)
        try:
            yield
        finally:
            self._set_place(*before)

    def _set_place(self, account: str, region: str) -> None:
        self._responses.set_request_account_id(account)
        self._responses.set_request_region(region)

    def _service(self, name: str) -> Any:
        return self.app._get_module(name)


def copy_of(module: ModuleType, **changed: object) -> ModuleType:
    """A module as one other module sees it, with a few names replaced."""
    copy = ModuleType(module.__name__)
    copy.__dict__.update(module.__dict__)
    copy.__dict__.update(changed)
    return copy


def _module(name: str) -> Any:
    return importlib.import_module(f"ministack.{name}")
