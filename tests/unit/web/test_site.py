"""The outermost edge: whatever a view raises, people get a page of ours and the log says what happened."""

import logging
from typing import Any

import pytest

from palier.aws.keys import join
from palier.aws.table import Table
from palier.kernel.clock import SystemClock
from palier.kernel.errors import ForbiddenError, PalierError
from palier.web.access import Access
from palier.web.answers import Answer, Html
from palier.web.failures import fail
from palier.web.site import FORM, Site, Visit

JSON = "application/json"


def _raise(error: Exception) -> Answer:
    raise error


VIEWS = {
    "/fine": lambda: Html("<p>Bonjour"),
    "/forbidden": lambda: _raise(ForbiddenError()),
    "/key": lambda: Html(join("demo", "a#b")),
    "/broken": lambda: _raise(RuntimeError("secret")),
    "/lookup": lambda: Html(dict[str, str]()["secret"]),
    "/stop": lambda: _raise(RecursionError()),
    "/nameless": lambda: _raise(PalierError("secret")),
    "/header": lambda: Html("", cookies=("a=1",)),
}


def _site() -> Site:
    site = Site("test", table=Table("none"), clock=SystemClock(), failure=fail)
    for path, view in VIEWS.items():
        for method in ("GET", "POST"):
            site.route(method, path, Access.PUBLIC)(_view(view))
    site.route("POST", "/json", Access.PUBLIC, body=JSON)(_view(VIEWS["/fine"]))
    return site


def _view(show: Any) -> Any:
    def view(visit: Visit) -> Answer:
        answer: Answer = show()
        return answer

    return view


def _call(method: str, path: str, **headers: str) -> dict[str, Any]:
    event = {
        "resource": path,
        "path": path,
        "httpMethod": method,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "stageVariables": None,
        "requestContext": {"resourcePath": path, "httpMethod": method, "requestId": "r-1", "identity": {}},
        "body": "a=1" if method == "POST" else None,
        "isBase64Encoded": False,
    }
    answer: dict[str, Any] = _site().app(event, None)
    return answer


def test_a_view_that_answers_is_shown() -> None:
    answer = _call("GET", "/fine")
    assert (answer["statusCode"], answer["body"]) == (200, "<p>Bonjour")


@pytest.mark.parametrize(("path", "status"), [("/forbidden", 403), ("/key", 404)])
def test_a_refusal_is_a_page_and_no_alarm(path: str, status: int, caplog: pytest.LogCaptureFixture) -> None:
    answer = _call("GET", path)
    assert answer["statusCode"] == status
    assert answer["headers"]["Content-Type"] == "text/html; charset=utf-8"
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize("path", ["/broken", "/lookup", "/stop"])
def test_what_nobody_foresaw_is_a_500_page_and_a_traceback(path: str, caplog: pytest.LogCaptureFixture) -> None:
    answer = _call("GET", path)
    assert answer["statusCode"] == 500
    assert "Le service a rencontré une erreur" in answer["body"]
    assert "secret" not in answer["body"]
    assert answer["headers"]["X-Frame-Options"] == "DENY"
    (record,) = [one for one in caplog.records if one.levelno == logging.ERROR]
    assert record.exc_info
    assert (record.message, vars(record)["route"]) == ("failed", path)


def test_a_refusal_without_a_sentence_is_a_500_that_tells_nothing() -> None:
    answer = _call("GET", "/nameless")
    assert (answer["statusCode"], "secret" in answer["body"]) == (500, False)


def test_a_script_reads_a_problem() -> None:
    answer = _call("GET", "/broken", Accept=JSON)
    assert answer["headers"]["Content-Type"] == "application/problem+json"
    assert '"code":"UNEXPECTED"' in answer["body"]


@pytest.mark.parametrize(
    ("path", "said", "status"),
    [
        ("/fine", FORM, 200),
        ("/fine", f"{FORM}; charset=UTF-8", 200),
        ("/fine", FORM.upper(), 200),
        ("/fine", "text/plain", 415),
        ("/fine", JSON, 415),
        ("/fine", "", 415),
        ("/json", JSON, 200),
        ("/json", FORM, 415),
        ("/json", "*/*", 415),
    ],
)
def test_a_route_takes_one_media_type(path: str, said: str, status: int) -> None:
    """A form of another site can only be sent as one of three types: JSON routes take none of them."""
    assert _call("POST", path, **{"Content-Type": said})["statusCode"] == status


def test_a_page_is_shown_whatever_type_the_request_claims() -> None:
    assert _call("GET", "/fine", **{"Content-Type": "text/nonsense"})["statusCode"] == 200


def test_the_access_table_lists_what_was_declared() -> None:
    rules = {(rule.method, rule.path): rule for rule in _site().rules}
    assert len(rules) == 2 * len(VIEWS) + 1
    assert (rules["POST", "/json"].body, rules["GET", "/fine"].body) == (JSON, "")
