"""The time, as an argument. Instants are aware datetimes in UTC; only people see local times."""

import datetime as dt
import time
from typing import Protocol
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


class Clock(Protocol):
    """Tells the current instant (UTC)."""

    def now(self) -> dt.datetime:
        """Return the current instant in UTC."""
        ...


class SystemClock:
    """The machine's clock. Reads ``time.time()`` and nothing else, to the microsecond."""

    def now(self) -> dt.datetime:
        """Return the current instant in UTC."""
        return dt.datetime.fromtimestamp(time.time(), dt.UTC)


class FixedClock:
    """A clock that stands still until it is moved: for tests and simulations."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def now(self) -> dt.datetime:
        """Return the instant it was set to."""
        return self.at


def iso(instant: dt.datetime) -> str:
    """Write an instant as UTC ISO-8601 with ``Z`` and microseconds: sorts as it reads."""
    return instant.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_iso(text: str) -> dt.datetime:
    """Read what :func:`iso` wrote."""
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC)
