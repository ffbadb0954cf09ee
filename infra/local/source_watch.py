"""Edited code counts from the next request on: watches the sources, and says when one has changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

PERIOD = 0.7


def watch(folders: Iterable[Path], changed: Callable[[], None], stopped: threading.Event) -> None:
    """Until `stopped`; polls, since a few hundred files cost a few milliseconds and need no library."""
    sources = list(folders)
    known = _stamps(sources)
    while not stopped.wait(PERIOD):
        current = _stamps(sources)
        if current != known:
            known = current
            changed()


def _stamps(folders: list[Path]) -> dict[Path, int]:
    stamps = {}
    for folder in folders:
        for path in folder.rglob("*"):
            if path.suffix not in {".pyc", ".tmp"} and path.is_file():
                stamps[path] = path.stat().st_mtime_ns
    return stamps
