"""What a view returns, and how it becomes an HTTP response: security headers on every one of them."""

from typing import Any

import msgspec
from chalice.app import Response

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data: {files}; "
    "connect-src 'self' {files}; form-action 'self' {files}; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
    "Strict-Transport-Security": "max-age=63072000",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Html(msgspec.Struct, frozen=True):
    """A page."""

    text: str
    status: int = 200
    cookies: tuple[str, ...] = ()


class SeeOther(msgspec.Struct, frozen=True):
    """Go and look there (303): the answer to every form that was taken."""

    where: str
    cookies: tuple[str, ...] = ()


class Json(msgspec.Struct, frozen=True):
    """An answer for a machine or a script."""

    value: Any
    status: int = 200
    problem: bool = False


class Raw(msgspec.Struct, frozen=True):
    """A file of our own, cached for ever because its name changes with its content."""

    content: str
    media_type: str
    cache: str


Answer = Html | SeeOther | Json | Raw


def to_response(answer: Answer, files_origin: str) -> Response:
    """Make Chalice's response of ours."""
    headers: dict[str, str | list[str]] = {**_HEADERS}
    headers["Content-Security-Policy"] = _POLICY.format(files=files_origin)
    match answer:
        case Html(text, status, cookies):
            headers["Content-Type"] = "text/html; charset=utf-8"
            return _respond(text, status, headers, cookies)
        case SeeOther(where, cookies):
            headers["Location"] = where
            headers["Content-Type"] = "text/plain; charset=utf-8"
            return _respond("", 303, headers, cookies)
        case Json(value, status, problem):
            headers["Content-Type"] = "application/problem+json" if problem else "application/json"
            return _respond(msgspec.json.encode(value).decode(), status, headers, ())
        case Raw(content, media_type, cache):
            headers |= {"Content-Type": media_type, "Cache-Control": cache}
            return _respond(content, 200, headers, ())


def _respond(body: str, status: int, headers: dict[str, Any], cookies: tuple[str, ...]) -> Response:
    if cookies:
        headers["Set-Cookie"] = list(cookies)
    return Response(body=body, status_code=status, headers=headers)
