"""What the operator does for an agency's staff from the console: the first administrator, a lost password (AUT-003)."""

import datetime as dt

import msgspec

from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys
from palier.aws.table import Table
from palier.kernel.errors import NotFoundError
from palier.kernel.ids import PartyId
from palier.people.accounts import account_as_staff, add_account, new_account, refresh_account
from palier.people.caller import Module, StaffRole
from palier.people.commands import with_supplied_password
from palier.people.guesses import sign_in_counters
from palier.people.hashing import hash_password
from palier.people.logins import login_for
from palier.people.model import Account, AuditEntry, LoginOwner
from palier.people.store import audit_row, decode, login_key

ADMINISTRATOR = PartyId("ADMINISTRATOR")


class NewAdministrator(msgspec.Struct, frozen=True):
    """Who gets the master login of a new agency (ROL-002)."""

    last_name: str
    first_name: str = ""
    email: str = ""
    login: str = ""


def add_administrator(changes: Changes, keys: AgencyKeys, who: NewAdministrator, password: str) -> Account:
    """Add the account to the transaction that makes the agency; its password opens one session."""
    login = who.login or login_for(who.last_name, who.first_name)
    name = f"{who.first_name} {who.last_name}".strip()
    account = new_account(ADMINISTRATOR, login, name, email=who.email, password_hash=hash_password(password))
    account = account_as_staff(account, StaffRole.ADMINISTRATOR, Module)
    add_account(changes, keys, account)
    return account


def give_password(table: Table, keys: AgencyKeys, login: str, password: str, now: dt.datetime, unique: str) -> Account:
    """Give a new one-time password to whoever has this login, when nobody of the agency can any more."""
    row = table.get(login_key(keys, login))
    if row is None:
        raise NotFoundError(login)
    hashed = hash_password(password)
    party = decode(row, LoginOwner).party
    account = refresh_account(table, keys, party, lambda before: with_supplied_password(before, hashed))
    changes = Changes()
    changes.delete(sign_in_counters(keys, login, "")[0].key)
    changes.put(audit_row(keys, AuditEntry(now, who="operator", what="one-time password", about=party), unique))
    changes.commit()
    return account
