"""Signing out: of this browser, or everywhere, the spaces of others included (AUT-022)."""

import msgspec

from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys
from palier.aws.table import Table
from palier.kernel.ids import PartyId
from palier.people.accounts import refresh_account
from palier.people.errors import ImpersonatingError
from palier.people.model import Account, OpenedSession
from palier.people.opening import delete_session
from palier.people.sessions import Found
from palier.people.store import decode, opened_key, session_key

_AT_ONCE = 40


def sign_out(found: Found) -> None:
    """End the session of this browser."""
    changes = Changes()
    delete_session(changes, found)
    changes.commit()


def sign_out_everywhere(table: Table, found: Found) -> None:
    """End every session of the caller's account, and those that he opened in the spaces of others."""
    if found.session.impersonated_by is not None:
        raise ImpersonatingError
    keys = AgencyKeys(found.agency.id)
    for party in {found.account.party, found.session.primary or found.account.party}:
        refresh_account(table, keys, party, _next_epoch)
        end_opened_sessions(table, keys, party)


def end_opened_sessions(table: Table, keys: AgencyKeys, by: PartyId, *, only_in: PartyId | None = None) -> None:
    """End the sessions that a party opened in the spaces of others; ``only_in`` one of them.

    Call it after the account or the link changed: opening a session requires both unchanged, so none slips through.
    """
    rows = table.query(keys.pk("PARTY", by), "OPENED#").rows
    opened = [decode(row, OpenedSession) for row in rows]
    wanted = [one for one in opened if only_in is None or one.party == only_in]
    for start in range(0, len(wanted), _AT_ONCE):
        changes = Changes()
        for one in wanted[start : start + _AT_ONCE]:
            changes.delete(session_key(keys, one.party, one.hashed))
            changes.delete(opened_key(keys, by, one.hashed))
        changes.commit()


def _next_epoch(account: Account) -> Account:
    return msgspec.structs.replace(account, epoch=account.epoch + 1)
