"""An agency with one order in the table, and a post office that remembers."""

import datetime as dt
import re
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import msgspec

from palier.agencies.model import Agency
from palier.agencies.store import settings_key
from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys, Key
from palier.aws.table import Row, Table
from palier.kernel.clock import FixedClock, iso
from palier.messages.deliver import Office
from palier.messages.deliver_mail import Places
from palier.messages.model import Channel, OutMessage
from palier.messages.outbox import queue_message, read_message
from palier.tickets.commands import open_ticket
from palier.tickets.facts import Ask, TicketOpened
from palier.tickets.model import Draft, Ticket, TicketType
from palier.tickets.store import Tickets
from tests.unit.messages.out.letters import AGENCY, DRAFT, LEA, NOW, ORDER, PLUMBER, moment

KEYS = AgencyKeys(AGENCY.id)
SECRET = b"le secret des liens"
ORDER_MAIL, ORDER_SMS = ("sup.ods_request", Channel.EMAIL), ("sup.ods_request", Channel.SMS)


class CrashError(Exception):
    """The worker dies here."""


class FakePost:
    """Remembers what was handed over. ``before`` and ``then`` run around it, and may kill the worker."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.texts: list[tuple[str, str]] = []
        self.before: Callable[[], None] = lambda: None
        self.then: Callable[[], None] = lambda: None

    def mail(self, sender: str, addressee: str, raw: bytes, tag: str) -> str:
        self.before()
        read = message_from_bytes(raw, policy=default)
        assert isinstance(read, EmailMessage)
        self.mails.append(read)
        self.then()
        return f"ses-{len(self.mails)}"

    def sms(self, number: str, text: str) -> str:
        self.before()
        self.texts.append((number, text))
        self.then()
        return f"sns-{len(self.texts)}"


class Desk:
    """An office on a real table, whose time stands still until it is moved."""

    def __init__(self, table: Table, agency: Agency = AGENCY) -> None:
        self.table, self.post, self.clock = table, FakePost(), FixedClock(NOW)
        self.secret: Callable[[], bytes] = lambda: SECRET
        self.files: dict[str, bytes] = {one.key: b"\xff\xd8photo" for one in DRAFT.attachments}
        write(Row(key=settings_key(KEYS), kind="AGENCY", body=msgspec.json.encode(agency)))

    @property
    def office(self) -> Office:
        places = Places("https://palier.example", "mail.example", "in.example")
        return Office(self.table, self.clock, self.post, self.secret, self.files.__getitem__, places)

    def order(self, draft: Draft = DRAFT, once: str = "form") -> Ticket:
        opened = TicketOpened(TicketType.ODS, draft, (Ask(ORDER, PLUMBER),))
        return open_ticket(Tickets(self.table, AGENCY.id), opened, moment(), once)

    def outbox(self, ticket: Ticket) -> dict[tuple[str, Channel], Key]:
        rows = self.table.query(KEYS.pk("TICKET", ticket.number), "OUT#").rows
        told = {row.key: read_message(row) for row in rows}
        return {(message.template, message.channel): key for key, message in told.items()}

    def message(self, key: Key) -> OutMessage:
        row = self.table.get(key)
        assert row is not None
        return read_message(row)

    def due(self) -> set[Key]:
        return {row.key for row in self.table.query_index("due", KEYS.pk("DUE"), limit=100).rows if row.kind == "OUT"}

    def forgotten_password(self) -> Key:
        values = {"party": "lea", "nonce": "n1", "expires": iso(NOW + dt.timedelta(hours=1))}
        changes = Changes()
        queue_message(changes, KEYS, "cli.password_reset", LEA.emails[0], LEA.name, values, NOW)
        changes.commit()
        (key,) = self.due()
        return key

    def text(self) -> str:
        """Return what the last mail says."""
        part = self.post.mails[-1].get_body(("plain",))
        assert isinstance(part, EmailMessage)
        return str(part.get_content())

    def wait(self, **time: float) -> None:
        self.clock.at += dt.timedelta(**time)


def token_in(text: str) -> str:
    """Return the token of the personal link in a text."""
    found = re.search(r"https://palier\.example/(?:i|reinitialisation)/(\S+)", text)
    assert found is not None
    return found[1]


def write(row: Row) -> None:
    """Put one row."""
    changes = Changes()
    changes.put(row)
    changes.commit()


def die() -> None:
    """End the worker."""
    raise CrashError
