"""Percentiles, tables and verdicts of the bench."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.bench.bars import Verdict, worst_of
from infra.bench.layout import table
from infra.bench.statistics import percentile, spread


def test_the_95th_percentile_of_a_hundred_is_the_95th() -> None:
    assert percentile(list(range(1, 101)), 0.95) == 95


def test_the_median_of_one_value_is_that_value() -> None:
    assert spread([7.0]) == (7.0, 7.0, 1)


def test_nothing_measured_is_an_error_and_not_a_zero() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        percentile([], 0.5)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
def test_at_least_that_share_of_the_values_is_not_above(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9


def test_a_bar_is_a_ceiling_that_may_be_touched() -> None:
    assert Verdict("x", 20.0, 20.0).met
    assert not Verdict("x", 20.1, 20.0).met


def test_the_worst_decides_and_is_named() -> None:
    assert worst_of("cold", 300, {"home": 250.0, "list": 310.0}) == Verdict("cold", 310.0, 300, "list")


def test_what_was_not_measured_has_no_verdict() -> None:
    assert worst_of("cold", 300, {}) is None


def test_a_table_aligns_numbers_to_the_right_and_shows_what_is_missing() -> None:
    lines = table("Title", ("name", "ms"), [("a", 1.25), ("longer", None), ("text", "0.004")]).splitlines()
    assert lines[0] == "Title"
    assert lines[2:] == ["name       ms", "------  -----", "a         1.2", "longer      –", "text    0.004"]
