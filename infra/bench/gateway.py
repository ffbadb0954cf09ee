"""What API Gateway hands to a function: one request as its REST proxy event. Pure."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

HOST = "agence-mesure.example"
FORM = "application/x-www-form-urlencoded"


class Ask(NamedTuple):
    """One request, as the route that answers it names it."""

    method: str
    resource: str
    params: Mapping[str, str] = {}
    query: Mapping[str, str] = {}
    headers: Mapping[str, str] = {}
    body: bytes | None = None

    @property
    def path(self) -> str:
        """Return the address without its query."""
        return filled(self.resource, self.params)


def filled(resource: str, params: Mapping[str, str]) -> str:
    """Return a route with its parameters filled in."""
    for name, value in params.items():
        resource = resource.replace(f"{{{name}}}", value)
    return resource


def form(fields: Mapping[str, str]) -> bytes:
    """Return the body of a form."""
    return urlencode(fields).encode()


def proxy_event(ask: Ask) -> dict[str, Any]:
    """Return the event of a request."""
    headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Accept": "text/html", **ask.headers}
    if ask.body is not None:
        headers.setdefault("Content-Type", FORM)
    return {
        "resource": ask.resource,
        "path": ask.path,
        "httpMethod": ask.method,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": dict(ask.query) or None,
        "multiValueQueryStringParameters": {name: [value] for name, value in ask.query.items()} or None,
        "pathParameters": dict(ask.params) or None,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": ask.resource,
            "httpMethod": ask.method,
            "path": f"/api{ask.path}",
            "stage": "api",
            "requestId": "00000000-0000-4000-8000-000000000000",
            "identity": {"sourceIp": "192.0.2.1", "userAgent": "bench"},
        },
        "body": None if ask.body is None else base64.b64encode(ask.body).decode(),
        "isBase64Encoded": ask.body is not None,
    }


def event_bytes(ask: Ask) -> bytes:
    """Return the event as Lambda sends it."""
    return json.dumps(proxy_event(ask)).encode()
