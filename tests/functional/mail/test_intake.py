"""From a mail's bytes to a pre-ticket or a message: recognised, judged, taken once (EML)."""

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from palier.agencies.model import Agency, AgencySettings, Contact
from palier.agencies.store import settings_key
from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys, Key
from palier.aws.table import Row, Table
from palier.kernel.clock import FixedClock
from palier.kernel.ids import BuildingId, LotId, PartyId, TicketNumber
from palier.messages import reply_address
from palier.messages.inbound.model import InboundMail
from palier.messages.inbound.parse import parse_mail
from palier.people.caller import Module
from palier.portfolio import keys as where
from palier.portfolio.choices import staff_choice
from palier.portfolio.dossier import Dossier, Holding, Place, PlaceRole
from palier.portfolio.model import Address, Building, Party, StaffUser
from palier.portfolio.model import Contact as Reach
from palier.portfolio.sheets import AddressMatch
from palier.tickets import facts
from palier.tickets.commands import act
from palier.tickets.mail.drafting import CUT
from palier.tickets.mail.intake import Mailroom, Outcome, Taken
from palier.tickets.mail.sorting import mailboxes, sort_mail
from palier.tickets.model import Attachment, TicketType
from palier.tickets.status import Status
from palier.tickets.store import Tickets
from tests.unit.tickets.builders import AGENCY, MANAGER, MONDAY, ask, moment

SAMPLES = Path(__file__).parents[3] / "events" / "mail"
KEYS, DOMAIN, SECRET = AgencyKeys(AGENCY), "in.example", b"link secret of the test"
CAMILLE = "camille@client.example"


class Desk:
    """An agency with one known co-owner, and its mailroom."""

    def __init__(self, table: Table) -> None:
        self.table, self.clock = table, FixedClock(MONDAY)
        self.store = Tickets(table, AGENCY)
        self.room = Mailroom(
            table=table,
            clock=self.clock,
            own_domains=frozenset({DOMAIN, "mail.example"}),
            secrets=lambda: (SECRET,),
            keep_files=_keep,
        )
        settings = AgencySettings(agency_contact=Contact(email="accueil@agence.example"), tickets_enabled=True)
        self._put(settings_key(KEYS), Agency(AGENCY, "Agence Démo", settings=settings))
        self._people()

    def _people(self) -> None:
        building = Building(
            BuildingId("B1"),
            Module.SYNDIC,
            "Les Lilas",
            Address("1 rue du Test"),
            door_codes=("12A",),
            manager=PartyId("M1"),
        )
        manager = StaffUser(PartyId("M1"), "Gestion", "Claire", contact=Reach(("claire@agence.example",)))
        place = Place(building.id, building.name, Module.SYNDIC, LotId("L1"), "Lot 1")
        camille = Dossier(
            PartyId("C1"),
            party=Party(PartyId("C1"), "Démo", "Camille", contact=Reach((CAMILLE,), ("+33639980001",))),
            holdings=(Holding("o1", PlaceRole.OWNER, place),),
        )
        self._put(where.building_key(KEYS, building.id), building, "BUILDING")
        self._put(where.party_key(KEYS, camille.id), camille)
        self._put(where.directory_key(KEYS, "STAFF", manager.name, manager.id), staff_choice(manager))
        match = AddressMatch(camille.id, "Camille Démo", client=True)
        self._put(Key(where.email_pk(KEYS, CAMILLE), "PARTY#C1"), match)

    def _put(self, key: Key, value: msgspec.Struct, kind: str = "ITEM") -> None:
        changes = Changes()
        changes.put(Row(key, kind, msgspec.json.encode(value)))
        changes.commit()

    def take(self, raw: bytes) -> list[Taken]:
        return [taken for _, taken in sort_mail(self.room, DOMAIN, parse_mail(raw), raw, "mail/key")]


def _keep(agency: Agency, folder: str, mail: InboundMail) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(f"files/{agency.id}/mail/{folder}/{rank}", one.name, one.sniffed_type, one.size)
        for rank, one in enumerate(mail.attachments)
    )


@pytest.fixture
def desk(table: Table) -> Desk:
    return Desk(table)


def mail(
    sender: str = CAMILLE, to: str = f"demo@{DOMAIN}", body: str = "Il pleut dans la cage d’escalier.", **headers: str
) -> bytes:
    lines = {
        "From": f"Camille <{sender}>",
        "To": to,
        "Subject": "Fuite au 3e",
        "Message-ID": "<one@client.example>",
        "Date": "Mon, 21 Sep 2026 10:00:00 +0200",
        "Content-Type": "text/plain; charset=utf-8",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "\r\n".join(f"{name}: {value}" for name, value in lines.items())
    return f"{head}\r\n\r\n{body}\r\n".encode()


def only(taken: list[Taken]) -> Taken:
    assert len(taken) == 1
    return taken[0]


def test_a_known_sender_makes_a_pre_ticket_at_his_place_for_its_manager(desk: Desk) -> None:
    """EML-002, EML-003, EML-009, TCK-047."""
    taken = only(desk.take(mail()))
    assert taken.outcome is Outcome.TICKET
    file = desk.store.file(TicketNumber(taken.number))
    ticket, draft = file.ticket, file.ticket.draft
    assert (ticket.type, ticket.status) == (TicketType.PRE, Status.PENDING_VALIDATION)
    assert (draft.subject, draft.source) == ("Fuite au 3e", "email")
    assert draft.original_description == "Il pleut dans la cage d’escalier."
    assert draft.requester is not None
    assert (draft.requester.party, draft.requester.name) == ("C1", "Camille Démo")
    assert draft.place is not None
    assert (draft.place.building, draft.place.lot, draft.place.door_code) == ("B1", "L1", "12A")
    assert {(one.template, one.address) for one in file.messages} == {
        ("stf.new_request", "claire@agence.example"),
        ("eml.ack", CAMILLE),
    }
    assert draft.original_mail == "mail/key"


def test_an_unknown_sender_makes_one_without_place_for_the_agency_itself(desk: Desk) -> None:
    taken = only(desk.take(mail(sender="inconnu@ailleurs.example")))
    file = desk.store.file(TicketNumber(taken.number))
    assert file.ticket.draft.place is None
    assert file.ticket.draft.requester is not None
    assert file.ticket.draft.requester.party is None
    assert ("stf.new_request", "accueil@agence.example") in {(one.template, one.address) for one in file.messages}


def test_the_photo_comes_along(desk: Desk) -> None:
    raw = (SAMPLES / "iphone-photo.eml").read_bytes().replace(b"demo@tickets.palier.example", b"demo@in.example")
    taken = only(desk.take(raw))
    files = desk.store.load(TicketNumber(taken.number)).ticket.draft.attachments
    assert [(one.name, one.media_type) for one in files] == [("IMG_0042.jpeg", "image/jpeg")]


def test_the_same_mail_twice_makes_one_ticket(desk: Desk) -> None:
    """EML-007, complaint 2."""
    first, again = only(desk.take(mail())), only(desk.take(mail()))
    assert (again.outcome, again.number) == (Outcome.DUPLICATE, first.number)


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Return_Path": "<>"},
        {"Precedence": "bulk"},
        {"X_SES_Spam_Verdict": "FAIL"},
    ],
    ids=["auto-reply", "null return path", "bulk", "spam"],
)
def test_machines_make_no_ticket_and_get_no_answer(desk: Desk, headers: dict[str, str]) -> None:
    """EML-004, EML-008, complaint 1."""
    taken = only(desk.take(mail(**headers)))
    assert taken.outcome is Outcome.LEFT_OUT
    assert desk.table.get(KEYS.key("COUNTER", sk="TICKETS")) is None


def test_a_sender_who_wants_no_answer_makes_a_ticket_without_acknowledgement(desk: Desk) -> None:
    taken = only(desk.take(mail(X_Auto_Response_Suppress="All")))
    messages = desk.store.file(TicketNumber(taken.number)).messages
    assert [one.template for one in messages] == ["stf.new_request"]


def test_one_mail_to_two_agencies_is_two_pieces_of_work(desk: Desk) -> None:
    """Complaint 3: only agencies that exist, each once."""
    other = AgencyKeys("other")  # type: ignore[arg-type]
    desk._put(settings_key(other), Agency(other.agency, "Autre agence"))
    taken = desk.take(mail(to=f"demo@{DOMAIN}, other@{DOMAIN}, DEMO@{DOMAIN}, nobody@{DOMAIN}, x@ailleurs.example"))
    assert [one.outcome for one in taken] == [Outcome.TICKET, Outcome.TICKET]


def replied(desk: Desk, number: int, sender: str, signed_for: str) -> Taken:
    address = reply_address.make(SECRET, AGENCY, TicketNumber(number), signed_for, DOMAIN)
    return only(desk.take(mail(sender=sender, to=address, body="Merci, à jeudi.", Message_ID="<two@client.example>")))


def test_a_reply_from_its_addressee_joins_the_ticket(desk: Desk) -> None:
    """EML-006: unread, and the manager is told."""
    number = only(desk.take(mail())).number
    taken = replied(desk, number, CAMILLE, CAMILLE)
    assert (taken.outcome, taken.number) == (Outcome.REPLY, number)
    file = desk.store.file(TicketNumber(number))
    last = file.entries[-1].what
    assert isinstance(last, facts.MessageWritten)
    assert last.text == "Merci, à jeudi."
    assert ("stf.new_message", "claire@agence.example") in {(one.template, one.address) for one in file.messages}


def test_quoting_the_number_is_not_enough_to_write_into_a_ticket(desk: Desk) -> None:
    """Complaint 5: somebody else's signed address, or a made-up one, makes a request of its own."""
    number = only(desk.take(mail())).number
    taken = replied(desk, number, "intrus@ailleurs.example", CAMILLE)
    assert taken.outcome is Outcome.TICKET
    assert taken.number != number
    assert len(desk.store.file(TicketNumber(number)).entries) == 1


def test_a_reply_to_a_closed_ticket_is_not_lost(desk: Desk) -> None:
    number = TicketNumber(only(desk.take(mail())).number)
    act(desk.store, number, lambda _: facts.TicketClosed(), moment(MANAGER))
    taken = replied(desk, number, CAMILLE, CAMILLE)
    assert taken.outcome is Outcome.TICKET


def test_the_supplier_s_reply_is_his(desk: Desk) -> None:
    number = TicketNumber(only(desk.take(mail())).number)
    draft = desk.store.load(number).ticket.draft
    order = facts.PreTicketValidated(TicketType.ODS, draft, (ask(),))
    act(desk.store, number, lambda _: order, moment(MANAGER, MONDAY + dt.timedelta(minutes=1)))
    supplier = ask().supplier.emails[0]
    replied(desk, number, supplier, supplier)
    entry = desk.store.file(number).entries[-1]
    assert entry.by.kind == "supplier"


def test_a_mail_longer_than_an_item_of_the_table_still_makes_a_ticket(desk: Desk) -> None:
    taken = only(desk.take(mail(body="Il pleut encore. " * 60_000)))
    text = desk.store.load(TicketNumber(taken.number)).ticket.draft.original_description
    assert text.endswith(CUT)
    assert len(text) < 40_000


def test_mailboxes_are_read_from_every_recipient() -> None:
    parsed = parse_mail(mail(to=f"Agence <demo+urgent@{DOMAIN}>"))
    assert mailboxes(parsed, DOMAIN) == (("demo", f"demo+urgent@{DOMAIN}"),)
