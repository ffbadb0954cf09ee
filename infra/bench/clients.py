"""People at their browsers: requests over HTTP to the local cloud, one at a time or eight at once."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from infra.bench.gateway import FORM, Ask

_REFUSED = 400
_PATIENCE = 60
_WARMING = 5


class RefusedError(Exception):
    """The product refused a request that the bench thought right."""


class Client:
    """One person: a connection that stays open."""

    def __init__(self, site: str, cookie: str = "") -> None:
        self._connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=_PATIENCE)
        self._headers = {"Cookie": f"palier={cookie}"} if cookie else {}

    def ask(self, ask: Ask) -> bytes:
        """Ask, and return the page. Raises :class:`RefusedError`."""
        path = f"{ask.path}?{urlencode(ask.query)}" if ask.query else ask.path
        headers = self._headers | ({"Content-Type": FORM} if ask.body is not None else {})
        self._connection.request(ask.method, path, ask.body, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status >= _REFUSED:
            raise RefusedError(f"{ask.method} {path}: {answer.status} {content[:300]!r}")
        return content


class Errand(NamedTuple):
    """What somebody does again and again; ``make`` gives each time a request of its own."""

    cookie: str
    make: Callable[[], Ask]


def latencies(site: str, errand: Errand, tries: int, warming: int = 10) -> list[float]:
    """Return how many ms each of some requests took, one after the other; the first ones do not count."""
    client, found = Client(site, errand.cookie), []
    for _ in range(warming + tries):
        ask, start = errand.make(), time.perf_counter()
        client.ask(ask)
        found.append((time.perf_counter() - start) * 1000)
    return found[warming:]


def throughput(site: str, errand: Errand, clients: int, seconds: float) -> float:
    """Return requests a second of several people who never rest, once everybody's function runs."""
    done, stop = [0] * clients, threading.Event()

    def work(which: int) -> None:
        client = Client(site, errand.cookie)
        while not stop.is_set():
            client.ask(errand.make())
            done[which] += 1

    threads = [threading.Thread(target=work, args=(which,), daemon=True) for which in range(clients)]
    for thread in threads:
        thread.start()
    _wait_until_warm(done)
    before, start = sum(done), time.perf_counter()
    time.sleep(seconds)
    rate = (sum(done) - before) / (time.perf_counter() - start)
    stop.set()
    for thread in threads:
        thread.join(_PATIENCE)
    return rate


def _wait_until_warm(done: list[int]) -> None:
    """For more people more processes start; that does not count."""
    deadline = time.monotonic() + _PATIENCE
    while min(done) < _WARMING and time.monotonic() < deadline:
        time.sleep(0.05)
