"""Tags of SES: letters, digits, - _ . @ only, 256 at most."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.aws.keys import Key
from palier.messages.deliver_tag import BadTagError, key_of, message_id, tag_of

PARTS = st.from_regex(r"[a-zA-Z0-9_-]{1,24}", fullmatch=True)


@given(PARTS, PARTS, st.integers(0, 999_999), st.integers(0, 99))
def test_a_tag_brings_the_key_back_in_allowed_characters(agency: str, what: str, seq: int, rank: int) -> None:
    key = Key(f"{agency}#TICKET#{what}", f"OUT#{seq:06d}#{rank:02d}")
    assert key_of(tag_of(key)) == key
    assert re.fullmatch(r"[A-Za-z0-9_.@-]{1,256}", tag_of(key))


@given(st.text(max_size=300))
def test_what_is_not_our_tag_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadTagError):
        key_of(text)


def test_a_tag_that_points_at_another_kind_of_row_is_refused() -> None:
    with pytest.raises(BadTagError):
        key_of(tag_of(Key("demo#TICKET#1", "HEAD")))


def test_the_message_id_is_the_same_each_time_and_another_for_each_message() -> None:
    one, other = Key("demo#TICKET#1", "OUT#000001#00"), Key("demo#TICKET#1", "OUT#000001#01")
    assert message_id(one, "mail.example") == message_id(one, "mail.example") != message_id(other, "mail.example")
