"""Plays LSC: sends the files to the back-office API in batches, over HTTP, with the agency's key."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from palier.publication.model import Collection

DATA = Path(__file__).parent / "data"
_A_BATCH = 100
_PATIENCE = 60
Record = dict[str, Any]
Say = Callable[[str], None]
Logins = dict[str, tuple[str, str]]
Post = Callable[[str, Record], Record]


class RefusedError(Exception):
    """The API refused a line of the demonstration: one of the two is wrong."""


class Api:
    """The back-office API of one agency."""

    def __init__(self, site: str, key: str) -> None:
        self._site = site
        self._headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def post(self, path: str, body: Record) -> Record:
        """Send something; a problem comes back like any answer, with its ``code``."""
        sent = json.dumps(body).encode()
        request = urllib.request.Request(self._site + path, sent, self._headers)  # noqa: S310 - our site
        try:
            with self._opener.open(request, timeout=_PATIENCE) as answer:
                said: Record = json.loads(answer.read())
        except urllib.error.HTTPError as error:
            said = json.loads(error.read())
        return said

    def login_of(self, party: str) -> tuple[str, str]:
        """Return a login and a password that opens one session; no password when the person chose his own."""
        said = self.post(f"/api/v1/logins/{party}/initial-password", {})
        if said.get("code") == "PASSWORD_CHOSEN":
            return said["detail"], ""
        return said["login"], said["initial_password"]


def records_of(collection: Collection) -> list[Record]:
    """Return the records of one file."""
    found: list[Record] = json.loads((DATA / f"{collection}.json").read_text("utf-8"))
    return found


def publish(post: Post, say: Say) -> Logins:
    """Send everything, in the order of the collections; return the logins that came of it, by party."""
    logins: Logins = {}
    for collection in Collection:
        sent = 0
        for batch in _batches(collection):
            logins |= _send(post, collection, batch)
            sent += len(batch)
        say(f"  {sent} {collection}")
    return logins


def _batches(collection: Collection) -> Iterator[list[Record]]:
    every = records_of(collection)
    yield from (every[start : start + _A_BATCH] for start in range(0, len(every), _A_BATCH))


def _send(post: Post, collection: Collection, batch: list[Record]) -> Logins:
    answer = post(f"/api/v1/{collection}", {"lines": batch})
    if "lines" not in answer:
        raise RefusedError(f"{collection}: {answer}")
    refused = [report for report in answer["lines"] if report["outcome"] == "refused"]
    if refused:
        raise RefusedError(f"{collection}: {refused[0]}")
    made = ((record, report) for record, report in zip(batch, answer["lines"], strict=True) if "login" in report)
    return {_party(record): (report["login"], report["initial_password"]) for record, report in made}


def _party(record: Record) -> str:
    """Return whose login a line made: an account's party, or the staff user himself."""
    return str(record.get("party", record["id"]))
