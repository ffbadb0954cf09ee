"""Three helpdesks that people use today, measured doing the same work, with 10,000 tickets. Data.

Measured on a machine of the same kind (2 virtual cores, client on the same machine, two workers each, outgoing mail
off), one client at a time unless said. ``None``: not measured, or the product does not do it.
"""

from __future__ import annotations

from typing import NamedTuple

PEERS = ("dj-helpdesk, SQLite", "dj-helpdesk, PostgreSQL", "osTicket, MariaDB", "FreeScout, MariaDB")
FAIRNESS = """\
Fairness. Theirs: SQLite ran with synchronous=NORMAL; osTicket's list takes 23.5 s with a stock MariaDB 10.11, 0.28 s
after its users' workaround (shown here); FreeScout lists 50 rows, and its creation is that of its store alone.
Ours: DynamoDB, API Gateway and Lambda are emulated by one Python process on the same two cores, which journals each
write to disk before it answers; its speed is not AWS's, in either direction. What carries over to AWS are the
requests and units of section 2: there DynamoDB's published latencies come on top, and the emulator's time goes.
Their mails were taken in whole; ours are shown as the CPU time of reading one, and as a rate through everything."""


class Peer(NamedTuple):
    """One kind of work: p50 and p95 in ms, or a rate, for each of :data:`PEERS`; ``ours`` is our name for it."""

    ours: str
    work: str
    theirs: tuple[str | None, str | None, str | None, str | None]


WAITS = (
    Peer("create (pre-ticket)", "create, p50/p95 ms", ("19/42", "22/40", "29/31", "13/18")),
    Peer("list of 25", "agent list, p50/p95 ms", ("116/121", "144/153", "276/306", "105/124")),
    Peer("ticket page", "agent ticket page, p50/p95 ms", ("44/53", "57/69", "38/46", "78/91")),
    Peer("supplier link page", "public page by link, p50/p95 ms", ("15/38", "18/24", None, None)),
)
READINGS = (
    Peer("0", "take in a mail, p50 ms", ("24", "50", "35", "13 (not parsed)")),
    Peer("100000", "take in a mail of 100 kB, p50 ms", ("36", "62", "44", None)),
    Peer("5000000", "take in a mail of 5 MB, p50 ms", ("323", "427", "351", None)),
)
RATES = (
    Peer("create (pre-ticket)", "create a second (theirs: 4 clients)", ("120", "50", "65", None)),
    Peer("list of 25", "lists a second (theirs: 4 clients)", ("6.6", "7.8", "6.0", "17.5")),
)
TWICE = Peer("twice", "tickets of one mail sent twice", ("2", "2", "1", None))
