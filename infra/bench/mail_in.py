"""Mail coming in: what reading one costs, how many a second become pre-tickets, and whether one becomes two."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median

from infra.bench import agency
from infra.bench.mails import mail
from infra.bench.results import LARGE, SMALL, MailsIn, Reading
from infra.bench.stage import INBOUND_DOMAIN
from infra.local.testing import LocalCloud
from palier.aws.keys import AgencyKeys
from palier.aws.table import Item, Table
from palier.messages.inbound.parse import parse_mail

_SENDERS = 4
_PATIENCE = 120.0
_MAILBOX = f"{agency.AGENCY}@{INBOUND_DOMAIN}"


def read_all(tries: int = 9) -> tuple[Reading, ...]:
    """Measure the reading of mails of several sizes, in this process."""
    return tuple(
        Reading(size, _read(mail("a@clients.example", _MAILBOX, 1, size), tries)) for size in (0, SMALL, LARGE)
    )


def _read(raw: bytes, tries: int) -> float:
    spent = []
    for _ in range(tries + 1):
        start = time.process_time()
        parse_mail(raw)
        spent.append((time.process_time() - start) * 1000)
    return median(spent[1:])


def measure(cloud: LocalCloud, table: Table, mails: int) -> MailsIn:
    """Measure the way of mails through SMTP, the bucket, the queue and the function."""
    readings = read_all()
    _send(cloud, [mail(_sender(rank), _MAILBOX, rank) for rank in range(3)])  # the functions start
    _wait_for(table, _pre_tickets(table), 0)
    cloud.settle()
    before, start = _pre_tickets(table), time.perf_counter()
    _send(cloud, [mail(_sender(rank), _MAILBOX, 1000 + rank) for rank in range(mails)])
    _wait_for(table, before, mails)
    rate = mails / (time.perf_counter() - start)
    return MailsIn(readings, mails, rate, _twice(cloud, table))


def _twice(cloud: LocalCloud, table: Table) -> int:
    cloud.settle()
    before, raw = _pre_tickets(table), mail(_sender(1), _MAILBOX, 9000)
    _send(cloud, [raw])
    cloud.settle()
    _send(cloud, [raw])
    cloud.settle()
    return _pre_tickets(table) - before


def _sender(rank: int) -> str:
    """People whom the portfolio does not know: the agency's own are few."""
    return agency.OWNER_EMAIL if rank % 2 else f"occupant-{rank}@clients.example"


def _send(cloud: LocalCloud, mails: list[bytes]) -> None:
    with ThreadPoolExecutor(_SENDERS) as senders:
        for sent in [senders.submit(cloud.send_mail, raw) for raw in mails]:
            sent.result()


def _wait_for(table: Table, before: int, more: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while _pre_tickets(table) < before + more:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{_pre_tickets(table) - before} of {more} mails became pre-tickets")
        time.sleep(0.05)


def _pre_tickets(table: Table) -> int:
    """Count the tickets that came by mail; only in an index can they be counted without reading them."""
    del table  # the connection is the process's
    partition = AgencyKeys(agency.AGENCY).pk("TAB", "syndic", "en-attente")
    gerance = AgencyKeys(agency.AGENCY).pk("TAB", "gerance", "en-attente")
    return int(sum(Item.by_tab.count(one) for one in (partition, gerance)))
