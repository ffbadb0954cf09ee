"""What happens to a plain request: sent, chased, answered. Each is one transaction that also queues its mail (38.9)."""

import datetime as dt
from collections.abc import Callable

from palier.aws.changes import Changes
from palier.aws.once import take_once
from palier.kernel.errors import ConflictError
from palier.kernel.ids import TicketNumber
from palier.messages.outbox import queue_message
from palier.requests.model import ClientRequest, Person, Said, answered, chased
from palier.requests.store import Kept, Requests

SENT, CHASED, ANSWERED = "stf.new_request", "stf.request_chased", "cli.request_answered"
_TRIES = 3


def send(store: Requests, request: ClientRequest, once: str) -> ClientRequest:
    """Keep a new request and tell its addressee (REQ-002, REQ-005).

    Raises :class:`AlreadyDoneError` with the first one's number when the form was taken before.
    """
    changes = Changes()
    take_once(changes, store.keys, once, str(request.number), request.sent_at)
    store.write(changes, request)
    _mail(changes, store, SENT, request, request.addressee, request.description, request.sent_at)
    changes.commit()
    return request


def chase(store: Requests, number: TicketNumber, text: str, now: dt.datetime, once: str) -> ClientRequest:
    """Ask again (REQ-007). Raises :class:`ChaseTooSoonError`, :class:`AlreadyAnsweredError`."""
    return _change(store, number, lambda request: chased(request, text, now), (CHASED, text), now, once)


def answer(store: Requests, number: TicketNumber, said: Said, once: str) -> ClientRequest:
    """Answer as the agency (REQ-008): the client sees it and is told by mail."""
    return _change(store, number, lambda request: answered(request, said), (ANSWERED, said.text), said.at, once)


def _change(
    store: Requests,
    number: TicketNumber,
    become: Callable[[ClientRequest], ClientRequest],
    mail: tuple[str, str],
    now: dt.datetime,
    once: str,
) -> ClientRequest:
    for _ in range(_TRIES):
        found = store.load(number)
        changed = become(found.request)
        try:
            _save(store, found, changed, mail, now, once)
        except ConflictError:
            continue
        return changed
    raise ConflictError


def _save(
    store: Requests, found: Kept, changed: ClientRequest, mail: tuple[str, str], now: dt.datetime, once: str
) -> None:
    template, text = mail
    changes = Changes()
    take_once(changes, store.keys, once, str(changed.number), now)
    store.write(changes, changed, found.row)
    told = changed.requester if template == ANSWERED else changed.addressee
    _mail(changes, store, template, changed, told, text, now)
    changes.commit()


def _mail(
    changes: Changes,
    store: Requests,
    template: str,
    request: ClientRequest,
    to: Person | None,
    text: str,
    now: dt.datetime,
) -> None:
    values = {
        "number": str(request.number),
        "kind": request.kind,
        "subject": request.title,
        "place": request.place,
        "requester": request.requester.name,
        "text": text,
        "urgent": "1" if request.urgent else "",
        "path": f"{'/demandes' if template == ANSWERED else '/gestion/demandes'}/{request.number}",
    }
    for address in to.emails if to else ():
        queue_message(changes, store.keys, template, address, to.name if to else "", values, now)
