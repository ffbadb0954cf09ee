"""Where a list goes on, written into an address: never trusted, never outside the agency."""

import base64
import json
import string

from hypothesis import given
from hypothesis import strategies as st

from palier.web.cursor import read_cursor, write_cursor

WORDS = st.text(string.ascii_letters + string.digits + "#-", min_size=1, max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def _key(agency: str, rest: str) -> dict[str, dict[str, str]]:
    return {"pk": {"S": f"{agency}#{rest}"}, "sk": {"S": "HEAD"}, "g1pk": {"S": f"{agency}#OPEN"}, "g1sk": {"S": rest}}


@given(WORDS)
def test_a_place_of_ones_own_comes_back_as_it_was(rest: str) -> None:
    key = _key("demo", rest)
    assert read_cursor(write_cursor(key), "demo") == key


@given(WORDS, st.sampled_from(["pk", "g1pk"]))
def test_a_place_of_another_agency_is_the_beginning(rest: str, part: str) -> None:
    for other in ("other", "demo2", "dem", "DEMO", ""):
        key = _key("demo", rest) | {part: {"S": f"{other}#{rest}"}}
        assert read_cursor(write_cursor(key), "demo") is None


@given(st.text(max_size=200))
def test_a_word_that_is_no_cursor_is_the_beginning(word: str) -> None:
    assert read_cursor(word, "demo") is None


@given(VALUES)
def test_any_json_is_read_without_harm(value: object) -> None:
    word = base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
    assert read_cursor(word, "demo") in (None, value)


def test_the_end_of_a_list_is_the_empty_word() -> None:
    assert write_cursor(None) == ""
    assert read_cursor("", "demo") is None


def test_a_very_long_word_is_not_even_read() -> None:
    assert read_cursor(write_cursor(_key("demo", "x" * 2000)), "demo") is None
