"""The OpenAPI 3.1 document, made from the wire models. ``openapi.json`` beside this file is its committed
copy.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from palier.publication.api import MOST_LINES
from palier.publication.api_keys import Scope
from palier.publication.lines import LINES, RecordLine, RemovedLine
from palier.publication.model import Collection, Outcome
from palier.publication.pages import MOST_A_PAGE
from palier.publication.problems import SAID

_SCHEMAS = "#/components/schemas/"
_ID_PATTERN = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,59}$"
_INTRODUCTION = (
    "What the back office sends to the portal. Batches are taken line by line: each line is created, updated, "
    "unchanged, removed or refused, and the report says which and why. Repeating a batch changes nothing. Send "
    "collections in this order for the first time: "
    + ", ".join(collection.value for collection in Collection)
    + ". A line that names a record not yet published is refused (UNKNOWN_BUILDING, UNKNOWN_LOT, UNKNOWN_PARTY, "
    "UNKNOWN_SUPPLIER): send it again after that record."
)


def openapi() -> dict[str, Any]:
    """Return the document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Palier – back office", "version": "1", "description": _INTRODUCTION},
        "servers": [{"url": "/"}],
        "security": [{"apiKey": []}],
        "paths": {**_collections(), **_logins(), **_document()},
        "components": {
            "schemas": _schemas(),
            "responses": {"Problem": _answer("Problem", "A refusal", "application/problem+json")},
            "securitySchemes": {
                "apiKey": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "`<agency>.<secret>`. Scopes: " + ", ".join(scope.value for scope in Scope),
                }
            },
        },
    }


def _collections() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for collection, line in LINES.items():
        paths[f"/api/v1/{collection}"] = {"get": _list(collection), "post": _import(collection, line)}
        paths[f"/api/v1/{collection}/{{identifier}}"] = {
            "parameters": [_path_parameter("identifier")],
            "get": _operation(f"get_{collection}", "One record as it was last sent", "read", _ref(line.__name__)),
            "delete": _operation(f"remove_{collection}", "Withdraw one record", "write", _ref("LineReport")),
        }
    return paths


def _import(collection: Collection, line: type[RecordLine]) -> dict[str, Any]:
    schema = {
        "type": "object",
        "required": ["lines"],
        "additionalProperties": False,
        "properties": {
            "lines": {
                "type": "array",
                "maxItems": MOST_LINES,
                "items": {"oneOf": [_ref(line.__name__), _ref(RemovedLine.__name__)]},
            }
        },
    }
    operation = _operation(f"import_{collection}", f"Publish a batch of {collection}", "write", _ref("Report"))
    operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    operation["parameters"] = [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "A batch sent again within 24 hours under the same key gets the first answer, without "
            "initial passwords.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
        }
    ]
    return operation


def _list(collection: Collection) -> dict[str, Any]:
    operation = _operation(
        f"list_{collection}", f"The published {collection}", "read", _ref(f"{collection.title()}Page")
    )
    limit = {"type": "integer", "minimum": 1, "maximum": MOST_A_PAGE, "default": MOST_A_PAGE}
    cursor = {"type": "string", "pattern": "^[A-Za-z0-9_-]+$", "maxLength": 80}
    operation["parameters"] = [
        {"name": "limit", "in": "query", "schema": limit},
        {"name": "cursor", "in": "query", "schema": cursor, "description": "`next` of the page before; opaque."},
    ]
    return operation


def _logins() -> dict[str, Any]:
    operation = _operation(
        "renew_initial_password", "A new initial password, while none was chosen", "write", _ref("InitialPassword")
    )
    return {"/api/v1/logins/{party}/initial-password": {"parameters": [_path_parameter("party")], "post": operation}}


def _document() -> dict[str, Any]:
    answer = {"description": "OpenAPI 3.1", "content": {"application/json": {"schema": {"type": "object"}}}}
    operation = {"operationId": "openapi", "summary": "This document", "security": [], "responses": {"200": answer}}
    return {"/api/v1/openapi.json": {"get": operation}}


def _operation(name: str, summary: str, scope: str, schema: dict[str, Any]) -> dict[str, Any]:
    statuses = sorted({str(said.status) for said in SAID.values()})
    refusals = {status: {"$ref": "#/components/responses/Problem"} for status in statuses}
    success = {"description": summary, "content": {"application/json": {"schema": schema}}}
    return {
        "operationId": name,
        "summary": summary,
        "description": f"Scope: portfolio:{scope}.",
        "responses": {"200": success, **refusals},
    }


def _schemas() -> dict[str, Any]:
    models: list[type[BaseModel]] = [*LINES.values(), RemovedLine]
    _, made = models_json_schema([(model, "validation") for model in models], ref_template=_SCHEMAS + "{model}")
    pages = {f"{collection.title()}Page": _page(line) for collection, line in LINES.items()}
    return {**made["$defs"], **pages, **_REPORTS}


def _page(line: type[RecordLine]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": _ref(line.__name__)},
            "next": {"type": ["string", "null"]},
        },
    }


def _path_parameter(name: str) -> dict[str, Any]:
    schema = {"type": "string", "pattern": _ID_PATTERN}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": _SCHEMAS + name}


def _answer(name: str, description: str, media_type: str) -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": _ref(name)}}}


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": {**required, **(optional or {})}}


_STRING, _NUMBER = {"type": "string"}, {"type": "integer"}
_REMARK = _object({"code": _STRING, "field": _STRING}, {"detail": _STRING})
_LINE_REPORT = _object(
    {"line": _NUMBER, "id": _STRING, "outcome": {"enum": [outcome.value for outcome in Outcome]}},
    {
        "code": _STRING,
        "detail": _STRING,
        "field": _STRING,
        "login": _STRING,
        "initial_password": {**_STRING, "description": "Said once, when the login is made (AUT-006)."},
        "remarks": {"type": "array", "items": _ref("Remark")},
    },
)
_REPORTS = {
    "Remark": _REMARK,
    "LineReport": _LINE_REPORT,
    "Report": _object(
        {
            "collection": {"enum": [collection.value for collection in Collection]},
            "received": _NUMBER,
            "counts": {"type": "object", "additionalProperties": _NUMBER},
            "lines": {"type": "array", "items": _ref("LineReport")},
            "replayed": {"type": "boolean"},
        }
    ),
    "InitialPassword": _object({"party": _STRING, "login": _STRING, "initial_password": _STRING}),
    "Problem": _object(
        {
            "type": _STRING,
            "title": _STRING,
            "status": _NUMBER,
            "code": {"enum": sorted(SAID)},
        },
        {"detail": _STRING, "fields": {"type": "object", "additionalProperties": _STRING}},
    ),
}


def committed_text() -> str:
    """Return the text of the committed copy."""
    return json.dumps(openapi(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("openapi.json").write_text(committed_text(), "utf-8")
