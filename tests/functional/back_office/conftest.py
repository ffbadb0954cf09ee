"""The back office's app in this process, on an empty account of the emulator."""

import base64
import datetime as dt
import importlib
import json
import secrets
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from palier.agencies.api_keys import ApiKey, add_api_key
from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys
from palier.aws.table import Table
from palier.kernel.ids import AgencyId

BOTH = frozenset({"portfolio:read", "portfolio:write"})


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Api:
    """What an agency's back office holds: an address and a key."""

    app: Any
    key: str

    def call(self, method: str, resource: str, body: bytes | None = None, **more: Any) -> Answer:
        event = _event(method, resource, body, {"Authorization": f"Bearer {self.key}"}, **more)
        answer = self.app(event, None)
        headers = {name.lower(): value for name, value in answer["headers"].items()}
        return Answer(answer["statusCode"], answer["body"].encode(), headers)

    def post(self, collection: str, *lines: dict[str, Any], headers: dict[str, str] | None = None) -> Answer:
        body = json.dumps({"lines": list(lines)}).encode()
        return self.call("POST", "/api/v1/{collection}", body, params={"collection": collection}, headers=headers or {})

    def publish(self, collection: str, *lines: dict[str, Any]) -> list[dict[str, Any]]:
        answer = self.post(collection, *lines)
        assert answer.status == 200, answer
        reports: list[dict[str, Any]] = answer.json["lines"]
        return reports

    def get(self, collection: str, identifier: str | None = None, **query: str) -> Answer:
        params = {"collection": collection}
        if identifier is None:
            return self.call("GET", "/api/v1/{collection}", params=params, query=query)
        params["identifier"] = identifier
        return self.call("GET", "/api/v1/{collection}/{identifier}", params=params)

    def delete(self, collection: str, identifier: str) -> Answer:
        params = {"collection": collection, "identifier": identifier}
        return self.call("DELETE", "/api/v1/{collection}/{identifier}", params=params)


def _event(
    method: str,
    resource: str,
    body: bytes | None,
    key: dict[str, str],
    *,
    params: dict[str, str] | None = None,
    query: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
) -> dict[str, Any]:
    sent = {"Host": "demo.example", "Content-Type": "application/json", **key, **(headers or {})}
    return {
        "resource": resource,
        "path": resource.format(**(params or {})),
        "httpMethod": method,
        "headers": sent,
        "multiValueHeaders": {name: [value] for name, value in sent.items()},
        "multiValueQueryStringParameters": {name: [value] for name, value in (query or {}).items()} or None,
        "pathParameters": params or None,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": resource,
            "httpMethod": method,
            "requestId": "test",
            "identity": {"sourceIp": "192.0.2.1"},
        },
        "body": base64.b64encode(body).decode() if body is not None else None,
        "isBase64Encoded": body is not None,
    }


@pytest.fixture
def back_office(table: Table, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = importlib.import_module("functions.back_office.app")
    monkeypatch.setattr(module, "table", table)
    return module


@pytest.fixture
def api(back_office: ModuleType) -> Api:
    """The back office of the agency ``demo``."""
    return Api(back_office.app, new_key("demo", BOTH))


@pytest.fixture
def keys() -> AgencyKeys:
    return AgencyKeys(AgencyId("demo"))


def new_key(agency: str, scopes: frozenset[str]) -> str:
    changes = Changes()
    key = ApiKey("test", scopes, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    presented = add_api_key(changes, AgencyKeys(AgencyId(agency)), secrets.token_urlsafe(32), key)
    changes.commit()
    return presented
