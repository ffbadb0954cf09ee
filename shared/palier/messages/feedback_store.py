"""Writes what the mail service said into the outbox. Idempotent."""

from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys
from palier.aws.table import Table
from palier.kernel.errors import ConflictError
from palier.kernel.ids import AgencyId
from palier.messages.feedback import Feedback, after
from palier.messages.model import Delivery
from palier.messages.outbox import KIND, message_row, read_message

_TRIES = 5


def take_feedback(table: Table, said: Feedback) -> Delivery | None:
    """Move a message on, and return its new state; None when nothing changed. Raises :class:`ConflictError`."""
    for _ in range(_TRIES):
        try:
            return _write(table, said)
        except ConflictError:
            continue
    raise ConflictError


def _write(table: Table, said: Feedback) -> Delivery | None:
    row = table.get(said.key)
    if row is None or row.kind != KIND:
        return None
    message = after(read_message(row), said)
    if message is None:
        return None
    changes = Changes()
    keys = AgencyKeys(AgencyId(said.key.pk.partition("#")[0]))
    changes.replace(message_row(keys, said.key, message, row.version))
    changes.commit()
    return message.state
