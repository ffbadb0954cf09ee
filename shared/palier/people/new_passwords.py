"""Choosing a password: at first sign-in and at any time (AUT-008, AUT-009, AUT-011)."""

import datetime as dt

import msgspec

from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys
from palier.aws.table import Row, Table
from palier.kernel.errors import NotSignedInError
from palier.people.again import decide_again
from palier.people.errors import ImpersonatingError, LinkedAccountError, PasswordRefusedError, WrongCurrentPasswordError
from palier.people.guesses import Guess, sign_in_counters
from palier.people.hashing import hash_password, matches
from palier.people.leaving import end_opened_sessions
from palier.people.model import Account, PasswordState
from palier.people.opening import add_session, delete_session
from palier.people.passwords import Rule, failed_choice
from palier.people.sessions import Found
from palier.people.store import account_key, account_row, decode_account

replace = msgspec.structs.replace


class NewPassword(msgspec.Struct, frozen=True):
    """What somebody typed in the form, and from where; ``current`` only where it is asked."""

    password: str
    again: str
    current: str = ""
    address: str = ""


def refuse_bad(typed: NewPassword) -> None:
    """Refuse what the policy refuses, naming every failed rule."""
    failed = failed_choice(typed.password, typed.again)
    if failed:
        raise PasswordRefusedError(failed)


def with_personal_password(account: Account, password: str) -> Account:
    """Return the account with a password that only its owner knows: all sessions end, all mailed links die."""
    return replace(
        account,
        password_hash=hash_password(password),
        password=PasswordState.PERSONAL,
        epoch=account.epoch + 1,
    )


def change_password(table: Table, found: Found, typed: NewPassword, token: str, now: dt.datetime) -> str:
    """Replace the caller's password; every other session of his ends. Returns this browser's new cookie."""
    if found.session.impersonated_by is not None:
        raise ImpersonatingError
    if found.session.opened_by is not None:
        raise LinkedAccountError
    refuse_bad(typed)
    cookie = decide_again(lambda: _Change(table, found, typed, now).run(token))
    end_opened_sessions(table, AgencyKeys(found.agency.id), found.account.party)
    return cookie


class _Change:
    """One try: one read, one transaction. A wrong current password counts as a wrong guess (AUT-033)."""

    def __init__(self, table: Table, found: Found, typed: NewPassword, now: dt.datetime) -> None:
        self.found, self.typed, self.now = found, typed, now
        self.keys = AgencyKeys(found.agency.id)
        counters = sign_in_counters(self.keys, found.account.login, typed.address)
        mine = account_key(self.keys, found.account.party)
        rows = table.get_many([mine, *(counter.key for counter in counters)])
        self.guess = Guess(counters, rows, now)
        self.row = rows.get(mine)

    def run(self, token: str) -> str:
        if self.row is None:
            raise NotSignedInError
        account = decode_account(self.row)
        self._check(account)
        return self._save(self.row, with_personal_password(account, self.typed.password), token)

    def _check(self, account: Account) -> None:
        if account.epoch != self.found.session.epoch:
            raise NotSignedInError
        if not account.must_change_password and not matches(self.typed.current, account.password_hash):
            self._count_wrong()
            raise WrongCurrentPasswordError
        if matches(self.typed.password, account.password_hash):
            raise PasswordRefusedError((Rule.NEW,))

    def _count_wrong(self) -> None:
        changes = Changes()
        self.guess.add_wrong(changes)
        changes.commit()

    def _save(self, row: Row, changed: Account, token: str) -> str:
        changes = Changes()
        self.guess.add_right(changes)
        changes.replace(account_row(self.keys, changed, row.version))
        delete_session(changes, self.found)
        session = replace(self.found.session, epoch=changed.epoch, renewed=self.now)
        cookie = add_session(changes, self.keys, changed, session, token)
        changes.commit()
        return cookie
