"""Section 2: DynamoDB requests and units of every page, command and worker, with the CPU time of a warm run."""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Callable
from statistics import median

from infra.bench.commands import COMMANDS
from infra.bench.counting import Count, counting
from infra.bench.desk import Desk
from infra.bench.pages import PAGES
from infra.bench.results import Counted
from infra.bench.stage import Stage
from infra.bench.visits import Visit
from infra.bench.workers import QUIET, WORKERS

_RUNS = 4  # the first one loads modules and fills caches


def count_all(stage: Stage, say: Callable[[str], None]) -> tuple[Counted, ...]:
    """Count every visit; one that fails is said and left out."""
    logging.disable(logging.CRITICAL)
    desk, found = Desk(stage), []
    for visit in (*QUIET, *PAGES, *COMMANDS, *WORKERS):
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                found.append(_count(desk, visit))
        except Exception as error:  # noqa: BLE001 - one visit that breaks must not hide the others
            say(f"  {visit.name} could not be counted: {type(error).__name__} {error}")
    logging.disable(logging.NOTSET)
    return tuple(found)


def _count(desk: Desk, visit: Visit) -> Counted:
    runs = [_run(desk, visit) for _ in range(_RUNS)]
    first = runs[0]  # the others ask the same, or less where something was kept
    return Counted(
        visit.name,
        visit.kind,
        visit.function,
        first.reads,
        first.transactions,
        first.single_writes,
        first.read_units,
        first.write_units,
        dict(first.others),
        median(run.cpu_ms for run in runs[1:]),
    )


def _run(desk: Desk, visit: Visit) -> Count:
    do = visit.prepare(desk)
    with counting() as count:
        do()
    return count
