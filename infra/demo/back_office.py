"""Plays LSC: sends the files to the back-office API in batches, and keeps the initial passwords that come back."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from palier.publication.model import Collection

DATA = Path(__file__).parent / "data"
_A_BATCH = 100
Record = dict[str, Any]
Say = Callable[[str], None]
Post = Callable[[str, Record], Record]


class RefusedError(Exception):
    """The API refused a line of the demonstration: one of the two is wrong."""


def records_of(collection: Collection) -> list[Record]:
    """Return the records of one file."""
    found: list[Record] = json.loads((DATA / f"{collection}.json").read_text("utf-8"))
    return found


def publish(post: Post, say: Say) -> dict[str, Record]:
    """Send everything, in the order of the collections; return the line reports that hold a login, by record id."""
    logins: dict[str, Record] = {}
    for collection in Collection:
        reports = [report for batch in _batches(collection) for report in _send(post, collection, batch)]
        logins |= {report["id"]: report for report in reports if "login" in report}
        say(f"  {len(reports)} {collection}")
    return logins


def _batches(collection: Collection) -> Iterator[list[Record]]:
    every = records_of(collection)
    yield from (every[start : start + _A_BATCH] for start in range(0, len(every), _A_BATCH))


def _send(post: Post, collection: Collection, batch: list[Record]) -> list[Record]:
    reports: list[Record] = post(f"/api/v1/{collection}", {"lines": batch})["lines"]
    refused = [report for report in reports if report["outcome"] == "refused"]
    if refused:
        raise RefusedError(f"{collection}: {refused[0]}")
    return reports
