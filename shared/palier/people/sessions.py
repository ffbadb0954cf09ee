"""Who a cookie is: one DynamoDB request a page, no write a page.

A cookie is ``<agency>.<party>.<256-bit token>``; only the token's hash is stored. A session ends 30 days after
it was opened, earlier when nothing was done for as long as the agency says, at once when the account's epoch
moves on.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote

import msgspec

from palier.agencies.model import Agency
from palier.agencies.store import decode_agency, settings_key
from palier.aws.keys import AgencyKeys, BadKeyPartError, Key
from palier.aws.table import Row, Table
from palier.kernel.errors import NotSignedInError
from palier.kernel.ids import AgencyId, PartyId
from palier.people.caller import Caller, Space
from palier.people.model import Account, Session
from palier.people.permissions import permissions_of
from palier.people.store import account_key, decode_account, decode_session, session_key

ABSOLUTE_LIFE = dt.timedelta(days=30)
IMPERSONATION_LIFE = dt.timedelta(hours=2)
_LONGEST_COOKIE = 300


class Cookie(NamedTuple):
    """The parts of a session cookie."""

    agency: AgencyId
    party: PartyId
    token: str

    def __str__(self) -> str:
        return f"{self.agency}.{quote(self.party, safe='')}.{self.token}"


class Found(msgspec.Struct, frozen=True):
    """What one read found: the caller, all rows asked for, and what lies behind the caller."""

    caller: Caller
    rows: Mapping[Key, Row]
    account: Account
    session: Session
    agency: Agency


def cookie_name(*, secure: bool) -> str:
    """Return the session cookie's name: the ``__Host-`` prefix needs HTTPS."""
    return "__Host-palier" if secure else "palier"


def set_cookie(name: str, value: str, *, secure: bool, seconds: int) -> str:
    """Write a ``Set-Cookie`` header; zero seconds removes the cookie."""
    tail = "; Secure" if secure else ""
    return f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{tail}"


def session_cookies(cookie: str, *, secure: bool) -> tuple[str, ...]:
    """Return the headers that sign a browser in, or out with an empty cookie."""
    seconds = int(ABSOLUTE_LIFE.total_seconds()) if cookie else 0
    return (set_cookie(cookie_name(secure=secure), cookie, secure=secure, seconds=seconds),)


def impersonation_cookies(client: str, staff: str, *, secure: bool) -> tuple[str, ...]:
    """Return the headers that put staff in a client's space, and keep his own session to come back to (AUT-014)."""
    seconds = int(IMPERSONATION_LIFE.total_seconds())
    kept = set_cookie(way_back_name(secure=secure), staff, secure=secure, seconds=seconds)
    return (set_cookie(cookie_name(secure=secure), client, secure=secure, seconds=seconds), kept)


def way_back_name(*, secure: bool) -> str:
    """Return the name of the cookie that keeps a staff user's own session while he is in a client's space."""
    return f"{cookie_name(secure=secure)}-staff"


def token_hash(token: str) -> str:
    """Return what is stored of a secret token."""
    return hashlib.sha256(token.encode()).hexdigest()


def parse_cookie(text: str) -> Cookie:
    """Take a cookie apart; raises :class:`NotSignedInError` for anything else."""
    agency, _, rest = text.partition(".")
    party, _, token = rest.rpartition(".")
    if not (agency and party and token) or len(text) > _LONGEST_COOKIE:
        raise NotSignedInError
    return Cookie(AgencyId(agency), PartyId(unquote(party)), token)


def read_session(
    table: Table, cookie: str, host: str, now: dt.datetime, also: Callable[[AgencyKeys], Iterable[Key]]
) -> Found:
    """Return who holds this cookie, reading the ``also`` rows in the same request."""
    parts = parse_cookie(cookie)
    keys = AgencyKeys(parts.agency)
    try:
        mine = (
            account_key(keys, parts.party),
            session_key(keys, parts.party, token_hash(parts.token)),
            settings_key(keys),
        )
        rows = table.get_many((*mine, *also(keys)))
    except BadKeyPartError as error:
        raise NotSignedInError from error
    account_row, session_row, agency_row = (rows.get(key) for key in mine)
    if account_row is None or session_row is None or agency_row is None:
        raise NotSignedInError
    account, session = decode_account(account_row), decode_session(session_row)
    agency = decode_agency(agency_row)
    if not is_live(session, account, agency, host, now):
        raise NotSignedInError
    return Found(make_caller(agency, account, session, cookie), rows, account, session, agency)


def is_live(session: Session, account: Account, agency: Agency, host: str, now: dt.datetime) -> bool:
    """Tell whether a session still opens something (AUT-020, AUT-021, AUT-022)."""
    idle = dt.timedelta(hours=agency.settings.portal_session_idle_hours)
    longest = IMPERSONATION_LIFE if session.impersonated_by else ABSOLUTE_LIFE
    return (
        session.host == host
        and session.epoch == account.epoch
        and now < session.started + longest
        and now < session.renewed + idle
        and may_enter(account, agency)
    )


def may_enter(account: Account, agency: Agency) -> bool:
    """Tell whether this account may sign in at all: clients need a published account and an open portal."""
    return account.allowed and bool(open_spaces(account, agency))


def open_spaces(account: Account, agency: Agency) -> tuple[Space, ...]:
    """Return the spaces the account may choose from (AUT-019)."""
    if agency.settings.portal_open:
        return account.spaces
    return tuple(space for space in account.spaces if space is Space.STAFF)


def make_caller(agency: Agency, account: Account, session: Session, secret: str) -> Caller:
    """Put together who is asking, from what is stored."""
    spaces = open_spaces(account, agency)
    space = session.space if session.space in spaces else spaces[0]
    staff = space is Space.STAFF
    return Caller(
        agency=agency.id,
        agency_name=agency.name,
        zone=agency.zone,
        party=account.party,
        name=account.name,
        space=space,
        secret=secret,
        role=account.role if staff else None,
        permissions=permissions_of(account.role, agency.role_permissions) if staff else frozenset(),
        modules=account.modules & agency.active_modules if staff else frozenset(),
        ties=tuple(tie for tie in account.ties if tie.space is space),
        email=account.email,
        must_change_password=account.must_change_password and session.opened_by is None,
        impersonated_by=session.impersonated_by,
        other_accounts=account.other_accounts or session.primary is not None,
        spaces=spaces,
        more_ties=account.more_ties,
        impersonator=session.opened_by if session.impersonated_by else None,
    )
