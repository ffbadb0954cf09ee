"""How a row lies in DynamoDB: pynamodb's model of the one table, and the one connection. Only ``aws`` sees this."""

import gc

gc.disable()  # what botocore's import makes stays for good: looking through it is a tenth of a cold start
try:
    from pynamodb.attributes import NumberAttribute, UnicodeAttribute
    from pynamodb.connection import Connection, TableConnection
    from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection
    from pynamodb.models import Model
finally:
    gc.enable()

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


def shared_connection() -> Connection:
    """Return the one DynamoDB client of this process."""
    return Item._get_connection().connection  # noqa: SLF001 - pynamodb keeps it to itself


def door() -> TableConnection:
    """Return pynamodb's way to the table below its models.

    It builds the same expressions, and leaves out an object for each attribute of each row: half of a list's CPU time.
    """
    return Item._get_connection()  # noqa: SLF001 - see above
