"""What the agency's staff do to a client's account: see his space, give him a password (AUT-012, AUT-014)."""

import datetime as dt

import msgspec

from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys
from palier.aws.table import Table
from palier.kernel.errors import ForbiddenError, NotFoundError, PalierError
from palier.kernel.ids import PartyId
from palier.people.again import decide_again
from palier.people.caller import Permission
from palier.people.guesses import sign_in_counters
from palier.people.hashing import hash_password
from palier.people.leaving import end_opened_sessions
from palier.people.model import Account, AuditEntry, PasswordDraft, PasswordState, Session
from palier.people.opening import add_session, enterable
from palier.people.sessions import Found
from palier.people.store import account_key, account_row, audit_row, decode, decode_account, draft_key, make_row

DRAFT_LIFE = dt.timedelta(minutes=15)


class DraftGoneError(PalierError):
    """The temporary password on the screen was confirmed, replaced or is too old: show a new one."""

    code = "PASSWORD_DRAFT_GONE"


def impersonate(table: Table, found: Found, target: PartyId, token: str, now: dt.datetime) -> str:
    """Open a client's space exactly as he sees it; returns the cookie of the marked, audited session.

    Nobody enters a colleague's account this way: it would lend his rights.
    """
    _need_portfolio(found)
    return decide_again(lambda: _impersonate(table, found, target, token, now))


def _impersonate(table: Table, found: Found, target: PartyId, token: str, now: dt.datetime) -> str:
    keys, staff = AgencyKeys(found.agency.id), found.account
    rows = table.get_many([account_key(keys, target), account_key(keys, staff.party)])
    account = enterable(rows.get(account_key(keys, target)), found.agency)
    if account.role is not None:
        raise ForbiddenError
    session = Session(found.session.host, now, now, account.epoch, opened_by=staff.party, impersonated_by=staff.name)
    changes = Changes()
    changes.require(rows[account_key(keys, staff.party)])
    cookie = add_session(changes, keys, account, session, token)
    _audit(changes, found, "impersonation", target, now)
    changes.commit()
    return cookie


def show_temporary_password(table: Table, found: Found, target: PartyId, password: str, now: dt.datetime) -> Account:
    """Keep the hash of a password that is now shown to staff; it opens nothing until it is confirmed."""
    keys = AgencyKeys(found.agency.id)
    row = table.get(account_key(keys, target))
    account = _may_give_password(found, None if row is None else decode_account(row))
    until = now + DRAFT_LIFE
    draft = PasswordDraft(hash_password(password), found.account.party, until)
    changes = Changes()
    changes.put(make_row(draft_key(keys, target), "PASSWORD_DRAFT", draft, until=until))
    changes.commit()
    return account


def confirm_temporary_password(table: Table, found: Found, target: PartyId, now: dt.datetime) -> None:
    """Make the shown password the client's: it opens one session, and all the others end."""
    decide_again(lambda: _confirm(table, found, target, now))
    end_opened_sessions(table, AgencyKeys(found.agency.id), target)


def _confirm(table: Table, found: Found, target: PartyId, now: dt.datetime) -> None:
    keys = AgencyKeys(found.agency.id)
    places = account_key(keys, target), draft_key(keys, target)
    rows = table.get_many(places)
    row, draft_row = (rows.get(place) for place in places)
    account = _may_give_password(found, None if row is None else decode_account(row))
    draft = None if draft_row is None else decode(draft_row, PasswordDraft)
    if row is None or draft_row is None or draft is None:
        raise DraftGoneError
    if draft.shown_to != found.account.party or now >= draft.until:
        raise DraftGoneError
    changes = Changes()
    changes.replace(account_row(keys, with_supplied_password(account, draft.password_hash), row.version))
    changes.delete(draft_row.key, version=draft_row.version)
    changes.delete(sign_in_counters(keys, account.login, "")[0].key)
    _audit(changes, found, "temporary password", target, now)
    changes.commit()


def with_supplied_password(account: Account, password_hash: str) -> Account:
    """Return the account with a password that the agency gave (AUT-008)."""
    return msgspec.structs.replace(
        account, password_hash=password_hash, password=PasswordState.SUPPLIED, epoch=account.epoch + 1
    )


def _need_portfolio(found: Found) -> None:
    if not found.caller.may(Permission.PORTFOLIO_ACT):
        raise ForbiddenError


def _may_give_password(found: Found, account: Account | None) -> Account:
    """Whoever gives a password can use it: a colleague's only by those who hold every right anyway."""
    _need_portfolio(found)
    if account is None:
        raise NotFoundError
    if account.role is not None and not found.caller.may(Permission.SETTINGS):
        raise ForbiddenError
    return account


def _audit(changes: Changes, found: Found, what: str, target: PartyId, now: dt.datetime) -> None:
    entry = AuditEntry(now, who=found.account.party, what=what, about=target)
    changes.put(audit_row(AgencyKeys(found.agency.id), entry, f"{found.account.party}-{target}"))
