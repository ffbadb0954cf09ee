"""Forgotten passwords: a mailed link, an hour long, single use, the same answer whoever asks (AUT-010)."""

import datetime as dt

import msgspec

from palier.agencies.model import Agency
from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys
from palier.aws.table import Row, Table
from palier.kernel.clock import iso
from palier.kernel.ids import PartyId
from palier.messages.links import DeadLinkError, Link, Purpose, link_key, open_link
from palier.messages.outbox import queue_message
from palier.people.again import decide_again
from palier.people.errors import DeadResetLinkError
from palier.people.guesses import Guess, reset_counters, sign_in_counters
from palier.people.leaving import end_opened_sessions
from palier.people.model import Account, LoginOwner
from palier.people.new_passwords import NewPassword, refuse_bad, with_personal_password
from palier.people.sessions import may_enter
from palier.people.store import account_key, account_row, decode, decode_account, login_key

LINK_LIFE = dt.timedelta(minutes=60)
TEMPLATE = "cli.password_reset"
_AS_CREATED = 1


class Forgetful(msgspec.Struct, frozen=True):
    """Who asks for a link, and from where."""

    login: str
    address: str


def ask_reset(table: Table, agency: Agency, who: Forgetful, nonce: str, now: dt.datetime) -> None:
    """Send a link if this login has an open account with an address; say nothing about it either way."""
    decide_again(lambda: _ask(table, agency, who, nonce, now))


def _ask(table: Table, agency: Agency, who: Forgetful, nonce: str, now: dt.datetime) -> None:
    keys = AgencyKeys(agency.id)
    counters = reset_counters(keys, who.login, who.address)
    owner = login_key(keys, who.login)
    rows = table.get_many([owner, *(counter.key for counter in counters)])
    changes = Changes()
    Guess(counters, rows, now).add_wrong(changes)
    party = decode(rows[owner], LoginOwner).party if owner in rows else PartyId("-")
    row = table.get(account_key(keys, party))
    account = None if row is None else decode_account(row)
    if account is not None and account.email and may_enter(account, agency):
        queue_message(changes, keys, TEMPLATE, account.email, account.name, _values(account, nonce, now), now)
    changes.commit()


def _values(account: Account, nonce: str, now: dt.datetime) -> dict[str, str]:
    """Return what the mail says and what its link is made of, without the link: ``messages`` makes it when it sends.

    Making it twice gives the same link. Its nonce begins with the account's epoch: any later choice of password kills
    it, even if it is sent again.
    """
    return {
        "name": account.name,
        "login": account.login,
        "party": account.party,
        "nonce": f"{account.epoch}.{nonce}",
        "expires": iso(now + LINK_LIFE),
    }


def check_reset_link(table: Table, agency: Agency, token: str, now: dt.datetime) -> Account:
    """Return whose password a mailed link lets one choose. Changes nothing, however often it is looked at."""
    return decode_account(_linked_account(table, agency, token, now))


def reset_password(table: Table, agency: Agency, token: str, typed: NewPassword, now: dt.datetime) -> Account:
    """Choose a password by a mailed link, which then is dead; every session of the account ends."""
    refuse_bad(typed)
    account = decide_again(lambda: _reset(table, agency, token, typed, now))
    end_opened_sessions(table, AgencyKeys(agency.id), account.party)
    return account


def _reset(table: Table, agency: Agency, token: str, typed: NewPassword, now: dt.datetime) -> Account:
    keys = AgencyKeys(agency.id)
    row = _linked_account(table, agency, token, now)
    account = with_personal_password(decode_account(row), typed.password)
    guesses, _ = sign_in_counters(keys, account.login, "")
    changes = Changes()
    changes.replace(account_row(keys, account, row.version))
    changes.delete(link_key(token), version=_AS_CREATED)
    changes.delete(guesses.key)
    changes.commit()
    return account


def _linked_account(table: Table, agency: Agency, token: str, now: dt.datetime) -> Row:
    keys = AgencyKeys(agency.id)
    try:
        link = open_link(table, token, Purpose.PASSWORD, now)
    except DeadLinkError as error:
        raise DeadResetLinkError from error
    ours = link_key(token).pk.startswith(f"{keys.pk('LINK')}#")
    row = table.get(account_key(keys, PartyId(link.party))) if ours else None
    if row is None or not _lets_choose(link, decode_account(row), agency):
        raise DeadResetLinkError
    return row


def _lets_choose(link: Link, account: Account, agency: Agency) -> bool:
    return link.nonce.partition(".")[0] == str(account.epoch) and may_enter(account, agency)
