"""The moved clock: real time plus an offset kept in one small file, which only grows.

The functions read the same file (see `runtime/sitecustomize.py`). Knows nothing of schedules.
"""

from __future__ import annotations

import os
import re
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}


class ClockError(ValueError):
    """The asked time cannot be used; the message says why."""


class BackwardsError(ClockError):
    """The local clock only moves forward: what has happened has happened."""


class MovedClock:
    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self.offset = float(file.read_text("ascii")) if file.exists() else 0.0

    def now(self) -> float:
        return time.time() + self.offset

    def reach(self, instant: float) -> None:
        """Move so that now is at least `instant`; never backwards."""
        with self._lock:
            if instant > self.now():
                self._write(instant - time.time())

    def _write(self, offset: float) -> None:
        draft = self._file.with_suffix(".tmp")
        with draft.open("w", encoding="ascii") as file:
            file.write(repr(offset))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._file)
        self.offset = offset


def seconds_in(text: str) -> float:
    """`3d`, `2h`, `15m`, `30s`, `1w`, or several: `1d 12h`."""
    parts = re.findall(r"(\d+(?:\.\d+)?)\s*([smhdw])", text)
    if not parts or re.sub(r"(\d+(?:\.\d+)?)\s*[smhdw]|\s", "", text):
        raise ClockError(f"{text!r} is not a duration such as 3d, 2h, 15m")
    return sum(float(number) * _UNITS[unit] for number, unit in parts)


def instant_of(text: str) -> float:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ClockError(f"{text!r} is not an instant such as 2027-06-14T21:59:50Z") from error
    if moment.tzinfo is None:
        raise ClockError(f"{text!r} names no zone: end it with Z")
    return moment.timestamp()


def iso(instant: float) -> str:
    return datetime.fromtimestamp(instant, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
