"""What a person chooses for himself (AUT-029)."""

import msgspec

from palier.aws.keys import AgencyKeys
from palier.aws.table import Table
from palier.people.accounts import refresh_account
from palier.people.errors import ImpersonatingError
from palier.people.sessions import Found


def notify_me_of_documents(table: Table, found: Found, *, wanted: bool) -> None:
    """Switch the caller's document notifications; the agency sees the choice and does not override it."""
    if found.session.impersonated_by is not None:
        raise ImpersonatingError
    refresh_account(
        table,
        AgencyKeys(found.agency.id),
        found.account.party,
        lambda account: msgspec.structs.replace(account, notify_documents=wanted),
    )
