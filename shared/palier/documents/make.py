"""Makes the document that a job asks for, once for each time it was asked (OUT-001).

It may die at any line: the file is stored first and the job marked last, so at worst the same file is made twice.
"""

from collections.abc import Callable

import msgspec

from palier.aws.keys import Key
from palier.aws.table import Table
from palier.documents.store import Asked, JobStore
from palier.documents.summary import summary_of
from palier.kernel.clock import Clock
from palier.kernel.errors import ConflictError, PalierError
from palier.kernel.ids import AgencyId
from palier.tickets.commands import SUMMARY

_TRIES = 3


class UnknownJobError(PalierError):
    """Nobody here makes such a document."""

    code = "UNKNOWN_JOB"


class Workshop(msgspec.Struct, frozen=True):
    """What the worker needs from outside."""

    table: Table
    clock: Clock
    keep: Callable[[str, bytes], None]


def make(workshop: Workshop, key: Key) -> str:
    """Make the document of a job's row. Returns its place in the bucket, or « » when there was nothing to make.

    Raises :class:`ConflictError` when the ticket kept moving: the queue comes back to it.
    """
    agency = AgencyId(key.pk.partition("#")[0])
    store = JobStore(workshop.table, agency)
    for _ in range(_TRIES):
        asked = store.read(key)
        if asked is None or asked.job.key:
            return ""
        try:
            return _made(workshop, store, asked, agency)
        except ConflictError:
            continue
    raise ConflictError


def _made(workshop: Workshop, store: JobStore, asked: Asked, agency: AgencyId) -> str:
    place = place_of(agency, asked.job.number, asked.job.what)
    now = workshop.clock.now()
    from palier.documents.summary_pdf import draw_summary  # heavy: a job already done must not pay for it

    summary = summary_of(store.agency(), asked.file.ticket, asked.file.entries, now)
    workshop.keep(place, draw_summary(summary))
    store.mark_made(asked, msgspec.structs.replace(asked.job, key=place, made_at=now))
    return place


def place_of(agency: AgencyId, number: int, what: str) -> str:
    """Return where a document lies in the files bucket."""
    if what != SUMMARY:
        raise UnknownJobError(what)
    return f"files/{agency}/documents/{number}/resume.pdf"
