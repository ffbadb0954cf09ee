"""Keeping a session from going idle: only functions that write do it, and at most a few times a day."""

import datetime as dt

import msgspec

from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys
from palier.kernel.errors import ConflictError
from palier.people.sessions import ABSOLUTE_LIFE, Found, parse_cookie, token_hash
from palier.people.store import session_key, session_row

RENEW_AFTER = dt.timedelta(hours=6)


def renew(found: Found, now: dt.datetime) -> None:
    """Note that somebody is there. Pages that only read never do: idle means that nothing was done."""
    if now < found.session.renewed + RENEW_AFTER:
        return
    keys, party = AgencyKeys(found.agency.id), found.account.party
    hashed = token_hash(parse_cookie(found.caller.secret).token)
    row = found.rows[session_key(keys, party, hashed)]
    session = msgspec.structs.replace(found.session, renewed=now)
    changes = Changes()
    changes.replace(session_row(keys, party, hashed, session, session.started + ABSOLUTE_LIFE, row.version))
    try:
        changes.commit()
    except ConflictError:
        return  # signed out meanwhile, or renewed by another form: neither is to be undone
