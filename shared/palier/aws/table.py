"""The one table: what a row is, and how rows are read. Writing is ``changes.py``.

Access patterns (question → where → method). A query that is not here does not exist; there are no scans.

=================================================  =======================================  ====================
Question                                           Partition (key or index)                 Method
=================================================  =======================================  ====================
which agency serves this host                      ``PLATFORM#HOST`` / host                 ``get``
which agencies exist (sweeper)                     ``PLATFORM#AGENCIES``                    ``query``
settings of the agency                             ``<a>#AGENCY``                           ``get_many``
buildings, suppliers, staff to choose from         ``<a>#DIRECTORY`` / kind#name#id         ``query``
a person, his account, sessions, lots, relations   ``<a>#PARTY#<id>``                       ``query``/``get_many``
who has this login / this address                  ``<a>#LOGIN#<login>`` / ``<a>#EMAIL#…``  ``get`` / ``query``
a ticket: head, timeline, messages, timers         ``<a>#TICKET#<number>``                  ``query``/``get_many``
a module's tickets; those not closed               index ``all_list``; ``open_list``        ``query_index``
a manager's tickets; those not closed              ``by_manager``; ``open_by_manager``      ``query_index``
tickets that wait in one tab                       index ``by_tab``                         ``query_index``
tickets of a building or lot                       index ``by_place``                       ``query_index``
tickets and requests of a person                   index ``by_person``                      ``query_index``
what should have left by now                       index ``due``                            ``query_index``
which object does this link open                   ``<a>#LINK#<hash>``                      ``get``
wrong passwords of a login or address              ``<a>#FAILURES#…``                       ``get_many``
who did what to whom (audit)                       ``<a>#AUDIT#<month>``                    ``query``
was this form or mail taken already                ``<a>#ONCE#<token>``                     ``changes``
=================================================  =======================================  ====================
"""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from palier.aws.item import INDEXES, Item, door, shared_connection
from palier.aws.keys import Key
from palier.aws.settings import region, setting


class Row(msgspec.Struct, frozen=True):
    """One item of the table as stores see it.

    ``body`` is the object as JSON; ``card`` the few fields that list pages show; ``indexes`` maps an index name to
    its (partition, order); ``version`` is 0 for a row that was never written.
    """

    key: Key
    kind: str
    body: bytes = b"{}"
    version: int = 0
    card: bytes | None = None
    indexes: Mapping[str, tuple[str, str]] = {}
    ttl: int | None = None


class Page(msgspec.Struct, frozen=True):
    """Some rows, and where to go on: ``next`` is opaque and None at the end."""

    rows: Sequence[Row]
    next: Mapping[str, Any] | None


_Raw = dict[str, dict[str, str]]
_NOTHING, _EMPTY, _ZERO = {"S": ""}, {"S": "{}"}, {"N": "0"}
_A_BATCH = 100


class Table:
    """Reads. Each method is one DynamoDB request (``get_many`` up to 100 keys)."""

    def __init__(self, name: str | None = None) -> None:
        Item.Meta.table_name = name or setting("TABLE_NAME")
        Item.Meta.region = region()
        Item._connection = None  # noqa: SLF001 - a test points the class at another table

    def warm(self) -> None:
        """Make the client now, in INIT, not in the first request; what is there by then stays for good."""
        _ = shared_connection().client
        gc.freeze()

    def get(self, key: Key, *, consistent: bool = True) -> Row | None:
        """Return one row, or None."""
        found = door().get_item(key.pk, key.sk, consistent_read=consistent)
        return _row(found["Item"]) if "Item" in found else None

    def get_many(self, keys: Iterable[Key]) -> dict[Key, Row]:
        """Return the rows that exist, in one consistent BatchGetItem for each hundred keys."""
        wanted = [{"pk": key.pk, "sk": key.sk} for key in dict.fromkeys(keys)]
        items = [item for start in range(0, len(wanted), _A_BATCH) for item in _batch(wanted[start : start + _A_BATCH])]
        rows = (_row(item) for item in items)
        return {row.key: row for row in rows}

    def query(
        self,
        pk: str,
        prefix: str = "",
        *,
        limit: int | None = None,
        newest_first: bool = False,
        start: Mapping[str, Any] | None = None,
        consistent: bool = True,
    ) -> Page:
        """Return rows of one partition whose sort key begins with ``prefix``; all of them when no limit is given."""
        rows: list[Row] = []
        while True:
            found = door().query(
                pk,
                Item.sk.startswith(prefix) if prefix else None,
                consistent_read=consistent,
                scan_index_forward=not newest_first,
                limit=limit,
                exclusive_start_key=start,
            )
            rows += map(_row, found["Items"])
            start = found.get("LastEvaluatedKey")
            if start is None or limit is not None:
                return Page(rows, start)

    def query_index(
        self,
        index: str,
        pk: str,
        *,
        up_to: str | None = None,
        limit: int = 25,
        newest_first: bool = True,
        start: Mapping[str, Any] | None = None,
    ) -> Page:
        """Return cards of one index partition; never our own last write (an index lags), see architecture §8."""
        order = type(getattr(Item, index)).order
        if start is not None and start.get(f"{INDEXES[index]}pk") != {"S": pk}:
            start = None  # a place in another list: begin at the beginning
        found = door().query(
            pk,
            order <= up_to if up_to is not None else None,
            index_name=index,
            scan_index_forward=not newest_first,
            limit=limit,
            exclusive_start_key=start,
        )
        return Page([_row(item) for item in found["Items"]], found.get("LastEvaluatedKey"))

    def count_up(self, key: Key, by: int = 1) -> int:
        """Add to an atomic counter and return its new value."""
        counter = Item(key.pk, key.sk)
        counter.update(actions=[Item.n.add(by), Item.kind.set("COUNTER")])
        return int(counter.n)


def _batch(keys: list[dict[str, str]]) -> Iterator[_Raw]:
    """Yield what one batch finds, asking again for what DynamoDB put off."""
    while keys:
        found = door().batch_get_item(keys, consistent_read=True)  # type: ignore[arg-type]  # it takes mappings
        yield from found["Responses"].get(Item.Meta.table_name, ())
        put_off = found.get("UnprocessedKeys", {}).get(Item.Meta.table_name, {}).get("Keys", ())
        keys = [{"pk": key["pk"]["S"], "sk": key["sk"]["S"]} for key in put_off]


def _row(item: _Raw) -> Row:
    """Turn what DynamoDB answered into a row."""
    card, ttl = item.get("card"), item.get("ttl")
    return Row(
        key=Key(item["pk"]["S"], item["sk"]["S"]),
        kind=item.get("kind", _NOTHING)["S"],
        body=item.get("body", _EMPTY)["S"].encode(),
        version=int(item.get("v", _ZERO)["N"]),
        card=card["S"].encode() if card else None,
        ttl=int(ttl["N"]) if ttl else None,
    )


def to_item(row: Row) -> Item:
    """Turn a row into what pynamodb writes, one version up."""
    item = Item(row.key.pk, row.key.sk, kind=row.kind, body=row.body.decode(), v=row.version + 1, ttl=row.ttl)
    item.card = row.card.decode() if row.card else None
    for name, (partition, order) in row.indexes.items():
        setattr(item, f"{INDEXES[name]}pk", partition)
        setattr(item, f"{INDEXES[name]}sk", order)
    return item
