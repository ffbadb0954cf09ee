"""Making a document while its ticket moves, and when the worker dies (OUT-001)."""

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from palier.aws.keys import Key
from palier.aws.table import Table
from palier.documents.make import UnknownJobError, Workshop, make
from palier.kernel.errors import ConflictError
from palier.kernel.ids import TicketNumber
from palier.tickets import facts
from palier.tickets.commands import act, ask_summary
from palier.tickets.store import Job, Tickets
from tests.functional.out.scene import KEYS, CrashError, Desk, write
from tests.unit.messages.out.letters import AGENCY, CLIENT, moment

NUMBER = TicketNumber(1)
JOB_KEY = KEYS.key("TICKET", 1, sk="JOB#summary")


class Shelf:
    """Keeps files; ``before`` runs first, and may kill the worker or move the ticket."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.before: Callable[[], None] = lambda: None

    def keep(self, key: str, content: bytes) -> None:
        self.before()
        assert key == "files/demo/documents/1/resume.pdf"
        pages = PdfReader(io.BytesIO(content)).pages
        self.kept.append("\n".join(page.extract_text() for page in pages))


@pytest.fixture
def desk(table: Table) -> Desk:
    made = Desk(table)
    made.order()
    store = Tickets(table, AGENCY.id)
    ask_summary(store, store.load(NUMBER), moment())
    return made


def job(desk: Desk) -> Job:
    (found,) = Tickets(desk.table, AGENCY.id).file(NUMBER).jobs
    return found


def test_a_message_written_meanwhile_is_in_the_document(desk: Desk) -> None:
    shelf, store = Shelf(), Tickets(desk.table, AGENCY.id)

    def meanwhile() -> None:
        shelf.before = lambda: None
        act(store, NUMBER, lambda _: facts.MessageWritten("Arrivé entre-temps"), moment(CLIENT))

    shelf.before = meanwhile
    make(Workshop(desk.table, desk.clock, shelf.keep), JOB_KEY)
    assert ["Arrivé entre-temps" in text for text in shelf.kept] == [False, True]
    assert job(desk).key


def test_asking_again_while_it_is_made_is_not_lost(desk: Desk) -> None:
    """The new demand has the old one's version: only the ticket's version tells them apart."""
    shelf, store = Shelf(), Tickets(desk.table, AGENCY.id)

    def meanwhile() -> None:
        shelf.before = lambda: None
        act(store, NUMBER, lambda _: facts.TicketClosed("Fini"), moment())

    shelf.before = meanwhile
    make(Workshop(desk.table, desk.clock, shelf.keep), JOB_KEY)
    assert "Fini" in shelf.kept[-1]


def test_a_ticket_that_never_rests_goes_back_to_the_queue(desk: Desk) -> None:
    shelf, store = Shelf(), Tickets(desk.table, AGENCY.id)

    def again() -> None:
        act(store, NUMBER, lambda _: facts.MessageWritten("Encore"), moment(CLIENT))

    shelf.before = again
    with pytest.raises(ConflictError):
        make(Workshop(desk.table, desk.clock, shelf.keep), JOB_KEY)
    assert not job(desk).key


def test_a_worker_that_dies_before_the_mark_makes_it_again(desk: Desk) -> None:
    shelf = Shelf()

    def die() -> None:
        raise CrashError

    shelf.before = die
    with pytest.raises(CrashError):
        make(Workshop(desk.table, desk.clock, shelf.keep), JOB_KEY)
    assert not job(desk).key
    shelf.before = lambda: None
    assert make(Workshop(desk.table, desk.clock, shelf.keep), JOB_KEY)
    assert make(Workshop(desk.table, desk.clock, shelf.keep), JOB_KEY) == ""
    assert len(shelf.kept) == 1


def test_nothing_to_make_where_there_is_no_ticket_and_a_refusal_for_an_unknown_document(desk: Desk) -> None:
    shelf, store = Shelf(), Tickets(desk.table, AGENCY.id)
    workshop = Workshop(desk.table, desk.clock, shelf.keep)
    assert make(workshop, Key("demo#TICKET#99", "JOB#summary")) == ""
    write(store.job_row(Job("map", 1, desk.clock.now())))
    with pytest.raises(UnknownJobError):
        make(workshop, KEYS.key("TICKET", 1, sk="JOB#map"))
