"""``Idempotency-Key``: a batch sent again within a day under the same key gets the answer of the first
time.

The import repeats safely without it; the key serves a sender who lost the answer. Initial passwords are not
kept, so a repeated answer does not hold them: ``POST /api/v1/logins/{party}/initial-password`` gives a new
one.
"""

import datetime as dt
import hashlib
import re

import msgspec

from palier.aws.changes import Changes
from palier.aws.keys import Key
from palier.aws.table import Row, Table
from palier.kernel.errors import PalierError
from palier.publication.api import Report
from palier.publication.api_keys import Client

LIFE = dt.timedelta(hours=24)
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_encode = msgspec.json.Encoder(order="deterministic").encode
replace = msgspec.structs.replace


class BadIdempotencyKeyError(PalierError):
    """The header is not 1 to 255 printable characters."""

    code = "BAD_IDEMPOTENCY_KEY"


class IdempotencyKeyReusedError(PalierError):
    """The key was used with another request."""

    code = "IDEMPOTENCY_KEY_REUSED"


class _Answer(msgspec.Struct, frozen=True):
    request: str
    until: dt.datetime
    report: Report


class Replay:
    """The memory of one request, or nothing when it has no key."""

    def __init__(self, table: Table, client: Client, header: str, request: bytes, now: dt.datetime) -> None:
        if header and not _KEY.fullmatch(header):
            raise BadIdempotencyKeyError
        self._table = table
        self._now = now
        self._request = hashlib.sha256(request).hexdigest()
        self._key = _place(client, header) if header else None

    def find(self) -> Report | None:
        """Return the answer given before to the same request."""
        row = self._table.get(self._key) if self._key else None
        if row is None:
            return None
        answer = msgspec.json.decode(row.body, type=_Answer)
        if answer.until <= self._now:
            return None
        if answer.request != self._request:
            raise IdempotencyKeyReusedError
        return replace(answer.report, replayed=True)

    def keep(self, report: Report) -> None:
        """Remember an answer, without its passwords."""
        if self._key is None:
            return
        bare = tuple(replace(line, initial_password="") for line in report.lines)
        until = self._now + LIFE
        body = _encode(_Answer(self._request, until, replace(report, lines=bare)))
        changes = Changes()
        changes.put(Row(key=self._key, kind="ONCE", body=body, ttl=int(until.timestamp())))
        changes.commit()


def _place(client: Client, header: str) -> Key:
    hashed = hashlib.sha256(f"{client.key_hash} {header}".encode()).hexdigest()
    return client.keys.key("ONCE", f"API-{hashed}", sk="ONCE")
