"""What people do, for the count: each with a ticket of its own, at the stage that allows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from infra.bench import agency
from infra.bench.desk import Desk
from infra.bench.gateway import Ask, form
from infra.bench.results import Kind
from infra.bench.tickets import ENGAGEMENT, Stage
from infra.bench.visits import TICKET, Do, Visit
from palier.web.form_tokens import new_form_token


def order(subject: str, now: dt.datetime, kind: str = "ODS") -> dict[str, str]:
    """Return the ticket form as a manager fills it in."""
    return {
        "kind": kind,
        "place": "B-1",
        "subject": subject,
        "description": "Une fuite sous l’évier, à voir rapidement.",
        "source": "phone",
        "assigned": agency.MANAGER,
        "requester_name": "Camille Essai",
        "request_date": now.strftime("%Y-%m-%d"),
        "request_time": "10:00",
        "supplier.0.id": "F-1",
        "supplier.0.by_email": "1",
        "reminder_ods.amount": "7",
        "reminder_ods.unit": "days",
        "reminder_invoice.amount": "7",
        "reminder_invoice.unit": "days",
        "visibility": "requester",
    }


def appointment(now: dt.datetime) -> dict[str, str]:
    """Return an appointment as a supplier types it."""
    day = (now + dt.timedelta(days=3)).strftime("%Y-%m-%d")
    return {
        "answer": "accept",
        "date": day,
        "when": "time",
        "time": "09:30",
        "duration_hours": "1",
        "duration_minutes": "30",
    }


def _create(kind: str) -> Callable[[Desk], Do]:
    def prepare(desk: Desk) -> Do:
        fields = order("Fuite sous l’évier", desk.stage.now, kind)
        ask = desk.staff_post("/gestion/{module}/tickets/nouveau", {"module": "syndic"}, fields)
        return lambda: desk.web("staff_actions", ask)

    return prepare


def _validate(desk: Desk) -> Do:
    number, _ = desk.ticket(Stage.PENDING)
    ask = desk.staff_post(f"{TICKET}/valider", {"number": str(number)}, order("Fuite", desk.stage.now))
    return lambda: desk.web("staff_actions", ask)


def _action(stage: Stage, action: str, fields: dict[str, str], target: str = "") -> Callable[[Desk], Do]:
    def prepare(desk: Desk) -> Do:
        number, _ = desk.ticket(stage)
        resource, params = f"{TICKET}/{{action}}", {"number": str(number), "action": action}
        if target:
            resource, params = f"{resource}/{{target}}", {**params, "target": target}
        ask = desk.staff_post(resource, params, {**appointment(desk.stage.now), **fields})
        return lambda: desk.web("staff_actions", ask)

    return prepare


def _on_ticket(what: str, stage: Stage) -> Callable[[Desk], Do]:
    def prepare(desk: Desk) -> Do:
        number, _ = desk.ticket(stage)
        ask = desk.staff_post(f"{TICKET}/{what}", {"number": str(number)}, {})
        return lambda: desk.web("staff_actions", ask)

    return prepare


def _supplier(stage: Stage, path: str, fields: dict[str, str]) -> Callable[[Desk], Do]:
    def prepare(desk: Desk) -> Do:
        token = desk.link(desk.ticket(stage)[0])
        ask = desk.link_post(path, token, {**appointment(desk.stage.now), **fields})
        return lambda: desk.web("supplier_actions", ask)

    return prepare


def wish(kind: str = "Demande d’intervention") -> dict[str, str]:
    """Return a client's request as he types it."""
    return {"kind": kind, "place": "B-1/L-1", "title": "Fuite sous l’évier", "description": "Depuis hier soir."}


def _wish(kind: str) -> Callable[[Desk], Do]:
    def prepare(desk: Desk) -> Do:
        ask = desk.owner_post("/demandes", {}, wish(kind))
        return lambda: desk.web("client_actions", ask)

    return prepare


def _of_owner(stage: Stage, resource: str, fields: dict[str, str]) -> Callable[[Desk], Do]:
    def prepare(desk: Desk) -> Do:
        number, _ = desk.ticket(stage, mine=True)
        ask = desk.owner_post(resource, {"number": str(number)}, fields)
        return lambda: desk.web("client_actions", ask)

    return prepare


def _sign_in(desk: Desk) -> Do:
    secret = "s" * 43
    fields = {"form_token": new_form_token(secret), "login": "ESSAICAMILLE", "password": agency.PASSWORD}
    ask = Ask("POST", "/connexion", headers={"Cookie": f"__Host-palier-form={secret}"}, body=form(fields))
    return lambda: desk.web("sign_in", ask)


COMMANDS = (
    Visit("Se connecter", Kind.COMMAND, "sign_in", _sign_in),
    Visit("Créer un ordre de service", Kind.CREATION, "staff_actions", _create("ODS")),
    Visit("Créer un pré-ticket", Kind.CREATION, "staff_actions", _create("PRE")),
    Visit("Valider un pré-ticket", Kind.COMMAND, "staff_actions", _validate),
    Visit("Ajouter une note", Kind.COMMAND, "staff_actions", _action(Stage.ASKED, "note", {"text": "Rappelé."})),
    Visit(
        "Écrire à l’intervenant",
        Kind.COMMAND,
        "staff_actions",
        _action(Stage.ASKED, "message", {"text": "Merci de rappeler."}, ENGAGEMENT),
    ),
    Visit("Saisir l’acceptation", Kind.COMMAND, "staff_actions", _action(Stage.ASKED, "accepter", {}, ENGAGEMENT)),
    Visit("Clôturer", Kind.COMMAND, "staff_actions", _action(Stage.INVOICED, "cloturer", {})),
    Visit("Marquer comme lu", Kind.COMMAND, "staff_actions", _on_ticket("lu", Stage.INVOICED)),
    Visit("Demander le résumé PDF", Kind.COMMAND, "staff_actions", _on_ticket("resume", Stage.CLOSED)),
    Visit("Intervenant : accepter", Kind.COMMAND, "supplier_actions", _supplier(Stage.ASKED, "reponse", {})),
    Visit(
        "Intervenant : refuser",
        Kind.COMMAND,
        "supplier_actions",
        _supplier(Stage.ASKED, "reponse", {"answer": "refuse"}),
    ),
    Visit(
        "Intervenant : fin", Kind.COMMAND, "supplier_actions", _supplier(Stage.ACCEPTED, "fin", {"amount": "120,00"})
    ),
    Visit(
        "Intervenant : message",
        Kind.COMMAND,
        "supplier_actions",
        _supplier(Stage.ASKED, "message", {"message": "En route."}),
    ),
    Visit("Portail : envoyer une demande", Kind.CREATION, "client_actions", _wish("Demande d’intervention")),
    Visit("Portail : autre demande", Kind.CREATION, "client_actions", _wish("Autre demande")),
    Visit(
        "Portail : relancer", Kind.COMMAND, "client_actions", _of_owner(Stage.PENDING, "/demandes/{number}/relance", {})
    ),
    Visit(
        "Portail : message",
        Kind.COMMAND,
        "client_actions",
        _of_owner(Stage.ACCEPTED, "/interventions/{number}/message", {"message": "Alors ?"}),
    ),
)
