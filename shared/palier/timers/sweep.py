"""Whatever should have left by now and has not, leaves now. Runs every few minutes; cheap when all is well.

It reads the ``due`` index of each agency up to a grace period ago: messages not sent, documents not made, timers not
fired. What it finds is nudged again; the workers decide from the table whether anything is left to do.
"""

import datetime as dt
from collections.abc import Callable, Iterator

import msgspec

from palier.aws.keys import AgencyKeys, Key, join
from palier.aws.table import Table
from palier.kernel.clock import iso
from palier.kernel.ids import AgencyId

GRACE = dt.timedelta(minutes=2)
_MOST = 500


class Swept(msgspec.Struct, frozen=True):
    """What one run found late, by kind."""

    messages: int = 0
    documents: int = 0
    timers: int = 0


class Workers(msgspec.Struct, frozen=True):
    """Where late work goes."""

    deliver: Callable[[Key], None]
    document: Callable[[Key], None]
    fire: Callable[[Key], object]


def agencies(table: Table) -> Iterator[AgencyId]:
    """Yield every agency."""
    for row in table.query(join("PLATFORM", "AGENCIES")).rows:
        yield AgencyId(row.key.sk)


def sweep(table: Table, agency: AgencyId, workers: Workers, now: dt.datetime) -> Swept:
    """Nudge what is late in one agency, the oldest first; at most 500 items a run, the rest next time."""
    late = table.query_index(
        "due", AgencyKeys(agency).pk("DUE"), up_to=iso(now - GRACE), limit=_MOST, newest_first=False
    )
    counts = {"OUT": 0, "JOB": 0, "TIMER": 0}
    ways = {"OUT": workers.deliver, "JOB": workers.document, "TIMER": workers.fire}
    for row in late.rows:
        if row.kind in ways:
            counts[row.kind] += 1
            ways[row.kind](row.key)
    return Swept(counts["OUT"], counts["JOB"], counts["TIMER"])
