"""From a stream record of the table to what must now happen outside it. Idempotent: a record may come twice.

Everything here is only a nudge. What is to do stands in the table; when this function dies at any line, the sweeper
finds what has not left.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from palier.aws.keys import Key
from palier.messages.model import Delivery, OutMessage
from palier.tickets.store import Job, PendingTimer

Image = Mapping[str, Mapping[str, Any]]


class Doors(msgspec.Struct, frozen=True):
    """The ways out: to the workers' queues, and to the scheduler."""

    deliver: Callable[[Key], None]
    document: Callable[[Key], None]
    set_schedule: Callable[..., None]
    drop_schedule: Callable[[Key], None]


def dispatch(record: Mapping[str, Any], doors: Doors) -> None:
    """Do what one DynamoDB stream record asks for."""
    change = record["dynamodb"]
    new, old = change.get("NewImage"), change.get("OldImage")
    key = Key(change["Keys"]["pk"]["S"], change["Keys"]["sk"]["S"])
    match _kind(new or old):
        case "OUT":
            _message(key, new, old, doors)
        case "TIMER":
            _timer(key, new, doors)
        case "JOB":
            _job(key, new, doors)


def _kind(image: Image | None) -> str:
    kind: str = ((image or {}).get("kind") or {}).get("S", "")
    return kind


def _body(image: Image) -> bytes:
    text: str = image["body"]["S"]
    return text.encode()


def _message(key: Key, new: Image | None, old: Image | None, doors: Doors) -> None:
    if new is None or old is not None:
        return  # only a new message leaves from here; a retry is the sweeper's
    if msgspec.json.decode(_body(new), type=OutMessage).state is Delivery.QUEUED:
        doors.deliver(key)


def _timer(key: Key, new: Image | None, doors: Doors) -> None:
    if new is None:
        doors.drop_schedule(key)
        return
    doors.set_schedule(key, msgspec.json.decode(_body(new), type=PendingTimer).due)


def _job(key: Key, new: Image | None, doors: Doors) -> None:
    if new is not None and not msgspec.json.decode(_body(new), type=Job).key:
        doors.document(key)
