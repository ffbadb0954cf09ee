"""The back office's API, ``/api/v1``: what LSC publishes to the portal (PUB), and what it reads back.

Trigger: API Gateway. Who: the holder of an API key with the scope that each view names. Reads and writes
the table; every answer is JSON, every refusal an RFC 9457 problem. Repeating a request is always safe.
"""

import secrets
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

from palier.aws.table import Table
from palier.kernel.clock import SystemClock
from palier.kernel.errors import NotFoundError, PalierError
from palier.kernel.ids import PartyId
from palier.people.hashing import hash_password
from palier.publication.api import collection_named, make_report, read_batch, removal, written
from palier.publication.api_keys import Client, Scope, find_client
from palier.publication.commands import Desk, import_lines
from palier.publication.initial_passwords import renew_initial_password
from palier.publication.model import LineRefusedError, Outcome
from palier.publication.openapi import openapi
from palier.publication.pages import read_cursor, read_limit, write_cursor
from palier.publication.problems import problem
from palier.publication.replay import Replay
from palier.publication.store import find_record, list_records
from palier.web.access import Access
from palier.web.answers import Answer, Json
from palier.web.request import Request
from palier.web.site import Site, Visit

_JSON = "application/json"


def refuse(_: Request, error: PalierError) -> Answer:
    """Say a refusal."""
    status, body = problem(error)
    return Json(body, status, problem=True)


table = Table()
table.warm()
site = Site("back_office", table=table, clock=SystemClock(), failure=refuse)
app = site.app


@site.route("GET", "/api/v1/openapi.json", Access.PUBLIC)
def show_openapi(_: Visit) -> Answer:
    """Describe the API."""
    return Json(_document())


@site.route("POST", "/api/v1/{collection}", Access.API_KEY, body=_JSON)
def import_batch(visit: Visit, collection: str) -> Answer:
    """Take a batch, and report on each of its lines."""
    client = _client(visit, Scope.PORTFOLIO_WRITE)
    kind, body = collection_named(collection), visit.request.raw_body
    header = visit.request.headers.get("idempotency-key", "")
    replay = Replay(table, client, header, kind.encode() + b" " + body, visit.site.clock.now())
    report = replay.find()
    if report is None:
        lines, unreadable = read_batch(kind, body)
        report = make_report(kind, [*unreadable, *import_lines(_desk(visit, client), kind, lines)])
        replay.keep(report)
    return Json(report)


@site.route("GET", "/api/v1/{collection}", Access.API_KEY)
def list_collection(visit: Visit, collection: str) -> Answer:
    """Give back what was published, page by page."""
    client = _client(visit, Scope.PORTFOLIO_READ)
    kind, query = collection_named(collection), visit.request.query
    after, limit = read_cursor(query.get("cursor", "")), read_limit(query.get("limit", ""))
    page = list_records(table, client.keys, kind, after=after, limit=limit)
    return Json({"items": [written(kind, one) for one in page.records], "next": write_cursor(page.next)})


@site.route("GET", "/api/v1/{collection}/{identifier}", Access.API_KEY)
def show_record(visit: Visit, collection: str, identifier: str) -> Answer:
    """Give back one record as it was last sent."""
    client = _client(visit, Scope.PORTFOLIO_READ)
    kind = collection_named(collection)
    record = find_record(table, client.keys, kind, removal(identifier).id)
    if record is None:
        raise NotFoundError
    return Json(written(kind, record))


@site.route("DELETE", "/api/v1/{collection}/{identifier}", Access.API_KEY)
def remove_record(visit: Visit, collection: str, identifier: str) -> Answer:
    """Withdraw one record, with every right that followed from it."""
    client = _client(visit, Scope.PORTFOLIO_WRITE)
    kind = collection_named(collection)
    (report,) = import_lines(_desk(visit, client), kind, [removal(identifier)])
    if report.outcome is Outcome.REFUSED:
        raise LineRefusedError(report.code, report.field, report.detail)
    return Json(report)


@site.route("POST", "/api/v1/logins/{party}/initial-password", Access.API_KEY, body=_JSON)
def renew_password(visit: Visit, party: str) -> Answer:
    """Give a new initial password to somebody who has not chosen his own."""
    client = _client(visit, Scope.PORTFOLIO_WRITE)
    return Json(renew_initial_password(_desk(visit, client), PartyId(removal(party).id)))


def _client(visit: Visit, scope: Scope) -> Client:
    client = find_client(table, visit.request.headers.get("authorization", ""), visit.site.clock.now())
    client.must(scope)
    return client


def _desk(visit: Visit, client: Client) -> Desk:
    return Desk(table, client.keys, visit.site.clock.now(), secrets.choice, _hash_all)


def _hash_all(passwords: Iterable[str]) -> list[str]:
    with ThreadPoolExecutor() as threads:  # argon2 lets go of the interpreter
        return list(threads.map(hash_password, passwords))


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    return openapi()
