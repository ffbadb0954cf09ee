"""What happens after a commit and from elsewhere, for the same count as the visits: mail in, mail out, timers, PDF."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable

from infra.bench import agency
from infra.bench.desk import Desk, load, nudge_event, queue_event, stream_event
from infra.bench.mails import mail
from infra.bench.results import Kind
from infra.bench.stage import INBOUND, INBOUND_DOMAIN
from infra.bench.tickets import Stage
from infra.bench.visits import Do, Visit
from palier.aws.changes import Changes
from palier.aws.table import Row
from palier.kernel.clock import FixedClock
from palier.kernel.ids import TicketNumber
from palier.tickets.commands import SUMMARY
from palier.tickets.store import Job, Tickets

_ranks = itertools.count(1)
_MAILBOX = f"{agency.AGENCY}@{INBOUND_DOMAIN}"


def _mail_in(size: int) -> Callable[[Desk], Do]:
    def prepare(desk: Desk) -> Do:
        raw = mail(agency.OWNER_EMAIL, _MAILBOX, next(_ranks), size)
        event = _arrival(desk, raw)
        return lambda: desk.work("inbound_email", event)

    return prepare


def _mail_again(desk: Desk) -> Do:
    event = _arrival(desk, mail(agency.OWNER_EMAIL, _MAILBOX, next(_ranks)))
    desk.work("inbound_email", event)
    return lambda: desk.work("inbound_email", event)


def _arrival(desk: Desk, raw: bytes) -> dict[str, object]:
    key = f"mail/{next(_ranks):040d}"
    desk.stage.cloud.client("s3").put_object(Bucket=INBOUND, Key=key, Body=raw)
    return queue_event({"Records": [{"s3": {"bucket": {"name": INBOUND}, "object": {"key": key}}}]})


def _follow(desk: Desk) -> Do:
    """The stream of a new order: a mail or two, and a timer."""
    event = stream_event(_rows(desk, "OUT", "TIMER"))
    return lambda: desk.work("after_commit", event)


def _deliver(desk: Desk) -> Do:
    event = nudge_event(_rows(desk, "OUT")[0].key)
    return lambda: desk.work("deliver", event)


def _fire(desk: Desk) -> Do:
    key = _rows(desk, "TIMER")[0].key
    load("timers").clock = FixedClock(desk.stage.now + dt.timedelta(days=30))  # type: ignore[attr-defined]
    return lambda: desk.work("timers", {"pk": key.pk, "sk": key.sk})


def _document(desk: Desk) -> Do:
    number, _ = desk.ticket(Stage.CLOSED)
    row = Tickets(desk.table, agency.AGENCY).job_row(Job(SUMMARY, TicketNumber(number), desk.stage.now))
    changes = Changes()
    changes.put(row)
    changes.commit()
    return lambda: desk.work("documents", nudge_event(row.key))


def _sweep(desk: Desk) -> Do:
    return lambda: desk.work("sweeper", {})


def _rows(desk: Desk, *kinds: str) -> list[Row]:
    _, rows = desk.ticket(Stage.ASKED)
    return [row for row in rows if row.kind in kinds]


# Counted before anything else: later the other visits have left work that waits for nobody here.
QUIET = (Visit("Balayage, un jour calme", Kind.WORKER, "sweeper", _sweep),)
WORKERS = (
    Visit("E-mail reçu, sans pièce jointe", Kind.WORKER, "inbound_email", _mail_in(0)),
    Visit("E-mail reçu, 100 ko", Kind.WORKER, "inbound_email", _mail_in(100_000)),
    Visit("Le même e-mail encore", Kind.WORKER, "inbound_email", _mail_again),
    Visit("Après un nouvel ordre (flux)", Kind.WORKER, "after_commit", _follow),
    Visit("Envoyer un e-mail", Kind.WORKER, "deliver", _deliver),
    Visit("Une relance échoit", Kind.WORKER, "timers", _fire),
    Visit("Résumé PDF", Kind.WORKER, "documents", _document),
)
