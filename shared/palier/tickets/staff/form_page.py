"""The ticket form as a page: its choices, its proposed values, and what came back wrong. Pure."""

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import msgspec

from palier.agencies.model import ModuleSettings
from palier.kernel.delays import Delay
from palier.people.caller import Module
from palier.portfolio.choices import Directory
from palier.tickets import words
from palier.tickets.model import Draft, Ticket, Visibility
from palier.tickets.staff.form import BLOCKS, SAME_PLACE
from palier.tickets.staff.timeline import header_files
from palier.web import french
from palier.web.views.forms import FormState, Option, UploadField
from palier.web.views.staff_forms import RequestSummary, TicketFormPage

Values = dict[str, tuple[str, ...]]


class Around(msgspec.Struct, frozen=True):
    """What a form page is made from, beside the form itself."""

    module: str
    directory: Directory
    settings: ModuleSettings
    zone: ZoneInfo
    upload: UploadField
    ticket: Ticket | None = None


def form_page(form: FormState, around: Around) -> TicketFormPage:
    """Return the creation form, or the validation form of ``around.ticket``."""
    ticket = around.ticket
    validating = ticket is not None
    return TicketFormPage(
        title=f"Valider le ticket n° {ticket.number}" if ticket else "Nouveau ticket",
        form=form,
        purpose="validate" if validating else "create",
        kinds=_kinds(validating=validating),
        places=_places(around),
        place_label="Copropriété" if around.module == "syndic" else "Immeuble ou bien",
        assignees=tuple(Option(one.id, one.name) for one in around.directory.staff),
        sources=_sources(around, ticket),
        suppliers=_suppliers(around.directory),
        visibilities=tuple(Option(code.value, label) for code, label in words.VISIBILITIES[around.module].items()),
        upload=around.upload,
        requesters=_requester_option(ticket),
        contacts=_requester_option(ticket),
        notifiable=_requester_option(ticket),
        notified_blocks=_blocks(form, "notified"),
        request=_summary(ticket, around.zone) if ticket else None,
        submit_label="Valider le ticket" if validating else "Créer le ticket",
        cancel_url=f"/gestion/tickets/{ticket.number}" if ticket else f"/gestion/{around.module}/tickets",
        cancel_request_url=f"/gestion/tickets/{ticket.number}/annuler" if ticket else "",
    )


def _kinds(*, validating: bool) -> tuple[Option, ...]:
    order = Option("ODS", "Ordre de service", hint="Un intervenant se déplace.")
    return (order,) if validating else (order, Option("PRE", "Pré-ticket", hint="À valider plus tard."))


def _places(around: Around) -> tuple[Option, ...]:
    place = around.ticket.draft.place if around.ticket else None
    known = (Option(SAME_PLACE, words.place_line(place)),) if place else ()
    buildings = around.directory.buildings_of(Module(around.module))
    return known + tuple(
        Option(one.id, f"{one.name} – {one.address}" if one.address else one.name) for one in buildings
    )


def _sources(around: Around, ticket: Ticket | None) -> tuple[Option, ...]:
    listed = tuple(Option(code, label) for code, label in words.SOURCES.items() if code != "extranet")
    added = tuple(Option(f"other:{one}", one) for one in around.settings.tickets_sources)
    own = (Option(ticket.draft.source, words.source(ticket.draft.source)),) if ticket else ()
    return tuple({option.value: option for option in (*own, *listed, *added)}.values())


def _suppliers(directory: Directory) -> tuple[Option, ...]:
    return tuple(
        Option(one.id, one.name, group=trade) for trade, choices in directory.by_trade().items() for one in choices
    )


def _requester_option(ticket: Ticket | None) -> tuple[Option, ...]:
    requester = ticket.draft.requester if ticket else None
    return (Option("requester", f"{requester.name} (demandeur)"),) if requester else ()


def _blocks(form: FormState, kind: str) -> int:
    used = [i for i in range(BLOCKS) if form.value(f"{kind}.{i}.id") or form.value(f"{kind}.{i}.name")]
    asked = 1 if form.value("more") == kind else 0
    return min(BLOCKS, max([1, *(i + 1 for i in used)]) + asked)


def _summary(ticket: Ticket, zone: ZoneInfo) -> RequestSummary:
    draft = ticket.draft
    return RequestSummary(
        number=str(ticket.number),
        from_name=draft.requester.name if draft.requester else "Expéditeur inconnu",
        received=french.day_and_hour(draft.requested_at, zone),
        source=words.source(draft.source),
        original=draft.original_description,
        place=words.place_line(draft.place),
        files=header_files(ticket),
        warnings=() if draft.place else ("Le lieu n’a pas été reconnu\u00a0: choisissez-le.",),
    )


def proposed(draft: Draft | None, settings: ModuleSettings, me: str, now: dt.datetime, zone: ZoneInfo) -> Values:
    """Return what the form proposes: the request as it came, the agency's defaults for the rest."""
    base = {
        "kind": "ODS",
        "assigned": draft.manager.party or me if draft and draft.manager else me,
        "supplier.0.by_email": "1",
        "request_date": now.astimezone(zone).strftime("%Y-%m-%d"),
        "request_time": now.astimezone(zone).strftime("%H:%M"),
        "description": settings.tickets_default_description,
    }
    delays = _delay_values("reminder_ods", settings.tickets_reminder_ods)
    delays |= _delay_values("reminder_invoice", settings.tickets_reminder_invoice)
    visible = {"visibility": tuple(sorted(one.value for one in settings.tickets_visibility))}
    return _several({**base, **delays}) | visible | (_of_draft(draft, zone) if draft else {})


def _delay_values(name: str, delay: Delay) -> dict[str, str]:
    most = "" if delay.at_most is None else str(delay.at_most)
    return {f"{name}.amount": str(delay.amount), f"{name}.unit": delay.unit.value, f"{name}.at_most": most}


def _several(values: Mapping[str, str]) -> Values:
    return {name: (value,) for name, value in values.items()}


def _of_draft(draft: Draft, zone: ZoneInfo) -> Values:
    at = draft.requested_at.astimezone(zone)
    door = f"\n\nDigicode\u00a0: {draft.place.door_code}" if draft.place and draft.place.door_code else ""
    values = {
        "place": SAME_PLACE if draft.place else "",
        "subject": draft.subject,
        "description": (draft.description or draft.original_description) + door,
        "source": draft.source,
        "requester": "requester" if draft.requester else "",
        "request_date": at.strftime("%Y-%m-%d"),
        "request_time": at.strftime("%H:%M"),
        "urgent": "1" if draft.urgent else "",
        "contact": "requester" if draft.requester else "",
        "notified.0.id": "requester" if draft.notified else "",
        "notified.0.by_email": "1" if draft.notified and draft.notified[0].emails else "",
    }
    visible: Values = {"visibility": tuple(one.value for one in draft.visibility or (Visibility.REQUESTER,))}
    return _several({name: value for name, value in values.items() if value}) | visible
