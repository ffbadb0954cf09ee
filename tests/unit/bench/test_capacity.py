"""DynamoDB's documented sizes and units, as the bench counts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.bench.capacity import Attributes, item_size, read_units, write_units


def row(size: int) -> dict[str, dict[str, str]]:
    """Return an item of this many bytes."""
    return {"k": {"S": "x" * (size - 1)}}


def test_an_item_weighs_its_names_and_its_values() -> None:
    item: Attributes = {"pk": {"S": "é"}, "v": {"N": "12345"}, "ok": {"BOOL": True}}
    assert item_size(item) == (2 + 2) + (1 + 4) + (2 + 1)


def test_lists_and_maps_weigh_three_bytes_and_one_for_each_element() -> None:
    assert item_size({"l": {"L": [{"S": "ab"}]}}) == 1 + 3 + 1 + 2
    assert item_size({"m": {"M": {"a": {"S": "ab"}}}}) == 1 + 3 + 1 + 1 + 2


def test_a_consistent_read_costs_one_unit_each_four_kilobytes() -> None:
    answer = {"Item": row(4097)}
    assert read_units("GetItem", {"ConsistentRead": True}, answer) == 2
    assert read_units("GetItem", {"ConsistentRead": False}, answer) == 1


def test_a_read_that_finds_nothing_still_costs() -> None:
    assert read_units("GetItem", {"ConsistentRead": True}, {}) == 1
    assert read_units("Query", {}, {"Items": []}) == 0.5


def test_a_batch_counts_each_item_by_itself_and_missing_ones_too() -> None:
    asked = {"RequestItems": {"t": {"Keys": [{}, {}, {}], "ConsistentRead": True}}}
    assert read_units("BatchGetItem", asked, {"Responses": {"t": [row(100), row(5000)]}}) == 1 + 2 + 1


def test_a_query_counts_its_items_together() -> None:
    assert read_units("Query", {"ConsistentRead": True}, {"Items": [row(1000)] * 4}) == 1
    assert read_units("Query", {"ConsistentRead": True}, {"Items": [row(1000)] * 5}) == 2


def test_writes_read_nothing() -> None:
    assert read_units("TransactWriteItems", {}, {}) == 0


@pytest.mark.parametrize(
    ("said", "units"),
    [
        ({"ConsumedCapacity": {"CapacityUnits": 3.0}}, 3),
        ({"ConsumedCapacity": [{"CapacityUnits": 3.0, "WriteCapacityUnits": 2.0}, {"CapacityUnits": 1.0}]}, 4),
        ({}, 0),
    ],
)
def test_write_units_are_what_the_answer_says_with_indexes(said: dict[str, object], units: float) -> None:
    assert write_units(said) == units


@given(st.lists(st.integers(2, 9000), max_size=8))
def test_reading_together_never_costs_more_than_one_by_one(sizes: list[int]) -> None:
    items = [row(size) for size in sizes]
    together = read_units("Query", {"ConsistentRead": True}, {"Items": items})
    apart = sum(read_units("GetItem", {"ConsistentRead": True}, {"Item": item}) for item in items)
    assert together <= max(1, apart)
