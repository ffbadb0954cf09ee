"""The small action pages of a ticket: for each action its form and how what was typed becomes a fact. Pure."""

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import msgspec

from palier.kernel.errors import NotFoundError
from palier.kernel.ids import EngagementId
from palier.kernel.money import Cents, parse_amount
from palier.tickets import facts
from palier.tickets.appointment_form import read_appointment
from palier.tickets.facts import Fact
from palier.tickets.model import Attachment, Contact, Engagement, Ticket
from palier.web import forms
from palier.web.forms import Problems, Typed
from palier.web.views.forms import Field


class Sheet(msgspec.Struct, frozen=True):
    """What was typed on an action page, with what reading it needs."""

    typed: Typed
    now: dt.datetime
    zone: ZoneInfo
    target: str
    ticket: Ticket
    files: tuple[Attachment, ...] = ()
    invoice: tuple[Attachment, ...] = ()


Reader = Callable[[Sheet, Problems], Fact | None]


class Action(msgspec.Struct, frozen=True):
    """One action page. ``answers``: entered by the manager in place of the supplier (TCA-015)."""

    title: str
    submit: str
    fields: tuple[Field, ...]
    read: Reader
    intro: tuple[str, ...] = ()
    answers: bool = False
    danger: bool = False


_COMMENT = Field("comment", "Commentaire", "textarea")
_AMOUNT = Field("amount", "Montant TTC", "amount", suffix="€")
_FILES = Field("upload", "Pièces jointes", "files")


def _comment(sheet: Sheet, problems: Problems) -> str:
    return forms.text(sheet.typed, "comment", problems)


def _of(sheet: Sheet) -> EngagementId:
    return EngagementId(sheet.target)


def read_amount(typed: Typed, problems: Problems) -> Cents | None:
    """Read an optional amount."""
    value = typed.field("amount")
    amount = parse_amount(value) if value else None
    if value and amount is None:
        problems.add("amount", "bad_amount")
    return amount


def _accept(sheet: Sheet, problems: Problems) -> Fact | None:
    appointment = read_appointment(sheet.typed, problems, sheet.now, sheet.zone)
    comment = _comment(sheet, problems)
    return None if appointment is None else facts.OrderAccepted(_of(sheet), appointment, comment)


def _refuse(sheet: Sheet, problems: Problems) -> Fact:
    return facts.OrderRefused(_of(sheet), _comment(sheet, problems))


def _end(sheet: Sheet, problems: Problems) -> Fact:
    amount = read_amount(sheet.typed, problems)
    return facts.InterventionEnded(_of(sheet), _comment(sheet, problems), sheet.files, sheet.invoice, amount)


def _invoice(sheet: Sheet, problems: Problems) -> Fact:
    amount = read_amount(sheet.typed, problems)
    if amount is None:
        problems.add("amount", "required")
    return facts.InvoiceSent(_of(sheet), sheet.files, amount, _comment(sheet, problems))


def _note(sheet: Sheet, problems: Problems) -> Fact:
    return facts.NoteAdded(forms.text(sheet.typed, "text", problems, required=True), sheet.files)


def _message(sheet: Sheet, problems: Problems) -> Fact:
    to = addressee(sheet.ticket, sheet.target)
    text = forms.text(sheet.typed, "text", problems, required=True)
    engagement = sheet.ticket.engagement(EngagementId(sheet.target))
    return facts.MessageWritten(text, to, engagement.id if engagement else None, sheet.files)


def addressee(ticket: Ticket, target: str) -> Contact:
    """Return who a message goes to. Raises :class:`NotFoundError`."""
    people = {"demandeur": ticket.draft.requester, "contact": ticket.draft.contact_person}
    engagement = ticket.engagement(EngagementId(target))
    found = engagement.supplier if engagement else people.get(target)
    if found is None:
        raise NotFoundError
    return found


ACTIONS: dict[str, Action] = {
    "accepter": Action(
        "Saisir l’acceptation de l’intervenant",
        "Enregistrer le rendez-vous",
        (Field("date", "Rendez-vous", "appointment", required=True), _COMMENT),
        _accept,
        ("L’intervenant vous a donné sa réponse par téléphone ou autrement\u00a0: saisissez-la pour lui.",),
        answers=True,
    ),
    "refuser": Action("Saisir le refus de l’intervenant", "Enregistrer le refus", (_COMMENT,), _refuse, answers=True),
    "fin": Action(
        "Saisir la fin de l’intervention",
        "Enregistrer la fin",
        (_COMMENT, _AMOUNT, _FILES),
        _end,
        ("Avec un montant, la facture est considérée comme reçue.",),
        answers=True,
    ),
    "facture": Action(
        "Saisir la facture",
        "Enregistrer la facture",
        (msgspec.structs.replace(_AMOUNT, required=True), _FILES, _COMMENT),
        _invoice,
        answers=True,
    ),
    "demander-facture": Action(
        "Demander la facture",
        "Envoyer la demande",
        (),
        lambda sheet, _: facts.InvoiceAsked(_of(sheet)),
        ("L’intervenant reçoit un e-mail avec un lien pour envoyer sa facture.",),
    ),
    "annuler-demande": Action(
        "Annuler la demande",
        "Annuler la demande",
        (_COMMENT,),
        lambda sheet, problems: facts.RequestCancelled(_of(sheet), _comment(sheet, problems)),
        ("L’intervenant est prévenu que la demande est annulée.",),
        danger=True,
    ),
    "annuler-intervention": Action(
        "Annuler l’intervention",
        "Annuler l’intervention",
        (_COMMENT,),
        lambda sheet, problems: facts.InterventionCancelled(_of(sheet), _comment(sheet, problems)),
        ("L’intervenant et les personnes à notifier sont prévenus.",),
        danger=True,
    ),
    "note": Action(
        "Note interne",
        "Ajouter la note",
        (Field("text", "Note", "textarea", required=True, rows=6), _FILES),
        _note,
        ("Visible de l’agence seulement, jamais des clients ni des intervenants.",),
    ),
    "message": Action(
        "Envoyer un message",
        "Envoyer",
        (Field("text", "Message", "textarea", required=True, rows=8), _FILES),
        _message,
    ),
    "cloturer": Action(
        "Clôturer le ticket",
        "Clôturer le ticket",
        (_COMMENT,),
        lambda sheet, problems: facts.TicketClosed(_comment(sheet, problems)),
        ("Plus aucun rappel ne partira. Le résumé PDF est préparé. Vous pourrez déclôturer le ticket.",),
    ),
    "decloturer": Action(
        "Déclôturer le ticket",
        "Déclôturer le ticket",
        (Field("reason", "Motif", "textarea"),),
        lambda sheet, problems: facts.TicketReopened(forms.text(sheet.typed, "reason", problems)),
        ("Toutes les actions redeviennent possibles.",),
    ),
    "annuler": Action(
        "Annuler le ticket",
        "Annuler le ticket",
        (_COMMENT,),
        lambda sheet, problems: facts.PreTicketCancelled(_comment(sheet, problems)),
        ("Le demandeur est informé que sa demande ne donne pas lieu à une intervention.",),
        danger=True,
    ),
}


def read_sheet(action: Action, sheet: Sheet) -> Fact:
    """Read an action's form. Raises :class:`InvalidInputError` with everything that is wrong."""
    problems = Problems()
    fact = action.read(sheet, problems)
    problems.settle()
    if fact is None:
        raise RuntimeError("a form without problems makes a fact")
    return fact


def target_engagement(ticket: Ticket, target: str) -> Engagement | None:
    """Return the engagement an action page is about, if it is about one."""
    return ticket.engagement(EngagementId(target)) if target else None
