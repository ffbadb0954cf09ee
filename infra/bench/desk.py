"""The product's functions in this process, called as Lambda calls them, and tickets ready at any stage for them."""

from __future__ import annotations

import importlib.util
import itertools
import json
import sys
from collections.abc import Mapping
from types import ModuleType, SimpleNamespace
from typing import Any

from infra.bench import agency, tickets
from infra.bench.gateway import Ask, form, proxy_event
from infra.bench.stage import Stage
from infra.bench.table import write_all
from infra.local.settings import REPOSITORY
from palier.aws.keys import AgencyKeys, Key
from palier.aws.table import Row, to_item
from palier.web.form_tokens import new_form_token

_REFUSED = 400
CONTEXT = SimpleNamespace(
    function_name="bench", memory_limit_in_mb=1024, invoked_function_arn="arn:bench", aws_request_id="bench"
)


class VisitFailedError(Exception):
    """A function refused what the bench asked; the message says what."""


class Desk:
    """Calls functions, as one person or another."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.table, self.people = stage, stage.table, stage.people
        self.keys = AgencyKeys(agency.AGENCY)
        self._numbers = itertools.count(1_000_001)

    def web(self, function: str, ask: Ask) -> dict[str, Any]:
        """Ask a web function. Raises :class:`VisitFailedError` when it refuses."""
        answer: dict[str, Any] = load(function).app(proxy_event(ask), CONTEXT)
        if answer["statusCode"] >= _REFUSED:
            raise VisitFailedError(f"{ask.method} {ask.path}: {answer['statusCode']} {answer['body'][:300]}")
        return answer

    def work(self, function: str, event: Mapping[str, Any]) -> dict[str, Any]:
        """Hand an event to a worker. Raises :class:`VisitFailedError` when it gives some of it back."""
        answer: dict[str, Any] = load(function).handler(event, CONTEXT)
        if answer.get("batchItemFailures"):
            raise VisitFailedError(f"{function}: {answer}")
        return answer

    def as_manager(self) -> dict[str, str]:
        return {"Cookie": f"__Host-palier={self.people.manager}"}

    def as_owner(self) -> dict[str, str]:
        return {"Cookie": f"__Host-palier={self.people.owner}"}

    def staff_post(self, resource: str, params: Mapping[str, str], fields: Mapping[str, str]) -> Ask:
        body = form({"form_token": new_form_token(self.people.manager), **fields})
        return Ask("POST", resource, params, headers=self.as_manager(), body=body)

    def owner_post(self, resource: str, params: Mapping[str, str], fields: Mapping[str, str]) -> Ask:
        body = form({"form_token": new_form_token(self.people.owner), **fields})
        return Ask("POST", resource, params, headers=self.as_owner(), body=body)

    def link_post(self, path: str, token: str, fields: Mapping[str, str]) -> Ask:
        body = form({"form_token": new_form_token(token), **fields})
        return Ask("POST", f"/i/{{token}}/{path}", {"token": token}, body=body)

    def ticket(self, stage: tickets.Stage, *, mine: bool = False) -> tuple[int, list[Row]]:
        """Make a ticket at a stage; ``mine``: the co-owner asked for it."""
        number = next(n for n in self._numbers if (n % 50 == 1) is mine)
        rows = tickets.rows_at(number, stage, self.table, self.stage.now)
        write_all(rows)
        return number, rows

    def link(self, number: int) -> str:
        """Make the supplier's link to a ticket open; returns its token."""
        token, row = tickets.link_of(number)
        write_all([row])
        return token


def load(function: str) -> ModuleType:
    """Return the module of a function, loaded once."""
    name = f"bench_{function}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, REPOSITORY / "functions" / function / "app.py")
    if spec is None or spec.loader is None:
        raise VisitFailedError(f"no function {function}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def queue_event(*bodies: Mapping[str, Any]) -> dict[str, Any]:
    """Return the event of a queue with some messages."""
    return {"Records": [_message(rank, body) for rank, body in enumerate(bodies)]}


def _message(rank: int, body: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "messageId": f"00000000-0000-4000-8000-{rank:012d}",
        "receiptHandle": "handle",
        "body": json.dumps(body),
        "attributes": {},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:eu-west-3:000000000000:bench",
        "awsRegion": "eu-west-3",
    }


def nudge_event(*keys: Key) -> dict[str, Any]:
    """Return the event of a queue that points at items."""
    return queue_event(*({"pk": key.pk, "sk": key.sk} for key in keys))


def stream_event(rows: list[Row]) -> dict[str, Any]:
    """Return the event of the table's stream after these rows were written for the first time."""
    return {"Records": [_record(rank, row) for rank, row in enumerate(rows)]}


def _record(rank: int, row: Row) -> dict[str, Any]:
    image = to_item(row).to_dynamodb_dict()
    change = {"Keys": {"pk": image["pk"], "sk": image["sk"]}, "NewImage": image, "SequenceNumber": str(rank + 1)}
    return {"eventID": str(rank), "eventName": "INSERT", "eventSource": "aws:dynamodb", "dynamodb": change}
