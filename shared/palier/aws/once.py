"""One-time tokens: a form, a mail or an API call acts once. The row is written in the very transaction it guards."""

import datetime as dt
import hashlib

import msgspec

from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys
from palier.aws.table import Row, Table
from palier.kernel.errors import AlreadyDoneError

_KEPT = dt.timedelta(days=30)


class Taken(msgspec.Struct, frozen=True):
    """What came of a token the first time."""

    result: str


def once_row(keys: AgencyKeys, token: str, result: str, now: dt.datetime) -> Row:
    """Return the row that takes a token; creating it a second time fails."""
    key = keys.key("ONCE", _digest(token), sk="ONCE")
    return Row(key=key, kind="ONCE", body=msgspec.json.encode(Taken(result)), ttl=int((now + _KEPT).timestamp()))


def first_result(table: Table, keys: AgencyKeys, token: str) -> str:
    """Return what came of a token the first time. Only for a token that is known to be taken."""
    row = table.get(keys.key("ONCE", _digest(token), sk="ONCE"))
    return "" if row is None else msgspec.json.decode(row.body, type=Taken).result


def take_once(changes: Changes, keys: AgencyKeys, token: str, result: str, now: dt.datetime) -> None:
    """Guard a transaction with a token: the second commit raises :class:`AlreadyDoneError` with its own ``result``.

    Where the first result may be another one (a creation), see :func:`first_result`.
    """
    changes.create(once_row(keys, token, result, now), AlreadyDoneError(result))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
