"""A new initial password for a login whose first one was lost on its way (AUT-006, AUT-028).

Only while the person has not chosen his own: from then on it is his, and only he or the agency's staff
replace it.
"""

import msgspec

from palier.aws.changes import Changes
from palier.kernel.errors import NotFoundError, PalierError
from palier.kernel.ids import PartyId
from palier.people.again import decide_again
from palier.people.model import PasswordState
from palier.people.passwords import initial_password
from palier.people.store import account_key, account_row, decode_account
from palier.publication.commands import Desk


class PasswordChosenError(PalierError):
    """The person chose a password already; the detail is his login."""

    code = "PASSWORD_CHOSEN"


class UnknownLoginError(NotFoundError):
    """The party has no login: publish an account of it first."""

    code = "UNKNOWN_LOGIN"


class InitialPassword(msgspec.Struct, frozen=True):
    """What the back office hands to the person. Said once, kept nowhere."""

    party: PartyId
    login: str
    initial_password: str


def renew_initial_password(desk: Desk, party: PartyId) -> InitialPassword:
    """Replace the initial password of a login that was never made personal."""
    password = initial_password(desk.pick)
    (hashed,) = desk.hash_passwords([password])

    def attempt() -> InitialPassword:
        row = desk.table.get(account_key(desk.keys, party))
        if row is None:
            raise UnknownLoginError(party)
        account = decode_account(row)
        if account.password is PasswordState.PERSONAL:
            raise PasswordChosenError(account.login)
        after = msgspec.structs.replace(
            account, password_hash=hashed, password=PasswordState.SUPPLIED, epoch=account.epoch + 1
        )
        changes = Changes()
        changes.replace(account_row(desk.keys, after, row.version))
        changes.commit()
        return InitialPassword(party, account.login, password)

    return decide_again(attempt)
