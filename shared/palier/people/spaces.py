"""Choosing one's space (AUT-019)."""

import msgspec

from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys
from palier.aws.table import Table
from palier.kernel.errors import ForbiddenError, NotSignedInError
from palier.people.again import decide_again
from palier.people.caller import Space
from palier.people.sessions import ABSOLUTE_LIFE, Found, parse_cookie, token_hash
from palier.people.store import decode_session, session_key, session_row


def choose_space(table: Table, found: Found, space: Space) -> None:
    """Enter one of the caller's spaces."""
    if space not in found.caller.spaces:
        raise ForbiddenError
    keys, party = AgencyKeys(found.agency.id), found.account.party
    hashed = token_hash(parse_cookie(found.caller.secret).token)

    def attempt() -> None:
        row = table.get(session_key(keys, party, hashed))
        if row is None:
            raise NotSignedInError
        session = msgspec.structs.replace(decode_session(row), space=space)
        changes = Changes()
        changes.replace(session_row(keys, party, hashed, session, session.started + ABSOLUTE_LIFE, row.version))
        changes.commit()

    decide_again(attempt)
