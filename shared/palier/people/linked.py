"""One login for several parties: super parties, *Autres comptes*, switching (AUT-016, AUT-018)."""

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec

from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys, Key
from palier.aws.table import Row, Table
from palier.kernel.errors import ForbiddenError
from palier.kernel.ids import PartyId
from palier.people.accounts import refresh_account
from palier.people.again import decide_again
from palier.people.leaving import end_opened_sessions
from palier.people.model import LinkedParty, Session
from palier.people.opening import add_session, delete_session, enterable
from palier.people.sessions import Found, may_enter
from palier.people.store import account_key, decode, decode_account, link_key, link_row

replace = msgspec.structs.replace


class OtherAccount(msgspec.Struct, frozen=True):
    """A line of *Autres comptes* (AUT-018)."""

    party: PartyId
    name: str
    last_login: dt.datetime | None
    current: bool


def other_accounts(table: Table, found: Found) -> tuple[OtherAccount, ...]:
    """List the accounts that the caller's login opens, his own first: two reads, none when there is no other."""
    if not found.caller.other_accounts:
        return ()
    keys, primary = AgencyKeys(found.agency.id), _primary(found)
    links = [decode(row, LinkedParty) for row in table.query(keys.pk("PARTY", primary), "SUPER#").rows]
    wanted = [account_key(keys, party) for party in (primary, *(link.party for link in links))]
    rows = table.get_many(wanted)
    accounts = [decode_account(rows[key]) for key in wanted if key in rows]
    return tuple(
        OtherAccount(account.party, account.name, account.last_login, account.party == found.account.party)
        for account in accounts
        if may_enter(account, found.agency)
    )


def switch_account(table: Table, found: Found, target: PartyId, token: str, now: dt.datetime) -> str:
    """Go on in a linked account, or back in one's own; returns the new cookie. The session lives no longer."""
    return decide_again(lambda: _switch(table, found, target, token, now))


def _switch(table: Table, found: Found, target: PartyId, token: str, now: dt.datetime) -> str:
    keys, old, primary = AgencyKeys(found.agency.id), found.session, _primary(found)
    away = target != primary
    opener = old.opened_by if old.impersonated_by else (primary if away else None)
    needed = [link_key(keys, primary, target)] if away else []
    needed += [account_key(keys, opener)] if opener else []
    rows = table.get_many([account_key(keys, target), *needed])
    if any(key not in rows for key in needed):
        raise ForbiddenError
    account = enterable(rows.get(account_key(keys, target)), found.agency)
    session = Session(
        host=old.host,
        started=old.started,
        renewed=now,
        epoch=account.epoch,
        opened_by=opener,
        primary=primary if away else None,
        impersonated_by=old.impersonated_by,
    )
    changes = Changes()
    delete_session(changes, found)
    _require(changes, rows, needed)
    cookie = add_session(changes, keys, account, session, token)
    changes.commit()
    return cookie


def _require(changes: Changes, rows: Mapping[Key, Row], needed: Iterable[Key]) -> None:
    for key in needed:
        changes.require(rows[key])


def link_parties(table: Table, keys: AgencyKeys, party: PartyId, links: Iterable[LinkedParty]) -> None:
    """Make these the parties that ``party`` is super party of; sessions that came by a dropped link end."""
    wanted = {link.party: link for link in links if link.party != party}
    rows = table.query(keys.pk("PARTY", party), "SUPER#").rows
    gone = {decode(row, LinkedParty).party for row in rows} - wanted.keys()
    changes = Changes()
    for link in wanted.values():
        changes.put(link_row(keys, party, link))
    for other in gone:
        changes.delete(link_key(keys, party, other))
    if len(changes):
        changes.commit()
    refresh_account(table, keys, party, lambda account: replace(account, other_accounts=bool(wanted)))
    for other in gone:
        end_opened_sessions(table, keys, party, only_in=other)


def _primary(found: Found) -> PartyId:
    return found.session.primary or found.account.party
