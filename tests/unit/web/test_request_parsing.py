"""Requests as hostile as can be: parsed, or refused by a named error; nothing else ever comes out."""

import base64
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.kernel.errors import InvalidInputError
from palier.web.request import Request, read_outline, read_request

FORM = "application/x-www-form-urlencoded"
NAMES = st.sampled_from(["Cookie", "cookie", "Content-Type", "Host", "X-Forwarded-Host", "X-Forwarded-Proto", "Accept"])
HEADERS = st.dictionaries(NAMES | st.text(max_size=10), st.text(max_size=60), max_size=6) | st.none()


def _event(**more: Any) -> dict[str, Any]:
    return {"httpMethod": "POST", "path": "/connexion", "headers": {"Content-Type": FORM}, "body": None, **more}


def _form(body: str) -> Request:
    return read_request(_event(body=body))


@given(HEADERS, st.text(max_size=200) | st.none(), st.booleans(), st.text(max_size=40))
def test_whatever_arrives_is_parsed_or_refused_by_name(
    headers: dict[str, str] | None, body: str | None, encoded: bool, path: str
) -> None:
    event = _event(headers=headers, body=body, isBase64Encoded=encoded, path=path)
    assert isinstance(read_outline(event), Request)
    try:
        request = read_request(event)
    except InvalidInputError:
        return
    assert all(isinstance(value, str) for values in request.form.values() for value in values)


@given(st.binary(max_size=300))
def test_any_bytes_make_a_form_of_printable_text(body: bytes) -> None:
    request = read_request(_event(body=base64.b64encode(body).decode(), isBase64Encoded=True))
    kept = [char for values in request.form.values() for value in values for char in value]
    assert not [char for char in kept if not (char.isprintable() or char in "\n\t\u00a0\u202f\u200d")]


@given(st.text(max_size=200), st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=40), max_size=5))
def test_what_was_typed_comes_back(field: str, others: dict[str, str]) -> None:
    request = _form(urlencode({**others, "field": field.encode("utf-8", "replace")}))
    typed = "".join(char for char in field if char.isprintable())
    assert "".join(request.field("field").split()) == "".join(typed.split())


def test_line_ends_are_one_and_control_characters_gone() -> None:
    assert _form("text=a%0D%0Ab%0Dc%00%1B%E2%80%AEd").field("text") == "a\nb\ncd"


def test_a_field_sent_several_times_keeps_its_values() -> None:
    request = _form("upload=a&upload=+b+&upload=&other=1")
    assert request.fields("upload") == ("a", "b")
    assert request.field("upload") == "a"


@pytest.mark.parametrize("body", ["a=" + "a" * 262_144, "&".join("a=1" for _ in range(501))])
def test_a_form_that_is_too_large_is_refused_by_name(body: str) -> None:
    with pytest.raises(InvalidInputError):
        _form(body)


def test_a_body_that_is_not_what_the_door_says_is_refused_by_name() -> None:
    with pytest.raises(InvalidInputError):
        read_request(_event(body="A", isBase64Encoded=True))


def test_json_is_no_form() -> None:
    request = read_request(_event(headers={"Content-Type": "application/json"}, body='{"form_token": "x"}'))
    assert (request.form, request.raw_body) == ({}, b'{"form_token": "x"}')


@given(st.text(max_size=80))
def test_cookies_of_others_do_no_harm(header: str) -> None:
    cookies = read_request(_event(headers={"Cookie": f"{header}; palier=a.b.c"})).cookies
    assert cookies["palier"] == "a.b.c"


def test_without_a_word_about_it_a_request_came_by_https() -> None:
    """So that cookies are never made for HTTP by mistake."""
    assert read_request(_event()).secure
    assert not read_request(_event(headers={"X-Forwarded-Proto": "http"})).secure
