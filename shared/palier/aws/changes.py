"""One request's whole work, in one TransactWriteItems: all of it happens, or nothing does (PLT-005).

Each change carries the error to raise when its condition fails, so that a lost race, a form sent twice and a name
already taken are told apart.
"""

import random
import secrets
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from palier.aws.item import Item, shared_connection
from palier.aws.keys import Key
from palier.aws.table import Row, to_item
from palier.kernel.errors import ConflictError, PalierError

_MOST = 100
_TRIES = 5
_TRANSIENT = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})

_CHECK, _DELETE, _PUT = range(3)  # pynamodb sends them in this order, and DynamoDB's reasons come back by position


class TooManyChangesError(PalierError):
    """More changes than one DynamoDB transaction takes."""

    code = "TOO_MANY_CHANGES"


class BusyError(PalierError):
    """The table kept refusing for load or contention: nothing was written, try again."""

    code = "BUSY"


class _Step(NamedTuple):
    rank: int
    add: Callable[[TransactWrite], None]
    otherwise: PalierError


class Changes:
    """Collects changes, then commits them as one. Use once."""

    def __init__(self, wait: Callable[[float], None] = time.sleep) -> None:
        self._steps: list[_Step] = []
        self._wait = wait

    def __len__(self) -> int:
        return len(self._steps)

    def create(self, row: Row, otherwise: PalierError | None = None) -> None:
        """Write a row that must not exist yet."""
        item = to_item(row)
        self._add(_PUT, lambda write: write.save(item, condition=Item.pk.does_not_exist()), otherwise)

    def replace(self, row: Row, otherwise: PalierError | None = None) -> None:
        """Write the next version of a row that was read: refused when somebody wrote it since."""
        item = to_item(row)
        unchanged = (Item.v == row.version) if row.version else Item.pk.does_not_exist()
        self._add(_PUT, lambda write: write.save(item, condition=unchanged), otherwise)

    def put(self, row: Row) -> None:
        """Write a row whatever was there (only for rows with one writer or the same content)."""
        item = to_item(row)
        self._add(_PUT, lambda write: write.save(item), None)

    def delete(self, key: Key, version: int | None = None) -> None:
        """Remove a row; with ``version``, only if nobody wrote it since."""
        item = Item(key.pk, key.sk)
        unchanged = None if version is None else Item.v == version
        self._add(_DELETE, lambda write: write.delete(item, condition=unchanged), None)

    def require(self, row: Row, otherwise: PalierError | None = None) -> None:
        """Refuse everything when this row was written since it was read."""
        key, unchanged = row.key, Item.v == row.version
        self._add(_CHECK, lambda write: write.condition_check(Item, key.pk, key.sk, condition=unchanged), otherwise)

    def commit(self) -> None:
        """Write it all. Raises the error of the first failed condition, or :class:`BusyError`; then nothing changed."""
        if len(self._steps) > _MOST:
            raise TooManyChangesError(str(len(self._steps)))
        for attempt in range(_TRIES):
            reasons = self._try()
            if reasons is None:
                return
            self._raise_refusal(reasons)
            self._wait(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 - spreads retries, guards nothing
        raise BusyError

    def _add(self, rank: int, add: Callable[[TransactWrite], None], otherwise: PalierError | None) -> None:
        self._steps.append(_Step(rank, add, otherwise or ConflictError()))
        self._steps.sort(key=lambda step: step.rank)

    def _try(self) -> list[Any] | None:
        token = secrets.token_hex(16)  # lets the SDK repeat a request whose answer was lost
        try:
            with TransactWrite(connection=shared_connection(), client_request_token=token) as write:
                for step in self._steps:
                    step.add(write)
        except TransactWriteError as refused:
            if not refused.cancellation_reasons:
                raise
            return list(refused.cancellation_reasons)
        return None

    def _raise_refusal(self, reasons: list[Any]) -> None:
        failed = [reason.code if reason else None for reason in reasons]
        for code, step in zip(failed, self._steps, strict=True):
            if code == "ConditionalCheckFailed":
                raise step.otherwise
        unknown = [code for code in failed if code and code != "None" and code not in _TRANSIENT]
        if unknown:
            raise RuntimeError(f"transaction refused: {unknown}")
