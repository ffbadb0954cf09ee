"""Keys of the back office: ``<agency>.<256 bits>``, stored hashed, each with its scopes; rotated with an overlap."""

import datetime as dt
import hashlib

import msgspec

from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys, Key
from palier.aws.table import Row, Table
from palier.kernel.errors import PalierError
from palier.kernel.ids import AgencyId

EVERY_SCOPE = frozenset({"portfolio:read", "portfolio:write", "tickets:read"})
_LONGEST = 200


class BadApiKeyError(PalierError):
    """No such key, or no longer."""

    code = "BAD_API_KEY"


class ApiKey(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is stored of a key. ``until`` is set when a newer one replaces it."""

    label: str
    scopes: frozenset[str]
    created: dt.datetime
    until: dt.datetime | None = None


def api_key_place(keys: AgencyKeys, presented: str) -> Key:
    """Return where a key is, by its hash."""
    return keys.key("APIKEY", sk=hashlib.sha256(presented.encode()).hexdigest())


def agency_of(presented: str) -> AgencyId:
    """Return the agency that a presented key claims; trust it only once its row was found."""
    agency, _, secret = presented.partition(".")
    if not secret or len(presented) > _LONGEST or not agency.replace("-", "").isalnum():
        raise BadApiKeyError
    return AgencyId(agency)


def check_api_key(row: Row | None, now: dt.datetime) -> ApiKey:
    """Return what a key may do, from its row; raises :class:`BadApiKeyError`."""
    key = None if row is None else msgspec.json.decode(row.body, type=ApiKey)
    if key is None or (key.until is not None and now >= key.until):
        raise BadApiKeyError
    return key


def add_api_key(changes: Changes, keys: AgencyKeys, secret: str, key: ApiKey) -> str:
    """Add a key to a transaction; returns what the back office must present, shown once."""
    presented = f"{keys.agency}.{secret}"
    changes.create(_row(api_key_place(keys, presented), key))
    return presented


def rotate_api_key(table: Table, keys: AgencyKeys, secret: str, now: dt.datetime, overlap: dt.timedelta) -> str:
    """Make a new key like the newest one; the older ones end after ``overlap``."""
    rows = table.query(keys.pk("APIKEY")).rows
    stored = [(row, msgspec.json.decode(row.body, type=ApiKey)) for row in rows]
    live = [(row, key) for row, key in stored if key.until is None or now < key.until]
    if not live:
        raise BadApiKeyError
    newest = max((key for _, key in live), key=lambda key: key.created)
    changes = Changes()
    ends = now + overlap
    for row, key in live:
        ending = msgspec.structs.replace(key, until=min(ends, key.until or ends))
        changes.replace(_row(row.key, ending, row.version))
    presented = add_api_key(changes, keys, secret, msgspec.structs.replace(newest, created=now, until=None))
    changes.commit()
    return presented


def _row(place: Key, key: ApiKey, version: int = 0) -> Row:
    ttl = None if key.until is None else int(key.until.timestamp()) + 86_400
    return Row(place, "APIKEY", msgspec.json.encode(key, order="deterministic"), version, ttl=ttl)
