"""Reading a supplier's answer: what he typed behind his link becomes a fact (SLF-004, SLF-006, SLF-007). Pure."""

import datetime as dt
from zoneinfo import ZoneInfo

import msgspec

from palier.kernel.ids import EngagementId
from palier.tickets import facts
from palier.tickets.appointment_form import read_appointment
from palier.tickets.facts import Fact
from palier.tickets.model import Attachment
from palier.tickets.staff.actions import read_amount
from palier.web import forms
from palier.web.forms import Problems, Typed


class Reply(msgspec.Struct, frozen=True):
    """What a supplier sent, and the files that came with it."""

    typed: Typed
    engagement: EngagementId
    now: dt.datetime
    zone: ZoneInfo
    files: tuple[Attachment, ...] = ()
    invoice: tuple[Attachment, ...] = ()


def read_answer(reply: Reply) -> Fact:
    """Read the first answer: accepts with an appointment, or refuses. Raises :class:`InvalidInputError`."""
    problems = Problems()
    comment = forms.text(reply.typed, "comment", problems)
    fact: Fact | None = None
    if reply.typed.field("answer") == "refuse":
        fact = facts.OrderRefused(reply.engagement, comment)
    elif reply.typed.field("answer") != "accept":
        problems.add("answer", "bad_choice")
    else:
        appointment = read_appointment(reply.typed, problems, reply.now, reply.zone)
        fact = facts.OrderAccepted(reply.engagement, appointment, comment) if appointment else None
    return _settled(problems, fact)


def read_end(reply: Reply) -> Fact:
    """Read the end of the intervention, with proofs and possibly the invoice."""
    problems = Problems()
    comment = forms.text(reply.typed, "comment", problems)
    amount = read_amount(reply.typed, problems)
    return _settled(problems, facts.InterventionEnded(reply.engagement, comment, reply.files, reply.invoice, amount))


def read_invoice(reply: Reply) -> Fact:
    """Read the invoice: a file is needed, the amount is welcome."""
    problems = Problems()
    comment, amount = forms.text(reply.typed, "comment", problems), read_amount(reply.typed, problems)
    if not reply.invoice:
        problems.add("invoice", "required")
    return _settled(problems, facts.InvoiceSent(reply.engagement, reply.invoice, amount, comment))


def read_message(reply: Reply) -> Fact:
    """Read a message to the manager."""
    problems = Problems()
    text = forms.text(reply.typed, "message", problems, required=True)
    return _settled(problems, facts.MessageWritten(text, None, reply.engagement, reply.files))


READERS = {"reponse": read_answer, "fin": read_end, "facture": read_invoice, "message": read_message}
DONE = {
    facts.OrderAccepted: (
        "Merci, votre rendez-vous est enregistré",
        "L’agence et les personnes concernées sont prévenues.",
    ),
    facts.OrderRefused: ("Votre refus est enregistré", "L’agence est prévenue. Vous n’avez plus rien à faire."),
    facts.InterventionEnded: ("Merci, la fin de l’intervention est enregistrée", "L’agence est prévenue."),
    facts.InvoiceSent: ("Merci, votre facture est arrivée", "L’agence est prévenue."),
    facts.MessageWritten: ("Votre message est envoyé", "Le gestionnaire vous répondra."),
}


def _settled(problems: Problems, fact: Fact | None) -> Fact:
    problems.settle()
    if fact is None:
        raise RuntimeError("a form without problems makes a fact")
    return fact
