"""Every answer leaves with the security headers, whatever it is; only files of our own may be kept."""

from typing import Any

import pytest

from palier.web.answers import Answer, Html, Json, Raw, SeeOther, to_response

ANSWERS: list[Answer] = [
    Html("<p>Bonjour", 404, ("a=1", "b=2")),
    SeeOther("/la", ("a=1",)),
    Json({"a": "é"}),
    Json({}, 400, problem=True),
    Raw("body{}", "text/css", "public, immutable"),
]
FILES = "https://files.example"


def _headers(answer: Answer) -> dict[str, Any]:
    return dict(to_response(answer, FILES).headers)


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_answer_carries_the_security_headers(answer: Answer) -> None:
    headers = _headers(answer)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    assert "'unsafe" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("answer", ANSWERS[:-1])
def test_what_belongs_to_somebody_is_never_stored(answer: Answer) -> None:
    assert _headers(answer)["Cache-Control"] == "no-store"


def test_our_own_files_are_kept_as_long_as_they_say() -> None:
    assert _headers(ANSWERS[-1])["Cache-Control"] == "public, immutable"


def test_pages_may_reach_the_files_bucket_and_nothing_else() -> None:
    policy = _headers(Html(""))["Content-Security-Policy"]
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert directives["connect-src"] == directives["form-action"] == f"'self' {FILES}"
    assert directives["img-src"] == f"'self' data: {FILES}"
    assert directives["script-src"] == "'self'"


def test_statuses_types_and_cookies() -> None:
    html, see, json, problem, raw = (to_response(answer, FILES) for answer in ANSWERS)
    assert [one.status_code for one in (html, see, json, problem, raw)] == [404, 303, 200, 400, 200]
    assert [one.headers["Content-Type"] for one in (json, problem)] == ["application/json", "application/problem+json"]
    assert html.headers["Set-Cookie"] == ["a=1", "b=2"]
    assert (see.headers["Location"], see.body) == ("/la", "")
    assert json.body == '{"a":"é"}'
    assert "Set-Cookie" not in json.headers


def test_the_headers_of_one_answer_are_not_those_of_the_next() -> None:
    to_response(Html("", cookies=("a=1",)), FILES).headers["X-Frame-Options"] = "ALLOW"
    assert _headers(Html(""))["X-Frame-Options"] == "DENY"
    assert "Set-Cookie" not in _headers(Html(""))
