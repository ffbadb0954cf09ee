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
from palier.aws.item import Item
from palier.aws.keys import AgencyKeys
from palier.messages.inbound.parse import parse_mail
from palier.people.caller import Module
from palier.tickets.status import Tab

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


def measure(cloud: LocalCloud, mails: int) -> MailsIn:
    """Measure the way of mails through SMTP, the bucket, the queue and the function."""
    readings = read_all()
    _send(cloud, [mail(_sender(rank), _MAILBOX, rank) for rank in range(3)])  # the functions start
    cloud.settle()
    before, start = _taken(), time.perf_counter()
    _send(cloud, [mail(_sender(rank), _MAILBOX, 1000 + rank) for rank in range(mails)])
    _wait_for(before + mails)
    rate = mails / (time.perf_counter() - start)
    return MailsIn(readings, mails, rate, _twice(cloud))


def _twice(cloud: LocalCloud) -> int:
    cloud.settle()
    before, raw = _pre_tickets(), mail(_sender(1), _MAILBOX, 9000)
    _send(cloud, [raw])
    cloud.settle()
    _send(cloud, [raw])
    cloud.settle()
    return _pre_tickets() - before


def _sender(rank: int) -> str:
    """People whom the portfolio does not know: the agency's own are few."""
    return agency.OWNER_EMAIL if rank % 2 else f"occupant-{rank}@clients.example"


def _send(cloud: LocalCloud, mails: list[bytes]) -> None:
    with ThreadPoolExecutor(_SENDERS) as senders:
        for sent in [senders.submit(cloud.send_mail, raw) for raw in mails]:
            sent.result()


def _wait_for(numbers: int) -> None:
    deadline = time.monotonic() + _PATIENCE
    while _taken() < numbers:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{numbers - _taken()} mails did not become pre-tickets")
        time.sleep(0.02)


def _taken() -> int:
    """Return how many numbers were taken: one for each mail, and cheap to ask."""
    key = AgencyKeys(agency.AGENCY).key("COUNTER", sk="TICKETS")
    return int(Item.get(key.pk, key.sk).n)


def _pre_tickets() -> int:
    """Count the tickets that wait for validation, where mails lead to."""
    partitions = (AgencyKeys(agency.AGENCY).pk("TAB", module, Tab.PENDING) for module in Module)
    return int(sum(Item.by_tab.count(partition) for partition in partitions))
