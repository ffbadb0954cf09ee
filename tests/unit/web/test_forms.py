"""Fields typed by anybody: a value, or a problem beside the field; never an error without a name."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from palier.kernel.errors import InvalidInputError
from palier.web import forms
from palier.web.forms import Problems

PARIS = ZoneInfo("Europe/Paris")


class Typed:
    """One field, typed."""

    def __init__(self, value: str) -> None:
        self._value = value

    def field(self, name: str) -> str:
        return self._value.strip()

    def fields(self, name: str) -> tuple[str, ...]:
        return (self._value,)

    def ticked(self, name: str) -> bool:
        return bool(self._value)


@given(st.text(max_size=40), st.text(max_size=20))
@example("0001-01-01", "00:00")
@example("9999-12-31", "23:59")
@example("2026-03-29", "02:30")
def test_any_date_and_time_is_an_instant_or_a_problem(day: str, hour: str) -> None:
    problems = Problems()
    on, at = forms.date(Typed(day), "date", problems), forms.time(Typed(hour), "time", problems)
    instant = forms.instant(on, at, PARIS)
    assert (instant is not None) == (not problems.fields)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.times())
def test_dates_as_browsers_and_as_people_write_them(day: dt.date, hour: dt.time) -> None:
    problems, at = Problems(), hour.replace(second=0, microsecond=0, fold=0)
    assert forms.date(Typed(f"{day:%Y-%m-%d}"), "d", problems) == day
    assert forms.date(Typed(f"{day:%d/%m/%Y}"), "d", problems) == day
    assert forms.time(Typed(f"{at:%H:%M}"), "t", problems) == at
    assert forms.time(Typed(f"{at:%H} h {at:%M}"), "t", problems) == at
    assert problems.fields == {}


@given(st.text(max_size=40) | st.from_regex(r"\d{1,40}"))
def test_any_number_is_within_bounds_or_a_problem(text: str) -> None:
    problems = Problems()
    assert forms.whole(Typed(text), "n", problems, "bad_delay", range(1, 61)) in range(1, 61)
    fits = text.strip().isascii() and text.strip().isdigit() and len(text.strip()) < 7 and 1 <= int(text) <= 60
    assert bool(problems.fields) is not fits


@given(st.text(max_size=80))
def test_any_addresses_are_addresses_or_a_problem(text: str) -> None:
    problems = Problems()
    found = forms.emails(Typed(text), "email", problems)
    assert problems.fields or all("@" in one and not set(one) & set("\r\n\t <>") for one in found)


@pytest.mark.parametrize(
    "text", ["a@b.example\r\nBcc: c@d.example", "a@b.example,c", "@", "a@", "a b@c.example", "a@b.example>"]
)
def test_what_would_add_a_header_is_no_address(text: str) -> None:
    problems = Problems()
    forms.emails(Typed(text), "email", problems)
    assert problems.fields == {"email": "bad_email"}


def test_a_text_is_required_and_not_endless() -> None:
    problems = Problems()
    forms.text(Typed(" "), "empty", problems, required=True)
    forms.text(Typed("x" * 11), "long", problems, longest=10)
    with pytest.raises(InvalidInputError) as refused:
        problems.settle()
    assert refused.value.fields == {"empty": "required", "long": "too_long"}


def test_every_code_of_a_problem_has_a_sentence_and_a_sentence_stays_as_it_is() -> None:
    shown = forms.state("/x", "t", typed={"a": ("1",), "form_token": ("s",)}, wrong={"a": "required", "b": "Autre."})
    assert [error.message for error in shown.errors] == [forms.SENTENCES["required"], "Autre."]
    assert "form_token" not in shown.values
