"""How people lie in the table: keys, and rows made of what ``model.py`` knows."""

import datetime as dt
import hashlib
from typing import Any, TypeVar

import msgspec

from palier.aws.keys import AgencyKeys, Key
from palier.aws.table import Row
from palier.kernel.clock import iso
from palier.kernel.ids import PartyId
from palier.people.logins import comparable
from palier.people.model import Account, AuditEntry, LinkedParty, OpenedSession, Session

_ACCOUNTS = msgspec.json.Decoder(Account)
_SESSIONS = msgspec.json.Decoder(Session)
_encode = msgspec.json.Encoder(order="deterministic").encode
_Kept = TypeVar("_Kept")


def account_key(keys: AgencyKeys, party: PartyId) -> Key:
    """Return where a party's account is."""
    return keys.key("PARTY", party, sk="ACCOUNT")


def session_key(keys: AgencyKeys, party: PartyId, hashed: str) -> Key:
    """Return where the session of a token's hash is."""
    return keys.key("PARTY", party, sk=f"SESSION#{hashed}")


def opened_key(keys: AgencyKeys, by: PartyId, hashed: str) -> Key:
    """Return where a party notes a session that he opened in another's space."""
    return keys.key("PARTY", by, sk=f"OPENED#{hashed}")


def link_key(keys: AgencyKeys, party: PartyId, other: PartyId) -> Key:
    """Return where the link of a super party to another party is."""
    return keys.key("PARTY", party, sk=f"SUPER#{other}")


def draft_key(keys: AgencyKeys, party: PartyId) -> Key:
    """Return where a temporary password waits to be confirmed; a new one replaces it."""
    return keys.key("PARTY", party, sk="PASSWORD_DRAFT")


def login_key(keys: AgencyKeys, typed: str) -> Key:
    """Return where the owner of a login is; a text that cannot be a login leads where nothing is."""
    return keys.key("LOGIN", comparable(typed) or "-", sk="LOGIN")


def failures_key(keys: AgencyKeys, what: str, of: str) -> Key:
    """Return where failures are counted; hashed, because people type passwords where logins go."""
    return keys.key("FAILURES", what, hashlib.sha256(of.encode()).hexdigest()[:32], sk="FAILURES")


def decode_account(row: Row) -> Account:
    """Read an account."""
    return _ACCOUNTS.decode(row.body)


def decode_session(row: Row) -> Session:
    """Read a session."""
    return _SESSIONS.decode(row.body)


def decode(row: Row, kind: type[_Kept]) -> _Kept:
    """Read one of the rarer rows."""
    return msgspec.json.decode(row.body, type=kind)


def make_row(key: Key, kind: str, value: Any, *, version: int = 0, until: dt.datetime | None = None) -> Row:
    """Write a value; ``until`` lets the table forget it some time after."""
    ttl = None if until is None else int(until.timestamp())
    return Row(key=key, kind=kind, body=_encode(value), version=version, ttl=ttl)


def account_row(keys: AgencyKeys, account: Account, version: int) -> Row:
    """Write an account over the version that was read; 0 for a new one."""
    return make_row(account_key(keys, account.party), "ACCOUNT", account, version=version)


def session_row(
    keys: AgencyKeys, party: PartyId, hashed: str, session: Session, until: dt.datetime, version: int = 0
) -> Row:
    """Write a session."""
    return make_row(session_key(keys, party, hashed), "SESSION", session, version=version, until=until)


def opened_row(keys: AgencyKeys, by: PartyId, opened: OpenedSession, until: dt.datetime) -> Row:
    """Note a session that a party opened in another's space."""
    return make_row(opened_key(keys, by, opened.hashed), "OPENED", opened, until=until)


def link_row(keys: AgencyKeys, party: PartyId, link: LinkedParty) -> Row:
    """Write the link of a super party to another party."""
    return make_row(link_key(keys, party, link.party), "SUPER", link)


def audit_row(keys: AgencyKeys, entry: AuditEntry, unique: str) -> Row:
    """Write an audit entry, in the partition of its month."""
    month = iso(entry.at)[:7]
    return make_row(keys.key("AUDIT", month, sk=f"{iso(entry.at)}#{unique}"), "AUDIT", entry)
