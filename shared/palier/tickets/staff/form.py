"""Reading the ticket form, at creation and validation (TCK-009…037): what was typed to a draft and suppliers to ask."""

import datetime as dt
from zoneinfo import ZoneInfo

import msgspec

from palier.kernel.contacts import split_several
from palier.kernel.delays import Delay, DelayUnit
from palier.kernel.ids import EngagementId, IdSource
from palier.portfolio.choices import Directory, StaffChoice, SupplierChoice
from palier.tickets.facts import Ask
from palier.tickets.model import Contact, Delays, Draft, Place, TicketType, Visibility
from palier.web import forms
from palier.web.forms import Problems, Typed

_SUBJECT, _NAME = 150, 120
BLOCKS = 8
SAME_PLACE = "="
REQUESTER = "requester"


class Desk(msgspec.Struct, frozen=True):
    """What reading a form needs beside it: what there is to choose from, the time, and ids for new engagements."""

    module: str
    directory: Directory
    now: dt.datetime
    zone: ZoneInfo
    ids: IdSource
    before: Draft | None = None


class Filled(msgspec.Struct, frozen=True):
    """A form that can be taken."""

    type: TicketType
    draft: Draft
    ask: tuple[Ask, ...]


def read_ticket_form(typed: Typed, desk: Desk) -> Filled:
    """Read the form. Raises :class:`InvalidInputError` with everything that is wrong."""
    problems = Problems()
    kind = TicketType.PRE if typed.field("kind") == "PRE" else TicketType.ODS
    draft = _draft(typed, desk, problems)
    ask = () if kind is TicketType.PRE else _suppliers(typed, desk, problems)
    if kind is TicketType.ODS and len(ask) > 1:
        problems.add("supplier.1.id", "Un ordre de service s’adresse ici à un seul intervenant.")
    problems.settle()
    return Filled(kind, draft, ask)


def _draft(typed: Typed, desk: Desk, problems: Problems) -> Draft:
    before = desk.before
    fresh = Draft(
        module=desk.module,
        subject=forms.text(typed, "subject", problems, required=True, longest=_SUBJECT),
        description=forms.text(typed, "description", problems, required=True),
        requested_at=_requested_at(typed, desk, problems),
        source=_source(typed, before, problems),
        manager=_manager(typed, desk, problems),
        place=_place(typed, desk, problems),
        requester=_requester(typed, before, problems),
        original_description=typed.field("original_description"),
        urgent=typed.ticked("urgent"),
        silent=typed.ticked("silent"),
        ask_presence=typed.ticked("ask_presence"),
        notify_reminders=typed.ticked("notify_reminders"),
        visibility=_visibility(typed),
        contact_person=_contact_person(typed, before, problems),
        warn_contact_person=typed.ticked("contact_warn_email") or typed.ticked("contact_warn_sms"),
        notified=_notified(typed, before, problems),
        delays=Delays(ods=_delay(typed, "reminder_ods", problems), invoice=_delay(typed, "reminder_invoice", problems)),
    )
    return fresh if before is None else _with_request(fresh, before)


def _with_request(fresh: Draft, before: Draft) -> Draft:
    """Keep what the request brought: its own words, its mail, its files."""
    return msgspec.structs.replace(
        fresh,
        original_description=fresh.original_description or before.original_description,
        original_mail=before.original_mail,
        attachments=before.attachments,
    )


def _source(typed: Typed, before: Draft | None, problems: Problems) -> str:
    source = typed.field("source") or (before.source if before else "")
    if not source:
        problems.add("source", "required")
    if source != "other":
        return source
    return f"other:{forms.text(typed, 'source_other', problems, required=True, longest=_NAME)}"


def _requested_at(typed: Typed, desk: Desk, problems: Problems) -> dt.datetime:
    if not typed.field("request_date") and desk.before:
        return desk.before.requested_at
    on, at = forms.date(typed, "request_date", problems), forms.time(typed, "request_time", problems)
    return forms.instant(on, at, desk.zone) or desk.now


def _manager(typed: Typed, desk: Desk, problems: Problems) -> Contact | None:
    choice = desk.directory.staff_user(typed.field("assigned"))
    if choice is None:
        problems.add("assigned", "bad_choice")
        return None
    return staff_contact(choice)


def staff_contact(choice: StaffChoice) -> Contact:
    """Return a staff user as he is reached on a ticket."""
    emails = (choice.email,) if choice.email else ()
    return Contact(choice.name, choice.id, "Gestionnaire", emails=emails, phone=choice.phone)


def _place(typed: Typed, desk: Desk, problems: Problems) -> Place | None:
    wanted = typed.field("place")
    if wanted == SAME_PLACE and desk.before and desk.before.place:
        return desk.before.place
    choice = desk.directory.building(wanted)
    if choice is None:
        problems.add("place", "required" if not wanted else "bad_choice")
        return None
    return Place(choice.id, choice.name, choice.address)


def _requester(typed: Typed, before: Draft | None, problems: Problems) -> Contact | None:
    name = forms.text(typed, "requester_name", problems, longest=_NAME)
    if name:
        return Contact(name)
    return before.requester if before and typed.field("requester") == REQUESTER else None


def _visibility(typed: Typed) -> tuple[Visibility, ...]:
    known = {one.value for one in Visibility}
    ticked = tuple(Visibility(one) for one in typed.fields("visibility") if one in known)
    return ticked or (Visibility.REQUESTER,)


def _suppliers(typed: Typed, desk: Desk, problems: Problems) -> tuple[Ask, ...]:
    filled = [i for i in range(BLOCKS) if typed.field(f"supplier.{i}.id") or typed.field(f"supplier.{i}.name")]
    if not filled:
        problems.add("supplier.0.id", "required")
    return tuple(Ask(EngagementId(desk.ids.new()), _supplier(typed, i, desk, problems)) for i in filled)


def _supplier(typed: Typed, i: int, desk: Desk, problems: Problems) -> Contact:
    choice = desk.directory.supplier(typed.field(f"supplier.{i}.id"))
    if choice is None and typed.field(f"supplier.{i}.id"):
        problems.add(f"supplier.{i}.id", "bad_choice")
    typed_mails = forms.emails(typed, f"supplier.{i}.email", problems)
    typed_mobiles = split_several(typed.field(f"supplier.{i}.mobile"))
    contact = Contact(
        name=choice.name if choice else forms.text(typed, f"supplier.{i}.name", problems, longest=_NAME),
        party=choice.id if choice else None,
        quality="Intervenant",
        emails=typed_mails or _known(choice, "emails"),
        mobiles=typed_mobiles or _known(choice, "mobiles"),
        phone=typed.field(f"supplier.{i}.phone") or next(iter(_known(choice, "phones")), ""),
        by_mail=typed.ticked(f"supplier.{i}.by_email"),
        by_sms=typed.ticked(f"supplier.{i}.by_sms"),
        comment=forms.text(typed, f"supplier.{i}.comment", problems),
    )
    return _reachable(contact, f"supplier.{i}.email", problems)


def _known(choice: SupplierChoice | None, what: str) -> tuple[str, ...]:
    return () if choice is None else getattr(choice.contact, what)


def _reachable(contact: Contact, field: str, problems: Problems) -> Contact:
    if not contact.reachable:
        problems.add(field, "no_contact")
    return contact


def _contact_person(typed: Typed, before: Draft | None, problems: Problems) -> Contact | None:
    if typed.field("contact") == REQUESTER and before and before.requester:
        return before.requester
    name = forms.text(typed, "contact_name", problems, longest=_NAME)
    if not name:
        return None
    contact = Contact(
        name,
        quality="Personne à contacter",
        emails=forms.emails(typed, "contact_email", problems),
        phone=typed.field("contact_phone"),
        mobiles=split_several(typed.field("contact_phone")) if typed.ticked("contact_warn_sms") else (),
        by_mail=typed.ticked("contact_warn_email"),
        by_sms=typed.ticked("contact_warn_sms"),
        comment=typed.field("contact_comment"),
    )
    warned = contact.by_mail or contact.by_sms
    return _reachable(contact, "contact_email", problems) if warned else contact


def _notified(typed: Typed, before: Draft | None, problems: Problems) -> tuple[Contact, ...]:
    typed_ones = (_notified_one(typed, i, before, problems) for i in range(BLOCKS))
    return tuple(one for one in typed_ones if one is not None)


def _notified_one(typed: Typed, i: int, before: Draft | None, problems: Problems) -> Contact | None:
    if typed.field(f"notified.{i}.id") == REQUESTER and before and before.requester:
        known = _by(before.requester, typed, f"notified.{i}.by_email", f"notified.{i}.by_sms")
        return _reachable(known, f"notified.{i}.id", problems)
    name = forms.text(typed, f"notified.{i}.name", problems, longest=_NAME)
    if not name:
        return None
    contact = Contact(
        name,
        emails=forms.emails(typed, f"notified.{i}.email", problems),
        mobiles=split_several(typed.field(f"notified.{i}.mobile")),
        by_mail=typed.ticked(f"notified.{i}.by_email"),
        by_sms=typed.ticked(f"notified.{i}.by_sms"),
    )
    return _reachable(contact, f"notified.{i}.email", problems)


def _by(contact: Contact, typed: Typed, mail: str, sms: str) -> Contact:
    return msgspec.structs.replace(contact, by_mail=typed.ticked(mail), by_sms=typed.ticked(sms))


def _delay(typed: Typed, name: str, problems: Problems) -> Delay:
    amount = forms.whole(typed, f"{name}.amount", problems, "bad_delay", range(366), default=0)
    unit = DelayUnit.HOURS if typed.field(f"{name}.unit") == "hours" else DelayUnit.DAYS
    most = typed.field(f"{name}.at_most")
    at_most = forms.whole(typed, f"{name}.at_most", problems, "bad_delay", range(100)) if most else None
    return Delay(amount, unit, at_most)
