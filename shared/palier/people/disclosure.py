"""What the agency answers to a person who asks for his data, or to have it erased (RGPD art. 15, 17, 20)."""

import datetime as dt
from typing import Any

import msgspec

from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys, Key
from palier.aws.table import Row, Table
from palier.kernel.errors import NotFoundError, PalierError
from palier.kernel.ids import PartyId
from palier.people.model import Account, AuditEntry
from palier.people.privacy import Involvement, Refusal, Standing, refusals
from palier.people.store import account_key, audit_row, decode_account, login_key
from palier.portfolio.dossier import Dossier, live
from palier.portfolio.keys import party_key
from palier.portfolio.rows import dossier_rows
from palier.portfolio.store import decode_dossier
from palier.requests.model import RequestStatus
from palier.tickets.cards import Card
from palier.tickets.status import OVER

_AT_ONCE = 90
_NEVER_SHOWN = frozenset({"PASSWORD_DRAFT"})


class ErasureRefusedError(PalierError):
    """The law still asks to keep something; ``reasons`` says what."""

    code = "ERASURE_REFUSED"

    def __init__(self, reasons: tuple[Refusal, ...]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class Erased(msgspec.Struct, frozen=True):
    """What was erased, and which old files still name the person in their texts."""

    rows: int
    files_that_name_him: tuple[str, ...]


class _RequestCard(msgspec.Struct):
    number: int
    title: str
    sent_at: dt.datetime
    status: RequestStatus


def export_person(table: Table, keys: AgencyKeys, party: PartyId) -> dict[str, Any]:
    """Return everything that is kept about a person, by kind, without what would let somebody sign in as him."""
    rows = _all_rows(table, keys, party)
    told: dict[str, Any] = {}
    for row in rows:
        if row.kind not in _NEVER_SHOWN:
            told.setdefault(row.kind.lower(), []).append(_readable(row))
    involved = involvements(table, keys, party)
    told["files"] = [msgspec.to_builtins(one) for one in involved]
    requests = table.get_many(keys.key("REQUEST", one.number, sk="HEAD") for one in involved if one.kind == "request")
    told["requests"] = [msgspec.json.decode(row.body) for row in requests.values()]
    return told


def erase_person(table: Table, keys: AgencyKeys, party: PartyId, now: dt.datetime, unique: str) -> Erased:
    """Erase a person, or raise :class:`ErasureRefusedError`. The audit says that it was done, not to whom."""
    rows = _all_rows(table, keys, party)
    dossier, account = _dossier(rows, keys, party), _account(rows, keys, party)
    involved = involvements(table, keys, party)
    reasons = refusals(_standing(dossier, involved), now)
    if reasons:
        raise ErasureRefusedError(reasons)
    places = {row.key for row in rows} | set(dossier_rows(keys, dossier))
    places |= {login_key(keys, account.login)} if account else set()
    _delete(sorted(places))
    changes = Changes()
    changes.put(audit_row(keys, AuditEntry(now, who="operator", what="erasure"), unique))
    changes.commit()
    return Erased(len(places), tuple(f"{one.kind} {one.number}" for one in involved))


def involvements(table: Table, keys: AgencyKeys, party: PartyId) -> tuple[Involvement, ...]:
    """Return the tickets and requests of a person."""
    found: list[Involvement] = []
    start = None
    while True:
        page = table.query_index("by_person", keys.pk("PERSON", party), limit=100, start=start)
        found += [_involvement(row) for row in page.rows]
        start = page.next
        if start is None:
            return tuple(found)


def _involvement(row: Row) -> Involvement:
    if row.kind == "REQUEST":
        request = msgspec.json.decode(row.card or b"{}", type=_RequestCard)
        is_open = request.status is RequestStatus.OPEN
        return Involvement("request", request.number, request.title, is_open, request.sent_at)
    ticket = msgspec.json.decode(row.card or b"{}", type=Card)
    return Involvement("ticket", ticket.number, ticket.subject, ticket.status not in OVER, ticket.modified)


def _standing(dossier: Dossier, involved: tuple[Involvement, ...]) -> Standing:
    return Standing(
        holdings=len(live(dossier)),
        published_accounts=sum(account.published for account in dossier.accounts),
        staff=dossier.staff is not None,
        supplier=dossier.supplier is not None,
        involvements=involved,
    )


def _all_rows(table: Table, keys: AgencyKeys, party: PartyId) -> list[Row]:
    rows = list(table.query(keys.pk("PARTY", party)).rows)
    if not rows:
        raise NotFoundError(party)
    return rows


def _dossier(rows: list[Row], keys: AgencyKeys, party: PartyId) -> Dossier:
    row = _row_at(rows, party_key(keys, party))
    return Dossier(party) if row is None else decode_dossier(row)


def _account(rows: list[Row], keys: AgencyKeys, party: PartyId) -> Account | None:
    row = _row_at(rows, account_key(keys, party))
    return None if row is None else decode_account(row)


def _row_at(rows: list[Row], key: Key) -> Row | None:
    return next((row for row in rows if row.key == key), None)


def _readable(row: Row) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.json.decode(row.body)
    told.pop("password_hash", None)
    return told


def _delete(places: list[Key]) -> None:
    for start in range(0, len(places), _AT_ONCE):
        changes = Changes()
        for place in places[start : start + _AT_ONCE]:
            changes.delete(place)
        changes.commit()
