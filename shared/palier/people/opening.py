"""Opening and ending sessions inside a transaction: the pieces that sign-in, switching and impersonation share."""

from palier.agencies.model import Agency
from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys
from palier.aws.table import Row
from palier.kernel.errors import ForbiddenError, NotFoundError
from palier.people.model import Account, OpenedSession, Session
from palier.people.sessions import ABSOLUTE_LIFE, Cookie, Found, may_enter, parse_cookie, token_hash
from palier.people.store import decode_account, opened_key, opened_row, session_key, session_row


def add_session(changes: Changes, keys: AgencyKeys, account: Account, session: Session, token: str) -> str:
    """Open a session of this account; returns its cookie."""
    ends, hashed = session.started + ABSOLUTE_LIFE, token_hash(token)
    changes.create(session_row(keys, account.party, hashed, session, ends))
    if session.opened_by is not None:
        changes.create(opened_row(keys, session.opened_by, OpenedSession(account.party, hashed), ends))
    return str(Cookie(keys.agency, account.party, token))


def delete_session(changes: Changes, found: Found) -> None:
    """End the session that makes this request."""
    keys, hashed = AgencyKeys(found.agency.id), token_hash(parse_cookie(found.caller.secret).token)
    changes.delete(session_key(keys, found.account.party, hashed))
    if found.session.opened_by is not None:
        changes.delete(opened_key(keys, found.session.opened_by, hashed))


def enterable(row: Row | None, agency: Agency) -> Account:
    """Return the account of a row, if anybody may be in it."""
    if row is None:
        raise NotFoundError
    account = decode_account(row)
    if not may_enter(account, agency):
        raise ForbiddenError
    return account
