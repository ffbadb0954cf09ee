"""What the sections find, as data: the reports, the bill and ``bench.json`` are made from these. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from infra.bench.statistics import Spread


class Measured(NamedTuple):
    """Medians of one request in one package: CPU ms and MB; instructions in millions when they were counted."""

    init: float
    first: float
    cold: float
    warm: float
    peak: float
    cold_instructions: float | None = None
    warm_instructions: float | None = None


class ColdStart(NamedTuple):
    """One request in both packages; ``naive`` is None when it was left out. ``page``: the bars hold."""

    name: str
    function: str
    page: bool
    shipped: Measured
    naive: Measured | None


class Kind(StrEnum):
    """What is counted, and so which bar holds. A machine's request is held like a command."""

    PAGE = "page"
    COMMAND = "command"
    CREATION = "creation"
    WORKER = "worker"


class Counted(NamedTuple):
    """What one visit asks for, in a process that has served before, and its CPU ms."""

    name: str
    kind: Kind
    function: str
    reads: int
    transactions: int
    single_writes: int
    read_units: float
    write_units: float
    others: dict[str, int]
    cpu_ms: float


class Wait(NamedTuple):
    """How long one thing took; ``tickets`` is how many the agency had."""

    name: str
    tickets: int
    ms: Spread


class Rate(NamedTuple):
    """How many a second."""

    name: str
    a_second: float


class Reading(NamedTuple):
    """CPU ms of reading one mail of a size."""

    size: int
    cpu_ms: float


class MailsIn(NamedTuple):
    """``a_second``: from the SMTP server's door to a pre-ticket. ``from_twice``: tickets of a mail sent twice."""

    readings: tuple[Reading, ...]
    mails: int
    a_second: float
    from_twice: int


class Found(NamedTuple):
    """Everything that was measured on the local cloud; ``loading``: how many tickets were written in how many s."""

    waits: tuple[Wait, ...]
    rates: tuple[Rate, ...]
    mails: MailsIn
    loading: tuple[tuple[int, float], ...]


LIST, TICKET, LINK, PORTAL = "list of 25", "ticket page", "supplier link page", "portal: one intervention"
QUERY = "list of 25, its query alone"
CREATE, CREATE_ORDER = "create (pre-ticket)", "create (order, mail sent)"
SMALL, LARGE = 100_000, 5_000_000  # bytes of a mail
