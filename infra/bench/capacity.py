"""How much of DynamoDB one request uses, by its documented rules: sizes of items, read units. Pure.

The emulator counts write units rightly; the read units it gives for queries are wrong, so reads are counted here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

READS = frozenset({"GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"})
TRANSACTIONS = frozenset({"TransactWriteItems"})
WRITES = frozenset({"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"})
_PAGE = 4096
_OF_NUMBER = 2  # digits a byte, and one byte more
Attributes = Mapping[str, Mapping[str, Any]]


def item_size(item: Attributes) -> int:
    """Return the size of an item in bytes: names and values."""
    return sum(len(name.encode()) + _value_size(value) for name, value in item.items())


def _value_size(value: Mapping[str, Any]) -> int:
    kind, content = next(iter(value.items()))
    if kind in {"S", "B"}:
        return len(content.encode() if isinstance(content, str) else content)
    if kind == "N":
        return math.ceil(len(str(content).lstrip("-")) / _OF_NUMBER) + 1
    if kind == "L":
        return 3 + sum(1 + _value_size(one) for one in content)
    if kind == "M":
        return 3 + sum(1 + len(name.encode()) + _value_size(one) for name, one in content.items())
    return 1


def read_units(operation: str, asked: Mapping[str, Any], answer: Mapping[str, Any]) -> float:
    """Return the read units of one request, from what it asked and what came back."""
    if operation == "GetItem":
        return _units([item_size(answer.get("Item") or {})], consistent=asked.get("ConsistentRead", False))
    if operation == "BatchGetItem":
        return sum(_batch_units(table, keys, answer) for table, keys in asked["RequestItems"].items())
    if operation in {"Query", "Scan"}:
        total = sum(item_size(item) for item in answer.get("Items", ()))
        return _units([total], consistent=asked.get("ConsistentRead", False))
    return 0.0


def _batch_units(table: str, asked: Mapping[str, Any], answer: Mapping[str, Any]) -> float:
    """Each item counts on its own, and one that is not there like a small one."""
    found = [item_size(item) for item in answer.get("Responses", {}).get(table, ())]
    missing = [0] * (len(asked["Keys"]) - len(found))
    return _units([*found, *missing], consistent=asked.get("ConsistentRead", False))


def _units(sizes: Iterable[int], *, consistent: bool) -> float:
    pages = sum(max(1, math.ceil(size / _PAGE)) for size in sizes)
    return pages * (1.0 if consistent else 0.5)


def write_units(answer: Mapping[str, Any]) -> float:
    """Return the write units that an answer admits to, those of the indexes included."""
    said = answer.get("ConsumedCapacity") or ()
    several = [said] if isinstance(said, Mapping) else said
    return float(sum(one["CapacityUnits"] for one in several))
