"""Forms in and out: what was typed goes back as typed, with a French sentence beside each field that is wrong."""

import datetime as dt
from collections.abc import Mapping
from typing import Protocol
from zoneinfo import ZoneInfo

from palier.kernel.contacts import is_email, split_several
from palier.kernel.delays import at_local
from palier.kernel.errors import InvalidInputError
from palier.web.views.forms import FieldError, FormState

_LONGEST = 20_000
_YEARS = range(1900, 2200)  # any other is a slip, and may have no instant in UTC


class Typed(Protocol):
    """What a person typed: one field, several of one name, a box."""

    def field(self, name: str) -> str:
        """Return one field as typed, empty when absent."""
        ...

    def fields(self, name: str) -> tuple[str, ...]:
        """Return all values of one name."""
        ...

    def ticked(self, name: str) -> bool:
        """Tell whether a box was ticked."""
        ...


SENTENCES = {
    "required": "Ce champ est obligatoire.",
    "too_long": "Ce texte est trop long.",
    "bad_date": "Indiquez une date comme 24/11/2026.",
    "bad_time": "Indiquez une heure comme 14:30.",
    "past_date": "Cette date est passée.",
    "slot_order": "La fin du créneau doit être après son début.",
    "bad_duration": "Indiquez une durée prévue, d’au moins 5 minutes et de moins de 24 heures.",
    "bad_days": "Indiquez un nombre de jours entre 1 et 60.",
    "bad_amount": "Indiquez un montant comme 1 234,56.",
    "bad_delay": "Indiquez un nombre entre 0 et 365.",
    "bad_email": "Cette adresse e-mail n’est pas valable.",
    "bad_choice": "Choisissez une des réponses proposées.",
    "no_contact": "Choisissez au moins un moyen de contact et indiquez l’adresse ou le numéro.",
    "too_large": "Le formulaire est trop volumineux.",
}

# Said in the summary too, far from the field: each says what is missing.
MISSING = {
    "kind": "Choisissez de quoi il s’agit.",
    "place": "Choisissez le lieu.",
    "title": "Donnez un titre.",
    "subject": "Indiquez le sujet.",
    "description": "Décrivez ce qu’il y a à faire.",
    "source": "Indiquez d’où vient la demande.",
    "source_other": "Précisez la source.",
    "assigned": "Choisissez à qui le ticket est assigné.",
    "supplier.0.id": "Choisissez un intervenant.",
    "date": "Indiquez la date.",
    "time": "Indiquez l’heure.",
    "slot_from": "Indiquez le début du créneau.",
    "slot_to": "Indiquez la fin du créneau.",
    "message": "Écrivez votre message.",
    "text": "Écrivez un texte.",
    "amount": "Indiquez le montant.",
    "invoice": "Joignez la facture.",
}


class Problems:
    """Collects what is wrong with a form, field by field; raises it all at once."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}

    def add(self, field: str, code: str) -> None:
        """Note what is wrong with a field; the first word on a field stays."""
        self.fields.setdefault(field, code)

    def settle(self) -> None:
        """Raise :class:`InvalidInputError` if anything is wrong."""
        if self.fields:
            raise InvalidInputError(self.fields)


def state(
    action: str,
    token: str,
    *,
    typed: Mapping[str, tuple[str, ...]] | None = None,
    wrong: Mapping[str, str] | None = None,
) -> FormState:
    """Return a form as the person left it. ``wrong`` maps a field to a sentence or to a code of ``SENTENCES``."""
    given = typed or {}
    return FormState(
        action=action,
        form_token=token,
        values={name: values[0] for name, values in given.items() if values and name != "form_token"},
        several={name: values for name, values in given.items() if name != "form_token"},
        errors=tuple(FieldError(name, _sentence(name, code)) for name, code in (wrong or {}).items()),
    )


def _sentence(name: str, code: str) -> str:
    return MISSING.get(name, SENTENCES[code]) if code == "required" else SENTENCES.get(code, code)


def text(typed: Typed, name: str, problems: Problems, *, required: bool = False, longest: int = _LONGEST) -> str:
    """Read a text."""
    value = typed.field(name)
    if required and not value:
        problems.add(name, "required")
    if len(value) > longest:
        problems.add(name, "too_long")
    return value


def whole(typed: Typed, name: str, problems: Problems, code: str, bounds: range, default: int | None = None) -> int:
    """Read a whole number within bounds; ``default`` when nothing was typed."""
    value = typed.field(name)
    if not value and default is not None:
        return default
    if value.isascii() and value.isdigit() and len(value) < 7 and int(value) in bounds:  # noqa: PLR2004 - no huge ints
        return int(value)
    problems.add(name, code)
    return bounds.start


def date(typed: Typed, name: str, problems: Problems) -> dt.date | None:
    """Read a date as browsers send it, or as French people type it."""
    value = typed.field(name)
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            found = dt.datetime.strptime(value, form).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
        if found.year in _YEARS:
            return found
    problems.add(name, "bad_date" if value else "required")
    return None


def time(typed: Typed, name: str, problems: Problems) -> dt.time | None:
    """Read an hour: ``14:30``, ``14h30``, ``14 h``."""
    value = typed.field(name).lower().replace(" ", "").replace("h", ":")
    try:
        return dt.datetime.strptime(value + "00" if value.endswith(":") else value, "%H:%M").time()  # noqa: DTZ007
    except ValueError:
        problems.add(name, "bad_time" if value else "required")
    return None


def instant(on: dt.date | None, at: dt.time | None, zone: ZoneInfo) -> dt.datetime | None:
    """Return the UTC instant of a local date and time."""
    return None if on is None or at is None else at_local(dt.datetime.combine(on, at), zone)


def emails(typed: Typed, name: str, problems: Problems) -> tuple[str, ...]:
    """Read one or several addresses (TCK-029)."""
    found = split_several(typed.field(name))
    if not all(is_email(one) for one in found):
        problems.add(name, "bad_email")
    return found
