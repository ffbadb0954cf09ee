"""The app against its own OpenAPI document, fuzzed: whatever is sent, the answer is one that the document names."""

from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, unquote

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from palier.publication.openapi import openapi
from tests.functional.back_office.conftest import BOTH, Api, new_key

StartResponse = Callable[[str, list[tuple[str, str]]], Any]
_CHECKS = schemathesis.checks
KNOWN = (
    _CHECKS.not_a_server_error,
    _CHECKS.status_code_conformance,
    _CHECKS.content_type_conformance,
    _CHECKS.response_schema_conformance,
)
schema = schemathesis.openapi.from_dict(openapi())
schema.config.phases.coverage.unexpected_methods = set()  # API Gateway answers those itself


class Door:
    """API Gateway in front of the app, as a WSGI application: it chooses the resource, the app does the rest."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        resource, params = self._resource(environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"))
        if resource is None:
            start("404 Not Found", [("Content-Type", "application/problem+json")])
            return [b'{"type": "x", "title": "x", "status": 404, "code": "NOT_FOUND"}']
        key = environ.get("HTTP_IDEMPOTENCY_KEY")
        query = {name: values[-1] for name, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
        headers = {"Idempotency-Key": key} if key else {}
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        answer = self._api.call(environ["REQUEST_METHOD"], resource, body, params=params, query=query, headers=headers)
        start(f"{answer.status} x", [("Content-Type", answer.headers["content-type"])])
        return [answer.body]

    def _resource(self, path: str) -> tuple[str | None, dict[str, str]]:
        asked = path.split("/")
        for resource in sorted(self._api.app.routes, key=lambda known: known.count("{")):
            known = resource.split("/")
            pairs = list(zip(known, asked, strict=False))
            if len(known) == len(asked) and all(k == a or k.startswith("{") for k, a in pairs) and all(asked[1:]):
                return resource, {k.strip("{}"): unquote(a) for k, a in pairs if k.startswith("{")}
        return None, {}


def test_document_is_valid_openapi_3_1() -> None:
    assert openapi()["openapi"].startswith("3.1")
    schema.validate()


@pytest.fixture
def door(back_office: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Door:
    monkeypatch.setattr("palier.publication.api_keys.MOST_A_MINUTE", 10**6)
    return Door(Api(back_office.app, new_key("demo", BOTH)))


@schema.parametrize()
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_every_answer_is_one_that_the_document_names(case: "schemathesis.Case[Any]", door: Door) -> None:
    response = case.call(app=door)
    case.validate_response(response, checks=list(KNOWN))
