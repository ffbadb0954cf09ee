"""Logins that a publication opens, refreshes or closes (AUT-004, AUT-006, AUT-007). The account itself is
``people``'s.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from itertools import islice

import msgspec

from palier.aws.keys import AgencyKeys, Key
from palier.aws.table import Table
from palier.kernel.ids import PartyId
from palier.people.accounts import (
    account_as_staff,
    account_as_supplier,
    account_closed,
    account_open,
    account_with_ties,
    new_account,
)
from palier.people.caller import Space
from palier.people.errors import LoginTakenError
from palier.people.logins import candidates, login_for
from palier.people.model import Account, LoginOwner
from palier.people.store import account_key, account_row, login_key, make_row
from palier.portfolio.dossier import Dossier, spaces, ties
from palier.publication.store import Versions
from palier.publication.writing import Write

_FIRST_TRIES = 3
replace = msgspec.structs.replace


def opened_account(dossier: Dossier, login: str, password_hash: str) -> Account:
    """Return the account of somebody who has none, with the password that the agency gives him."""
    account = new_account(dossier.id, login, dossier.name, password_hash=password_hash)
    return account_after(account, Dossier(dossier.id), dossier)


def account_after(account: Account, before: Dossier, after: Dossier) -> Account:
    """Return the account as the publication leaves it: sessions end when its last space is gone (AUT-021)."""
    emails = after.contact.emails
    changed = replace(
        account,
        name=after.name or account.name,
        email=emails[0] if emails else "",
        other_accounts=bool(after.linked),
    )
    if before.staff or after.staff:  # an account made by the console keeps its role
        staff = after.staff
        changed = account_as_staff(changed, staff.role if staff else None, staff.modules if staff else ())
    changed = account_as_supplier(changed, supplier=Space.SUPPLIER in spaces(after))
    changed = account_with_ties(changed, ties(after))
    if account.spaces and not changed.spaces:
        return account_closed(changed)
    return account_open(changed) if changed.spaces and not account.spaces else changed


def free_logins(table: Table, keys: AgencyKeys, dossiers: Iterable[Dossier]) -> dict[PartyId, str]:
    """Return for each the first login of the pattern that nobody has: ``PETRUSPIERRE``, ``PETRUSPIERRE2``…"""
    bases = {dossier.id: _base(dossier) for dossier in dossiers}
    wanted = {login_key(keys, login) for base in bases.values() for login in islice(candidates(base), _FIRST_TRIES)}
    used = {*table.get_many(wanted)}
    found: dict[PartyId, str] = {}
    for party, base in bases.items():
        found[party] = _free(table, keys, base, used)
        used.add(login_key(keys, found[party]))
    return found


def _free(table: Table, keys: AgencyKeys, base: str, used: AbstractSet[Key]) -> str:
    for number, login in enumerate(candidates(base)):
        key = login_key(keys, login)
        if key not in used and (number < _FIRST_TRIES or table.get(key) is None):
            return login
    raise LoginTakenError(base)


def _base(dossier: Dossier) -> str:
    card = dossier.party or dossier.staff
    return login_for(card.last_name, card.first_name) if card else login_for(dossier.name)


def login_write(keys: AgencyKeys, account: Account) -> Write:
    """Return what reserves an account's login."""
    key = login_key(keys, account.login)
    return Write(key, make_row(key, "LOGIN", LoginOwner(account.party)), guarded=True)


def account_write(keys: AgencyKeys, account: Account, versions: Versions) -> Write:
    """Return what writes an account over the version that was read."""
    key = account_key(keys, account.party)
    return Write(key, account_row(keys, account, versions[key]), guarded=True)
