"""The application factory: one :class:`Site` a Lambda. A view gets a :class:`Visit` and returns an answer.

Chalice routes and nothing more. Errors are mapped here, under ``@app.route``, because Chalice turns an exception into
a 500 of its own, in JSON, before any middleware sees it: named ones by their code, all others logged with their
traceback and answered by a 500, which the API's alarm counts.
"""

import functools
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import msgspec
from chalice.app import Chalice, Response

from palier.agencies.model import Agency
from palier.aws.keys import AgencyKeys, BadKeyPartError, Key
from palier.aws.table import Row, Table
from palier.kernel.clock import Clock
from palier.kernel.errors import NotFoundError, NotSignedInError, PalierError
from palier.people.caller import Caller
from palier.people.renewal import renew
from palier.people.sessions import Found, cookie_name, read_session
from palier.web.access import Access, admit
from palier.web.answers import Answer, to_response
from palier.web.form_tokens import nonce_of
from palier.web.request import Request, read_outline, read_request

FORM = "application/x-www-form-urlencoded"
_ANY = "*/*"  # for Chalice, which would refuse in JSON: the type is checked here
_UNSAID = "application/json"
log = logging.getLogger("palier")

View = Callable[..., Answer]
Failure = Callable[[Request, PalierError], Answer]
Prefetch = Callable[[AgencyKeys, Mapping[str, str]], Iterable[Key]]


class Visit(msgspec.Struct, frozen=True):
    """One request, who makes it, and what was read along with the session."""

    site: "Site"
    request: Request
    params: Mapping[str, str]
    found: Found | None = None
    nonce: str = ""

    @property
    def session(self) -> Found:
        """Return what the session's read found; raises :class:`NotSignedInError` on a public route."""
        if self.found is None:
            raise NotSignedInError
        return self.found

    @property
    def caller(self) -> Caller:
        """Return who makes the request."""
        return self.session.caller

    @property
    def agency(self) -> Agency:
        """Return the caller's agency with its settings."""
        return self.session.agency

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone that times are shown in."""
        return ZoneInfo(self.agency.zone)

    def row(self, key: Key) -> Row | None:
        """Return a row that was read along with the session."""
        return self.session.rows.get(key)


class RouteRule(msgspec.Struct, frozen=True):
    """One line of the table of who may call what. ``body`` is the media type it takes; empty when it takes none."""

    method: str
    path: str
    access: Access
    view: str
    body: str = ""


class WrongMediaTypeError(PalierError):
    """The body is not of the type that the route takes."""

    code = "WRONG_MEDIA_TYPE"


class UnexpectedError(PalierError):
    """Something nobody foresaw: the log says what."""

    code = "UNEXPECTED"


class Site:
    """A Chalice app whose every route says who may call it."""

    def __init__(
        self,
        name: str,
        *,
        table: Table,
        clock: Clock,
        failure: Failure,
        files_origin: Callable[[], str] = str,
    ) -> None:
        self.app = Chalice(app_name=name, configure_logs=False)
        self.table = table
        self.clock = clock
        self.rules: list[RouteRule] = []
        self._failure = failure
        self._files_origin = files_origin

    def route(
        self, method: str, path: str, access: Access, *, also: Prefetch | None = None, body: str = FORM
    ) -> Callable[[View], View]:
        """Declare a view. ``also`` names rows to read in the same request as the session."""

        def declare(view: View) -> View:
            takes = body if method in {"POST", "PUT", "PATCH"} else ""
            rule = RouteRule(method, path, access, view.__name__, takes)
            self.rules.append(rule)

            @functools.wraps(view)
            def handle(**params: str) -> Response:
                return self._answer(view, rule, also, {name: unquote(value) for name, value in params.items()})

            self.app.route(path, methods=[method], name=f"{method} {path}", content_types=[_ANY])(handle)
            return view

        return declare

    def _answer(self, view: View, rule: RouteRule, also: Prefetch | None, params: Mapping[str, str]) -> Response:
        event = current_event(self.app)
        request = read_outline(event)
        where = {"route": event["resource"]}
        try:
            request = read_request(event)
            _check_media_type(request, rule)
            answer = view(self._visit(request, rule.access, also, params), **params)
        except PalierError as error:
            log.info("refused", extra={"code": error.code, **where})
            answer = self._failure(request, error)
        except BadKeyPartError:
            log.info("refused", extra={"code": "BAD_KEY_PART", **where})
            answer = self._failure(request, NotFoundError())
        except Exception:
            log.exception("failed", extra=where)
            answer = self._failure(request, UnexpectedError())
        return to_response(answer, self._files_origin())

    def _visit(self, request: Request, access: Access, also: Prefetch | None, params: Mapping[str, str]) -> Visit:
        if access in {Access.PUBLIC, Access.LINK, Access.API_KEY}:
            return Visit(self, request, params)
        cookie = request.cookies.get(cookie_name(secure=request.secure), "")
        found = read_session(self.table, cookie, request.host, self.clock.now(), lambda keys: _more(also, keys, params))
        admit(found.caller, access)
        if request.method == "GET":
            return Visit(self, request, params, found)
        nonce = nonce_of(form_token(request), found.caller.secret)
        renew(found, self.clock.now())
        return Visit(self, request, params, found, nonce)


def _check_media_type(request: Request, rule: RouteRule) -> None:
    said = request.headers.get("content-type", _UNSAID).partition(";")[0].strip().lower()
    if rule.body and said != rule.body:
        raise WrongMediaTypeError


def _more(also: Prefetch | None, keys: AgencyKeys, params: Mapping[str, str]) -> Iterable[Key]:
    return () if also is None else also(keys, params)


def form_token(request: Request) -> str:
    """Return the token that came with a form, or with a script's request in its header."""
    return request.field("form_token") or request.headers.get("x-form-token", "")


def current_event(app: Chalice) -> dict[str, Any]:
    """Return the API Gateway event that Chalice is serving."""
    request = app.current_request
    if request is None:
        raise RuntimeError("called outside a request")
    event: dict[str, Any] = request.to_original_event()
    return event
