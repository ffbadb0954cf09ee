"""Who calls the API: a key of ``agencies.api_keys``, its scopes, and how many requests it made in this
minute.

A key is found by its hash, so nothing that depends on a stored secret is compared byte by byte; an unknown
agency, an unknown key and a badly written one get the same answer.
"""

import datetime as dt
from enum import StrEnum

import msgspec

from palier.agencies.api_keys import BadApiKeyError, agency_of, api_key_place, check_api_key
from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys, Key
from palier.aws.table import Row, Table
from palier.kernel.clock import iso
from palier.kernel.errors import ConflictError, ForbiddenError, PalierError

MOST_A_MINUTE = 600
_encode = msgspec.json.Encoder(order="deterministic").encode


class Scope(StrEnum):
    """What a key may do."""

    PORTFOLIO_READ = "portfolio:read"
    PORTFOLIO_WRITE = "portfolio:write"
    TICKETS_READ = "tickets:read"


class ScopeMissingError(ForbiddenError):
    """The key is good and may not do this."""

    code = "SCOPE_MISSING"


class RateLimitedError(PalierError):
    """Too many requests in this minute."""

    code = "RATE_LIMITED"


class Rate(msgspec.Struct, frozen=True):
    """How many requests a key made in one minute."""

    minute: str
    count: int


class Client(msgspec.Struct, frozen=True):
    """An agency's back office, by one of its keys."""

    keys: AgencyKeys
    key_hash: str
    scopes: frozenset[str]

    def must(self, scope: Scope) -> None:
        """Refuse what the key has no scope for."""
        if scope not in self.scopes:
            raise ScopeMissingError(scope)


def find_client(table: Table, header: str, now: dt.datetime) -> Client:
    """Return who holds the key of an ``Authorization`` header, counting the request."""
    kind, _, presented = header.partition(" ")
    if kind.lower() != "bearer":
        raise BadApiKeyError
    keys = AgencyKeys(agency_of(presented.strip()))
    place = api_key_place(keys, presented.strip())
    rate_place = keys.key("APIRATE", sk=place.sk)
    rows = table.get_many([place, rate_place])
    key = check_api_key(rows.get(place), now)
    _count(rate_place, rows.get(rate_place), now)
    return Client(keys, place.sk, key.scopes)


def _count(place: Key, row: Row | None, now: dt.datetime) -> None:
    minute = iso(now)[:16]
    before = msgspec.json.decode(row.body, type=Rate) if row else Rate(minute, 0)
    count = before.count + 1 if before.minute == minute else 1
    if count > MOST_A_MINUTE:
        raise RateLimitedError
    changes = Changes()
    body = _encode(Rate(minute, count))
    changes.replace(Row(key=place, kind="APIRATE", body=body, version=row.version if row else 0))
    try:
        changes.commit()
    except ConflictError:
        return  # another request of the same instant counted; API Gateway holds the burst
