"""Section 3: the product on the local cloud, through API Gateway and the real template: how long people wait, how many
it serves at once, how flat its lists are, how many mails it takes in.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from infra.bench import agency, mail_in, tickets
from infra.bench.clients import Errand, RefusedError, latencies, throughput
from infra.bench.commands import order
from infra.bench.gateway import Ask, form
from infra.bench.results import CREATE, CREATE_ORDER, LINK, LIST, PORTAL, QUERY, TICKET, Found, Rate, Wait
from infra.bench.stage import fill
from infra.bench.statistics import spread
from infra.bench.table import opened, write_all
from infra.local.settings import REPOSITORY
from infra.local.testing import LocalCloud, start_local_cloud
from palier.aws.table import Table
from palier.tickets.status import Tab
from palier.tickets.store import Tickets
from palier.web.form_tokens import new_form_token

CLIENTS = 8
OPENED = 203  # an order with its whole life behind it


class Site(NamedTuple):
    """The local cloud with the agency in it."""

    cloud: LocalCloud
    table: Table
    people: agency.People
    now: dt.datetime

    @property
    def url(self) -> str:
        return self.cloud.people_url


def measure(sizes: Sequence[int], tries: int, seconds: float, say: Callable[[str], None]) -> Found:
    """Measure with each number of tickets in turn; everything else with the last but never more than 10,000."""
    waits: list[Wait] = []
    loading: list[tuple[int, float]] = []
    with tempfile.TemporaryDirectory() as folder, _site(Path(folder)) as site:
        had = 0
        for size in sizes:
            say(f"local cloud: loading {size - had} tickets…")
            start = time.perf_counter()
            fill(site.table, range(had + 1, size + 1), site.now)
            loading.append((size - had, time.perf_counter() - start))
            had = size
            say(f"local cloud: waiting times with {size} tickets")
            waits += _waits(site, size, tries, say)
        rates = tuple(_rates(site, seconds, say))
        say("local cloud: e-mails")
        mails = mail_in.measure(site.cloud, 20 if seconds < 3 else 60)  # noqa: PLR2004 - a quick run
    return Found(tuple(waits), rates, mails, tuple(loading))


@contextmanager
def _site(folder: Path) -> Iterator[Site]:
    cloud = start_local_cloud(REPOSITORY / "template.yaml", folder)
    try:
        name = cloud.functions["StaffDeskFunction"]
        variables = cloud.client("lambda").get_function_configuration(FunctionName=name)["Environment"]["Variables"]
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        with opened(cloud.aws_url, variables["TABLE_NAME"]) as table:
            made = agency.make_agency(urlsplit(cloud.people_url).netloc, now)
            write_all(made.rows)
            yield Site(cloud, table, made.people, now)
    except Exception as error:
        error.add_note((folder / "printed.log").read_text("utf-8", "replace")[-3000:])  # the folder goes with us
        raise
    finally:
        cloud.stop()


def _waits(site: Site, size: int, tries: int, say: Callable[[str], None]) -> Iterator[Wait]:
    for name, errand in errands(site).items():
        try:
            yield Wait(name, size, spread(latencies(site.url, errand, tries)))
        except RefusedError as error:
            say(f"  {name} could not be measured: {error}")
    yield Wait(QUERY, size, spread([_query(site) for _ in range(max(10, tries // 5))]))


def _query(site: Site) -> float:
    """Ask the emulated DynamoDB alone for the list: what of its time is not the product's."""
    start = time.perf_counter()
    Tickets(site.table, agency.AGENCY).of_module("syndic", Tab.OPEN, limit=25)
    return (time.perf_counter() - start) * 1000


def _rates(site: Site, seconds: float, say: Callable[[str], None]) -> Iterator[Rate]:
    several = errands(site)
    for name in (LIST, TICKET, CREATE):
        say(f"local cloud: {CLIENTS} clients, {name}")
        yield Rate(name, throughput(site.url, several[name], CLIENTS, seconds))
        site.cloud.settle()


def errands(site: Site) -> dict[str, Errand]:
    """Return what is measured, by name."""
    people = site.people
    token, row = tickets.link_of(OPENED)
    write_all([row])

    def create(kind: str) -> Callable[[], Ask]:
        fields = order("Fuite sous l’évier", site.now, kind)
        return lambda: Ask(
            "POST",
            "/gestion/{module}/tickets/nouveau",
            {"module": "syndic"},
            body=form({"form_token": new_form_token(people.manager), **fields}),
        )

    return {
        LIST: Errand(
            people.manager, lambda: Ask("GET", "/gestion/{module}/tickets", {"module": "syndic"}, {"miens": "0"})
        ),
        TICKET: Errand(people.manager, lambda: Ask("GET", "/gestion/tickets/{number}", {"number": str(OPENED)})),
        LINK: Errand("", lambda: Ask("GET", "/i/{token}", {"token": token})),
        PORTAL: Errand(people.owner, lambda: Ask("GET", "/interventions/{number}", {"number": "201"})),
        CREATE: Errand(people.manager, create("PRE")),
        CREATE_ORDER: Errand(people.manager, create("ODS")),
    }
