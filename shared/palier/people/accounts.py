"""What publication and the agency's staff do to accounts: open, tie, link, close. Pure but for :func:`add_account`.

The portfolio import writes identities, ``TIE#`` and ``SUPER#`` rows; it calls these so that the account, which every
page reads, says the same.
"""

from collections.abc import Callable, Iterable

import msgspec

from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys
from palier.aws.table import Table
from palier.kernel.errors import NotFoundError
from palier.kernel.ids import PartyId
from palier.people.again import decide_again
from palier.people.caller import Module, Space, StaffRole, Tie
from palier.people.errors import AccountExistsError, LoginTakenError
from palier.people.model import MOST_TIES, SPACE_ORDER, Account, LoginOwner, PasswordState
from palier.people.store import account_key, account_row, decode_account, login_key, make_row

replace = msgspec.structs.replace


def new_account(party: PartyId, login: str, name: str, *, email: str = "", password_hash: str = "") -> Account:
    """Return the account of somebody who has none; a hash is that of a password which the agency gave."""
    state = PasswordState.SUPPLIED if password_hash else PasswordState.NONE
    return Account(party, login, name, email=email, password_hash=password_hash, password=state)


def account_with_ties(account: Account, ties: Iterable[Tie]) -> Account:
    """Return the account with these ties instead of its own, and the spaces that follow from them (AUT-019)."""
    every = tuple(ties)
    reached = frozenset(tie.space for tie in every)
    tied = replace(account, ties=every[:MOST_TIES], more_ties=len(every) > MOST_TIES)
    return replace(tied, spaces=_spaces(tied, reached))


def account_as_staff(account: Account, role: StaffRole | None, modules: Iterable[Module]) -> Account:
    """Return the account with a role in the agency, or without any more (AUT-004, AUT-005)."""
    staff = replace(account, role=role, modules=frozenset(modules))
    return replace(staff, spaces=_spaces(staff, frozenset(account.spaces)))


def account_as_supplier(account: Account, *, supplier: bool) -> Account:
    """Return the account with or without the supplier's space (AUT-023)."""
    changed = replace(account, supplier=supplier)
    return replace(changed, spaces=_spaces(changed, frozenset(account.spaces)))


def account_closed(account: Account) -> Account:
    """Return the account as it is when nothing of it is published any more (AUT-021): its sessions end."""
    return replace(account, allowed=False, epoch=account.epoch + 1)


def account_open(account: Account) -> Account:
    """Return the account as it is when something of it is published again."""
    return replace(account, allowed=True)


def _spaces(account: Account, reached: frozenset[Space]) -> tuple[Space, ...]:
    clients = reached - {Space.STAFF, Space.SUPPLIER}
    staff = {Space.STAFF} if account.role is not None else set[Space]()
    supplier = {Space.SUPPLIER} if account.supplier else set[Space]()
    return tuple(space for space in SPACE_ORDER if space in clients | staff | supplier)


def add_account(changes: Changes, keys: AgencyKeys, account: Account) -> None:
    """Add an account and its login to a transaction; a taken login fails it with :class:`LoginTakenError`."""
    changes.create(account_row(keys, account, 0), AccountExistsError())
    owner = make_row(login_key(keys, account.login), "LOGIN", LoginOwner(account.party))
    changes.create(owner, LoginTakenError(account.login))


def refresh_account(table: Table, keys: AgencyKeys, party: PartyId, change: Callable[[Account], Account]) -> Account:
    """Change a stored account, whatever else happens to it at the same time; writes nothing when nothing changes."""

    def attempt() -> Account:
        row = table.get(account_key(keys, party))
        if row is None:
            raise NotFoundError(party)
        before = decode_account(row)
        after = change(before)
        if after != before:
            changes = Changes()
            changes.replace(account_row(keys, after, row.version))
            changes.commit()
        return after

    return decide_again(attempt)
