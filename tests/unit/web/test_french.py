"""Dates, durations, sizes and counts as French readers expect them."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.web import french

PARIS, REUNION = ZoneInfo("Europe/Paris"), ZoneInfo("Indian/Reunion")
INSTANTS = st.integers(946_684_800, 4_102_444_800).map(lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC))
NOON = dt.datetime(2026, 11, 24, 13, 30, tzinfo=dt.UTC)


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_an_instant_is_written_in_the_zone_of_the_reader() -> None:
    assert _plain(french.day_and_hour(NOON, PARIS)) == "mardi 24 novembre 2026 à 14 h 30"
    assert _plain(french.day_and_hour(NOON, REUNION)) == "mardi 24 novembre 2026 à 17 h 30"
    assert french.short(NOON, PARIS) == "24/11/2026 14:30"


def test_the_first_of_a_month_is_premier() -> None:
    assert _plain(french.day(dt.datetime(2027, 5, 1, 12, tzinfo=dt.UTC), PARIS)) == "samedi 1er mai 2027"


@given(INSTANTS)
def test_a_moment_says_the_same_to_people_and_machines(instant: dt.datetime) -> None:
    shown = french.moment(instant, PARIS, dense=True)
    assert dt.datetime.fromisoformat(shown.iso) == instant
    local = dt.datetime.strptime(shown.text, "%d/%m/%Y %H:%M").replace(tzinfo=PARIS)
    written = instant.astimezone(PARIS).replace(second=0, microsecond=0)
    assert (local.date(), local.time()) == (written.date(), written.time())


@pytest.mark.parametrize(
    ("minutes", "text"), [(45, "45 min"), (60, "1 h"), (65, "1 h 05"), (90, "1 h 30"), (0, "0 min")]
)
def test_durations(minutes: int, text: str) -> None:
    assert _plain(french.duration(minutes)) == text


@pytest.mark.parametrize(
    ("octets", "text"), [(0, "1 ko"), (1, "1 ko"), (320_400, "320 ko"), (1_400_000, "1,4 Mo"), (15_000_000, "15,0 Mo")]
)
def test_sizes(octets: int, text: str) -> None:
    assert _plain(french.size(octets)) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(1, "1 seconde"), (59, "59 secondes"), (60, "1 minute"), (61, "2 minutes"), (3600, "60 minutes")],
)
def test_waits(seconds: int, text: str) -> None:
    assert _plain(french.wait(seconds)) == text


@given(st.integers(min_value=60, max_value=10**6))
def test_a_wait_is_never_said_shorter_than_it_is(seconds: int) -> None:
    assert int(re.findall(r"\d+", french.wait(seconds))[0]) * 60 >= seconds


@pytest.mark.parametrize(
    ("number", "text"),
    [("+33639980001", "06 39 98 00 01"), ("0199000001", "01 99 00 00 01"), ("+4912345", "+4912345"), ("", "")],
)
def test_phone_numbers(number: str, text: str) -> None:
    assert _plain(french.phone(number)) == text


@given(st.text(max_size=30))
def test_whatever_else_stands_for_a_number_is_left_as_it_is(text: str) -> None:
    if not re.fullmatch(r"(\+33|0)\d{9}", text):
        assert french.phone(text) == text


@pytest.mark.parametrize(
    ("names", "text"), [((), ""), (("a",), "a"), (("a", "b"), "a et b"), (("a", "b", "c"), "a, b et c")]
)
def test_lists(names: tuple[str, ...], text: str) -> None:
    assert french.list_of(names) == text
