"""What arrived, parsed once: the only place that reads Chalice's request. Form fields keep what the person typed."""

import base64
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

import msgspec

from palier.kernel.errors import InvalidInputError

_LARGEST_FORM = 256 * 1024
_MOST_FIELDS = 500


class Request(msgspec.Struct, frozen=True):
    """One HTTP request."""

    method: str
    path: str
    host: str
    query: Mapping[str, str]
    form: Mapping[str, tuple[str, ...]]
    cookies: Mapping[str, str]
    headers: Mapping[str, str]
    address: str
    raw_body: bytes
    request_id: str = ""
    secure: bool = True

    def field(self, name: str) -> str:
        """Return one form field as typed, without surrounding blanks; empty when absent."""
        values = self.form.get(name, ())
        return values[0].strip() if values else ""

    def fields(self, name: str) -> tuple[str, ...]:
        """Return all values of a field that may come several times."""
        return tuple(value.strip() for value in self.form.get(name, ()) if value.strip())

    def ticked(self, name: str) -> bool:
        """Tell whether a check box was ticked."""
        return bool(self.field(name))


def read_request(event: Mapping[str, Any]) -> Request:
    """Parse an API Gateway (REST, v1) proxy event. Raises :class:`InvalidInputError` for a body that cannot be read."""
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    context = event.get("requestContext") or {}
    body = _body(event)
    return Request(
        method=event["httpMethod"],
        path=event.get("path") or "/",
        host=headers.get("host", ""),
        query={name: values[-1] for name, values in (event.get("multiValueQueryStringParameters") or {}).items()},
        form=_form(headers.get("content-type", ""), body),
        cookies=_cookies(headers.get("cookie", "")),
        headers=headers,
        address=(context.get("identity") or {}).get("sourceIp", ""),
        raw_body=body,
        request_id=context.get("requestId", ""),
        secure=headers.get("x-forwarded-proto", "https") == "https",
    )


def read_outline(event: Mapping[str, Any]) -> Request:
    """Parse everything but the body: enough to answer a request whose body cannot be read."""
    return read_request({**event, "body": None})


def _body(event: Mapping[str, Any]) -> bytes:
    body = event.get("body") or ""
    try:
        return base64.b64decode(body) if event.get("isBase64Encoded") else body.encode("utf-8", "replace")
    except ValueError as error:
        raise InvalidInputError({"body": "unreadable"}) from error


def _form(content_type: str, body: bytes) -> dict[str, tuple[str, ...]]:
    if not content_type.startswith("application/x-www-form-urlencoded"):
        return {}
    if len(body) > _LARGEST_FORM:
        raise InvalidInputError({"form": "too_large"})
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise InvalidInputError({"form": "too_large"}) from error
    return {name: tuple(_clean(value) for value in values) for name, values in fields.items()}


def _clean(text: str) -> str:
    """Normalise line ends and drop control characters, which neither mails nor PDFs can carry."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in text if char in "\n\t" or char.isprintable() or char in "\u00a0\u202f\u200d")


def _cookies(header: str) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in header.split(";"))
    return {name: value for name, _, value in pairs if name}
