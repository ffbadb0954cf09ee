"""Lists that stay as quick as on AWS: the members of an index partition are kept in their order.

MiniStack sorts a whole index partition, and checks each of its items, for every page that is asked of it: with
ten thousand open tickets one page of 25 takes a third of a second. Here a query that names the partition alone is
given the items of its page and one more; any other one still sees them all.
"""

# ruff: noqa: SLF001 - see the package's docstring

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping
from typing import Any

from infra.local.emulator.modules import Modules

Place = tuple[str, str]  # partition and sort key in the table
Order = tuple[str, str, str]  # sort key in the index, then the place
Item = Mapping[str, Any]


class Page:
    """What the query under way asks for: nothing special, or a page of one partition."""

    def __init__(self) -> None:
        self.limit = 0
        self.forward = True
        self.start: Order | None = None

    def of(self, ordered: list[Order]) -> Iterator[Order]:
        if not self.limit:
            return iter(ordered)
        if self.forward:
            first = bisect.bisect_right(ordered, self.start) if self.start else 0
            return iter(ordered[first : first + self.limit + 1])
        last = bisect.bisect_left(ordered, self.start) if self.start else len(ordered)
        return iter(ordered[max(0, last - self.limit - 1) : last])


class Members:
    """One index partition: what MiniStack takes for a dict of places, in the order of the index."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._ordered: list[Order] = []

    def __bool__(self) -> bool:
        return bool(self._ordered)

    def add(self, order: Order) -> None:
        at = bisect.bisect_left(self._ordered, order)
        if self._ordered[at : at + 1] != [order]:
            self._ordered.insert(at, order)

    def remove(self, order: Order) -> None:
        at = bisect.bisect_left(self._ordered, order)
        if self._ordered[at : at + 1] == [order]:
            del self._ordered[at]

    def __iter__(self) -> Iterator[Place]:
        return ((pk, sk) for _, pk, sk in self._page.of(self._ordered))


class Ordering:
    """Puts itself in MiniStack's place where it builds, keeps and reads index partitions."""

    def __init__(self, modules: Modules) -> None:
        self._dynamodb = modules.dynamodb
        self._page = Page()
        self._query = modules.dynamodb._query
        self._other_members, self._other_index = modules.dynamodb._index_members, modules.dynamodb._index_item
        modules.dynamodb._query = self._ask
        modules.dynamodb._index_members = self._members
        modules.dynamodb._index_item = self._index

    def _ask(self, data: dict[str, Any]) -> Any:
        plain = "AND" not in data.get("KeyConditionExpression", "AND").upper()
        unfiltered = not (data.get("FilterExpression") or data.get("QueryFilter"))
        if data.get("IndexName") and data.get("Limit") and plain and unfiltered:
            self._page.limit = int(data["Limit"])
            self._page.forward = data.get("ScanIndexForward", True)
            self._page.start = self._start(data)
        try:
            return self._query(data)
        finally:
            self._page.limit = 0

    def _start(self, data: dict[str, Any]) -> Order | None:
        key = data.get("ExclusiveStartKey")
        table = self._dynamodb._tables.get(self._dynamodb._normalize_table_name(data.get("TableName")))
        if not key or not table or not _of_strings(table):
            return None
        schemas = {name: ranges for name, _, ranges in self._dynamodb._index_key_schemas(table)}
        return _order(key, schemas[data["IndexName"]], key[table["pk_name"]]["S"], key[table["sk_name"]]["S"])

    def _members(self, table: dict[str, Any]) -> dict[str, dict[str, Members]]:
        if not _of_strings(table):
            found: dict[str, dict[str, Members]] = self._other_members(table)
            return found
        name = self._dynamodb._INDEX_MEMBERS
        if table.get(name) is None:
            table[name] = {index: {} for index, _, _ in self._dynamodb._index_key_schemas(table)}
            for pk, items in table["items"].items():
                for sk, item in items.items():
                    self._index(table, pk, sk, item, add=True)
        members: dict[str, dict[str, Members]] = table[name]
        return members

    def _index(self, table: dict[str, Any], pk: str, sk: str, item: Item, *, add: bool) -> None:
        members = table.get(self._dynamodb._INDEX_MEMBERS)
        if members is None or not _of_strings(table):
            self._other_index(table, pk, sk, item, add)
            return
        for name, hashes, ranges in self._dynamodb._index_key_schemas(table):
            partition = self._dynamodb._index_partition(item, hashes, ranges)
            if partition is None:
                continue
            kept = members.setdefault(name, {}).setdefault(partition, Members(self._page))
            order = _order(item, ranges, pk, sk)
            kept.add(order) if add else kept.remove(order)


def _of_strings(table: Mapping[str, Any]) -> bool:
    """Only strings sort as Python sorts them; a table with other keys stays as MiniStack has it."""
    return all(one["AttributeType"] == "S" for one in table.get("AttributeDefinitions", ()))


def _order(item: Item, ranges: list[str], pk: str, sk: str) -> Order:
    return (item[ranges[0]]["S"] if ranges else "", pk, sk)
