"""Reading what one message needs, in one BatchGetItem, and writing its fate on condition that nobody else did."""

import msgspec

from palier.agencies.store import decode_agency, settings_key
from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys, Key
from palier.aws.table import Row, Table
from palier.kernel.errors import ConflictError, NotFoundError
from palier.kernel.ids import AgencyId
from palier.messages.compose_letter import Letter
from palier.messages.deliver_claim import sent
from palier.messages.links import Link, Purpose, link_row
from palier.messages.model import OutMessage
from palier.messages.outbox import KIND, message_row, read_message
from palier.tickets.facts import Entry
from palier.tickets.model import Ticket

_TRIES = 5


class Held(msgspec.Struct, frozen=True):
    """A message with the row it was read from."""

    letter: Letter
    row: Row


class DeliveryStore:
    """The outbox of one agency, as the worker sees it."""

    def __init__(self, table: Table, agency: AgencyId) -> None:
        self._table = table
        self._keys = AgencyKeys(agency)

    def read(self, key: Key) -> Held | None:
        """Read a message and what it is about; None when there is no such message."""
        head, entry = _of_ticket(key)
        settings = settings_key(self._keys)
        rows = self._table.get_many(one for one in (key, settings, head, entry) if one)
        if key not in rows or rows[key].kind != KIND:
            return None
        if settings not in rows:
            raise NotFoundError(f"settings of {self._keys.agency}")
        letter = Letter(
            read_message(rows[key]),
            decode_agency(rows[settings]),
            msgspec.json.decode(rows[head].body, type=Ticket) if head in rows else None,
            msgspec.json.decode(rows[entry].body, type=Entry) if entry in rows else None,
        )
        return Held(letter, rows[key])

    def claim(self, held: Held, message: OutMessage, token: str, link: Link | None) -> Held:
        """Take a message, and in the same transaction make its link open. Raises :class:`ConflictError`.

        A password link is written by the first try only: a second one must not revive a link already used.
        """
        changes = Changes()
        changes.replace(self._row(held, message))
        if link is not None and (link.purpose is Purpose.SUPPLIER or not held.letter.message.attempts):
            changes.put(link_row(self._keys, token, link))
        changes.commit()
        return _next(held, message)

    def settle(self, held: Held, message: OutMessage) -> None:
        """Write what became of a claimed message. Raises :class:`ConflictError` when it moved meanwhile."""
        changes = Changes()
        changes.replace(self._row(held, message))
        changes.commit()

    def mark_sent(self, held: Held, message: OutMessage) -> None:
        """Write that a message left, whatever else was written about it meanwhile: the provider has it."""
        for attempt in range(_TRIES):
            try:
                self.settle(held, message)
            except ConflictError:
                row = self._table.get(held.row.key)
                if row is None or attempt == _TRIES - 1:
                    raise
                held = Held(held.letter, row)
                message = sent(read_message(row), message.provider_id, message.subject, message.sent_at)
            else:
                return

    def _row(self, held: Held, message: OutMessage) -> Row:
        return message_row(self._keys, held.row.key, message, held.row.version)


def _of_ticket(key: Key) -> tuple[Key, Key] | tuple[None, None]:
    """Return the head and the entry of a message about a ticket: its own sort key names the entry."""
    _, kind, *_ = key.pk.split("#")
    if kind != "TICKET":
        return None, None
    return Key(key.pk, "HEAD"), Key(key.pk, f"E#{key.sk.split('#')[1]}")


def _next(held: Held, message: OutMessage) -> Held:
    row = msgspec.structs.replace(held.row, version=held.row.version + 1)
    return Held(msgspec.structs.replace(held.letter, message=message), row)
