"""Signing in with login and password: throttled, the same for wrong and unknown logins, in one transaction (AUT)."""

import datetime as dt

import msgspec

from palier.agencies.model import Agency
from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys
from palier.aws.table import Row, Table
from palier.kernel.ids import PartyId
from palier.people.again import decide_again
from palier.people.caller import Space
from palier.people.errors import SignInRefusedError, SuppliedPasswordSpentError, WrongCredentialsError
from palier.people.guesses import Guess, sign_in_counters
from palier.people.hashing import matches
from palier.people.model import Account, LoginOwner, PasswordState, Session
from palier.people.opening import add_session
from palier.people.sessions import may_enter, open_spaces
from palier.people.store import account_key, account_row, decode, decode_account, login_key

replace = msgspec.structs.replace
_NOBODY = PartyId("-")


class Attempt(msgspec.Struct, frozen=True):
    """What somebody typed, and from where."""

    login: str
    password: str
    host: str
    address: str


class SignedIn(msgspec.Struct, frozen=True):
    """A session was opened: its cookie, and whose it is. ``space`` is None when there are several to choose from."""

    cookie: str
    account: Account
    space: Space | None


def sign_in(table: Table, agency: Agency, attempt: Attempt, token: str, now: dt.datetime) -> SignedIn:
    """Open a session. ``token`` is a fresh secret.

    Raises ``TooManyAttemptsError`` before looking, ``WrongCredentialsError``, and for those who typed the right
    password ``SignInRefusedError`` or ``SuppliedPasswordSpentError``.
    """
    return decide_again(lambda: _SignIn(table, agency, attempt, now).run(token))


class _SignIn:
    """One try: two reads, one transaction."""

    def __init__(self, table: Table, agency: Agency, attempt: Attempt, now: dt.datetime) -> None:
        self.table, self.agency, self.attempt, self.now = table, agency, attempt, now
        self.keys = AgencyKeys(agency.id)

    def run(self, token: str) -> SignedIn:
        counters = sign_in_counters(self.keys, self.attempt.login, self.attempt.address)
        owner = login_key(self.keys, self.attempt.login)
        rows = self.table.get_many([owner, *(counter.key for counter in counters)])
        guess = Guess(counters, rows, self.now)
        row = self._account_row(rows.get(owner))
        account = None if row is None else decode_account(row)
        right = matches(self.attempt.password, account.password_hash if account else "")
        if row is None or account is None or not right:
            self._count_wrong(guess)
            raise WrongCredentialsError
        self._check(account)
        return self._open(account, row.version, guess, token)

    def _account_row(self, owner: Row | None) -> Row | None:
        """Read an account even for a login that nobody has: both answers take as long."""
        party = _NOBODY if owner is None else decode(owner, LoginOwner).party
        return self.table.get(account_key(self.keys, party))

    def _count_wrong(self, guess: Guess) -> None:
        changes = Changes()
        guess.add_wrong(changes)
        changes.commit()

    def _check(self, account: Account) -> None:
        if not may_enter(account, self.agency):
            raise SignInRefusedError
        if account.password is PasswordState.SPENT:
            raise SuppliedPasswordSpentError

    def _open(self, account: Account, version: int, guess: Guess, token: str) -> SignedIn:
        spaces = open_spaces(account, self.agency)
        only = spaces[0] if len(spaces) == 1 else None
        session = Session(self.attempt.host, self.now, self.now, account.epoch, space=only)
        changes = Changes()
        guess.add_right(changes)
        changes.replace(account_row(self.keys, _signed_in(account, self.now), version))
        cookie = add_session(changes, self.keys, account, session, token)
        changes.commit()
        return SignedIn(cookie, account, only)


def _signed_in(account: Account, now: dt.datetime) -> Account:
    """Note the sign-in (AUT-027); a supplied password has now opened its one session (AUT-008)."""
    supplied = account.password is PasswordState.SUPPLIED
    return replace(account, last_login=now, password=PasswordState.SPENT if supplied else account.password)
