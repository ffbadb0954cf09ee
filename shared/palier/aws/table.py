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

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection
from pynamodb.models import Model
from pynamodb.pagination import ResultIterator

from palier.aws.keys import Key
from palier.aws.settings import region, setting


def _index(name: str, pk: str, sk: str) -> GlobalSecondaryIndex["Item"]:
    meta = type("Meta", (), {"index_name": name, "projection": IncludeProjection(["card", "kind"])})
    attributes = {
        "partition": UnicodeAttribute(hash_key=True, attr_name=pk),
        "order": UnicodeAttribute(range_key=True, attr_name=sk),
    }
    index: GlobalSecondaryIndex[Item] = type(name, (GlobalSecondaryIndex,), {"Meta": meta, **attributes})()
    return index


class Item(Model):
    """How a row lies in DynamoDB. Only ``aws`` sees this class; domains see :class:`Row`."""

    class Meta:
        """Where the table is."""

        table_name = ""
        region = ""
        read_timeout_seconds = 10
        connect_timeout_seconds = 3
        max_pool_connections = 10

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = UnicodeAttribute(null=True)
    body = UnicodeAttribute(null=True)
    card = UnicodeAttribute(null=True)
    v = NumberAttribute(null=True)
    n = NumberAttribute(null=True)
    ttl = NumberAttribute(null=True)
    g1pk = UnicodeAttribute(null=True)
    g1sk = UnicodeAttribute(null=True)
    g2pk = UnicodeAttribute(null=True)
    g2sk = UnicodeAttribute(null=True)
    g3pk = UnicodeAttribute(null=True)
    g3sk = UnicodeAttribute(null=True)
    g4pk = UnicodeAttribute(null=True)
    g4sk = UnicodeAttribute(null=True)
    g5pk = UnicodeAttribute(null=True)
    g5sk = UnicodeAttribute(null=True)
    g6pk = UnicodeAttribute(null=True)
    g6sk = UnicodeAttribute(null=True)
    g7pk = UnicodeAttribute(null=True)
    g7sk = UnicodeAttribute(null=True)
    duepk = UnicodeAttribute(null=True)
    duesk = UnicodeAttribute(null=True)

    open_list = _index("open_list", "g1pk", "g1sk")
    by_manager = _index("by_manager", "g2pk", "g2sk")
    by_place = _index("by_place", "g3pk", "g3sk")
    by_person = _index("by_person", "g4pk", "g4sk")
    all_list = _index("all_list", "g5pk", "g5sk")
    open_by_manager = _index("open_by_manager", "g6pk", "g6sk")
    by_tab = _index("by_tab", "g7pk", "g7sk")
    due = _index("due", "duepk", "duesk")


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


INDEXES = {
    "open_list": "g1",
    "by_manager": "g2",
    "by_place": "g3",
    "by_person": "g4",
    "all_list": "g5",
    "open_by_manager": "g6",
    "by_tab": "g7",
    "due": "due",
}


class Table:
    """Reads. Each method is one DynamoDB request (``get_many`` up to 100 keys)."""

    def __init__(self, name: str | None = None) -> None:
        Item.Meta.table_name = name or setting("TABLE_NAME")
        Item.Meta.region = region()
        Item._connection = None  # noqa: SLF001 - a test points the class at another table

    def warm(self) -> None:
        """Make the client now, in INIT, rather than in somebody's first request."""
        _ = shared_connection().client

    def get(self, key: Key, *, consistent: bool = True) -> Row | None:
        """Return one row, or None."""
        try:
            return to_row(Item.get(key.pk, key.sk, consistent_read=consistent))
        except Item.DoesNotExist:
            return None

    def get_many(self, keys: Iterable[Key]) -> dict[Key, Row]:
        """Return the rows that exist, in one consistent BatchGetItem."""
        items = Item.batch_get(list(dict.fromkeys(keys)), consistent_read=True)
        rows = (to_row(item) for item in items)
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
        """Return rows of one partition whose sort key begins with ``prefix``."""
        condition = Item.sk.startswith(prefix) if prefix else None
        found = Item.query(
            pk,
            condition,
            consistent_read=consistent,
            scan_index_forward=not newest_first,
            limit=limit,
            page_size=limit,
            last_evaluated_key=dict(start) if start else None,
        )
        return _page(found)

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
        view: Any = getattr(Item, index)
        condition = (type(view).order <= up_to) if up_to is not None else None
        found = view.query(
            pk,
            condition,
            scan_index_forward=not newest_first,
            limit=limit,
            page_size=limit,
            last_evaluated_key=dict(start) if start else None,
        )
        return _page(found)

    def count_up(self, key: Key, by: int = 1) -> int:
        """Add to an atomic counter and return its new value."""
        counter = Item(key.pk, key.sk)
        counter.update(actions=[Item.n.add(by), Item.kind.set("COUNTER")])
        return int(counter.n)


def shared_connection() -> Connection:
    """Return the one DynamoDB client of this process."""
    return Item._get_connection().connection  # noqa: SLF001 - pynamodb keeps it to itself


def _page(found: ResultIterator[Item]) -> Page:
    rows = [to_row(item) for item in found]
    return Page(rows, found.last_evaluated_key)


def to_row(item: Item) -> Row:
    """Turn what pynamodb read into a row."""
    return Row(
        key=Key(item.pk, item.sk),
        kind=item.kind or "",
        body=(item.body or "{}").encode(),
        version=int(item.v or 0),
        card=item.card.encode() if item.card else None,
        ttl=int(item.ttl) if item.ttl else None,
    )


def to_item(row: Row) -> Item:
    """Turn a row into what pynamodb writes, one version up."""
    item = Item(row.key.pk, row.key.sk, kind=row.kind, body=row.body.decode(), v=row.version + 1, ttl=row.ttl)
    item.card = row.card.decode() if row.card else None
    for name, (partition, order) in row.indexes.items():
        setattr(item, f"{INDEXES[name]}pk", partition)
        setattr(item, f"{INDEXES[name]}sk", order)
    return item
