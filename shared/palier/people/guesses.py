"""Counting wrong guesses in the table (AUT-033): the rule is ``throttling.py``.

Every wrong guess writes the counters it read, and a right one its login's. So a thousand guesses at a login at once are
one guess and 999 lost races, which read again and find the wait.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys, Key
from palier.aws.table import Row
from palier.kernel.errors import TooManyAttemptsError
from palier.people.logins import comparable
from palier.people.store import decode, failures_key, make_row
from palier.people.throttling import (
    MEMORY,
    PER_ADDRESS,
    PER_LOGIN,
    PER_RESET,
    Failures,
    Limit,
    one_more,
    seconds_to_wait,
)


class Counter(NamedTuple):
    """One thing that guesses are counted for."""

    key: Key
    limit: Limit


def sign_in_counters(keys: AgencyKeys, login: str, address: str) -> tuple[Counter, Counter]:
    """Return the counters of a sign-in: of the typed login, and of the source address."""
    return (
        Counter(failures_key(keys, "login", comparable(login)), PER_LOGIN),
        Counter(failures_key(keys, "address", address), PER_ADDRESS),
    )


def reset_counters(keys: AgencyKeys, login: str, address: str) -> tuple[Counter, Counter]:
    """Return the counters of asking for a reset mail."""
    return (
        Counter(failures_key(keys, "reset", comparable(login)), PER_RESET),
        Counter(failures_key(keys, "reset-address", address), PER_ADDRESS),
    )


class Guess:
    """One guess: refused unseen while there is a wait, else to be written as right or wrong."""

    def __init__(self, counters: Sequence[Counter], rows: Mapping[Key, Row], now: dt.datetime) -> None:
        self._counters = counters
        self._rows = rows
        self._now = now
        self._refuse_during_wait()

    def add_wrong(self, changes: Changes) -> None:
        """Count the guess as failed everywhere."""
        for counter in self._counters:
            self._write(changes, counter.key, one_more(self._read(counter.key), self._now))

    def add_right(self, changes: Changes) -> None:
        """Forget the failures of this login; those of the address stay, or one own account would clear them.

        The address is not written: a whole office that signs in at nine must not queue behind one counter.
        """
        login, _ = self._counters
        self._write(changes, login.key, Failures(0, self._now))

    def _refuse_during_wait(self) -> None:
        waits = (seconds_to_wait(self._read(key), limit, self._now) for key, limit in self._counters)
        longest = max(waits)
        if longest:
            raise TooManyAttemptsError(longest)

    def _read(self, key: Key) -> Failures | None:
        row = self._rows.get(key)
        return None if row is None else decode(row, Failures)

    def _write(self, changes: Changes, key: Key, failures: Failures) -> None:
        row = self._rows.get(key)
        version = 0 if row is None else row.version
        changes.replace(make_row(key, "FAILURES", failures, version=version, until=self._now + 2 * MEMORY))
