"""What a client may read of a ticket's timeline (FUP-004, ROL-027; law.md §3: owners' data are hidden from each other).

Nothing is shown unless it is named here: each kind of fact that a client sees has its line in ``_STEPS``, and a line
takes from the fact only what is his. Notes, reminders, invoices, exchanges with suppliers, comments of suppliers and
messages of other people have none. Pure.
"""

import datetime as dt
from collections.abc import Callable, Iterable

import msgspec

from palier.kernel.ids import PartyId
from palier.tickets import facts
from palier.tickets.facts import Entry
from palier.tickets.model import ActorKind, Appointment, Ticket, TicketType
from palier.tickets.status import Status


class Reader(msgspec.Struct, frozen=True):
    """Who reads: the party, and whether he asked for the ticket."""

    party: PartyId
    requester: bool


class Step(msgspec.Struct, frozen=True):
    """One step that the reader may know of."""

    title: str
    at: dt.datetime
    text: str = ""
    appointment: Appointment | None = None


class Message(msgspec.Struct, frozen=True):
    """One message between the reader and the agency; ``entry`` holds its files."""

    mine: bool
    at: dt.datetime
    text: str
    entry: Entry


class Story(msgspec.Struct, frozen=True):
    """The ticket as one client reads it. ``sent`` are the entries whose files are his to see."""

    steps: tuple[Step, ...]
    messages: tuple[Message, ...]
    description: str
    own_words: str
    place: str
    appointment: Appointment | None
    supplier: str
    sent: tuple[Entry, ...]
    chased_at: dt.datetime | None


def tell_story(ticket: Ticket, entries: Iterable[Entry], reader: Reader) -> Story:
    """Return what one client reads of a ticket."""
    listed = tuple(entries)
    messages = tuple(filter(None, (_message(entry, reader) for entry in listed)))
    appointment, supplier = _visit(ticket)
    return Story(
        steps=tuple(filter(None, (_step(entry, reader) for entry in listed))),
        messages=messages,
        description=described(ticket, reader),
        own_words=asked(listed, reader),
        place=_place(ticket, reader),
        appointment=appointment,
        supplier=supplier,
        sent=tuple(entry for entry in listed if _is_his(entry, reader)),
        chased_at=last_chase(listed),
    )


def asked(entries: tuple[Entry, ...], reader: Reader) -> str:
    """Return the requester's own words, when the reader wrote the request himself, on a page or by mail."""
    first = entries[0] if entries else None
    if first is None or not isinstance(first.what, facts.TicketOpened) or not _sent_it(first, reader):
        return ""
    return first.what.draft.original_description or first.what.draft.description


def _sent_it(first: Entry, reader: Reader) -> bool:
    """A mail is taken in by the system: its sender is the requester that the request was opened with."""
    if not isinstance(first.what, facts.TicketOpened) or not reader.requester:
        return False
    sender = first.what.draft.requester
    by_mail = first.by.kind is ActorKind.SYSTEM and sender is not None and sender.party == reader.party
    return by_mail or _wrote(first, reader)


def last_chase(entries: tuple[Entry, ...]) -> dt.datetime | None:
    """Return when the requester last asked again."""
    return next((entry.at for entry in reversed(entries) if isinstance(entry.what, facts.RequestChased)), None)


def described(ticket: Ticket, reader: Reader) -> str:
    """Return the description, unless it is another person's own words.

    A pre-ticket's description is still what its requester wrote; later it may be the manager's, or the same again.
    """
    draft = ticket.draft
    if reader.requester:
        return draft.description
    if ticket.type is TicketType.PRE:
        return ""
    own = _plain(draft.original_description)
    return "" if own and own in _plain(draft.description) else draft.description


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _place(ticket: Ticket, reader: Reader) -> str:
    place = ticket.draft.place
    if place is None:
        return ""
    return f"{place.building_name} – {place.lot_label}" if reader.requester and place.lot_label else place.building_name


def _visit(ticket: Ticket) -> tuple[Appointment | None, str]:
    planned = (one for one in ticket.engagements if one.live and one.appointment is not None)
    coming = [one for one in planned if one.status is Status.AWAITING_END]
    if not coming:
        return None, ""
    return coming[-1].appointment, coming[-1].supplier.name


def _step(entry: Entry, reader: Reader) -> Step | None:
    line = _STEPS.get(type(entry.what))
    return None if line is None else line(entry, reader)


def _titled(title: str) -> Callable[[Entry, Reader], Step | None]:
    return lambda entry, _: Step(title, entry.at)


def _cancelled(entry: Entry, reader: Reader) -> Step | None:
    comment = entry.what.comment if isinstance(entry.what, facts.PreTicketCancelled) else ""
    return Step("Demande annulée par l’agence", entry.at, comment if reader.requester else "")


def _accepted(entry: Entry, _reader: Reader) -> Step | None:
    appointment = entry.what.appointment if isinstance(entry.what, facts.OrderAccepted) else None
    return Step("Rendez-vous fixé", entry.at, appointment=appointment)


def _chased(entry: Entry, reader: Reader) -> Step | None:
    return Step("Vous avez relancé l’agence", entry.at) if reader.requester else None


_STEPS: dict[type, Callable[[Entry, Reader], Step | None]] = {
    facts.TicketOpened: _titled("Demande enregistrée"),
    facts.PreTicketValidated: _titled("Demande validée par l’agence"),
    facts.PreTicketCancelled: _cancelled,
    facts.RequestChased: _chased,
    facts.OrderAccepted: _accepted,
    facts.OrderRefused: _titled("Intervenant indisponible, l’agence s’en occupe"),
    facts.InterventionCancelled: _titled("Rendez-vous annulé"),
    facts.InterventionEnded: _titled("Intervention terminée"),
    facts.TicketClosed: _titled("Ticket clos"),
    facts.TicketReopened: _titled("Ticket rouvert"),
}


def _message(entry: Entry, reader: Reader) -> Message | None:
    fact = entry.what
    if not isinstance(fact, facts.MessageWritten) or fact.engagement is not None:
        return None
    if _wrote(entry, reader) or _to_reader(entry, reader):
        return Message(_wrote(entry, reader), entry.at, fact.text, entry)
    return None


def _wrote(entry: Entry, reader: Reader) -> bool:
    return entry.by.kind is ActorKind.CLIENT and entry.by.party == reader.party


def _to_reader(entry: Entry, reader: Reader) -> bool:
    to = entry.what.to if isinstance(entry.what, facts.MessageWritten) else None
    return entry.by.kind is ActorKind.MANAGER and to is not None and to.party == reader.party


def _is_his(entry: Entry, reader: Reader) -> bool:
    """His own request and his own messages hold files of his; so do the messages that the agency wrote to him."""
    if isinstance(entry.what, facts.TicketOpened):
        return _sent_it(entry, reader)
    return _message(entry, reader) is not None
