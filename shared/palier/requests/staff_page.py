"""Plain requests as the staff reads and answers them (REQ-008, REQ-010). Pure."""

from zoneinfo import ZoneInfo

from palier.requests.model import ClientRequest, RequestStatus
from palier.requests.store import RequestCard
from palier.web import french
from palier.web.views.common import ContactCard, Fact, Link, Paging
from palier.web.views.forms import Field, FormState, UploadField
from palier.web.views.portfolio import RecordListPage, RecordRow
from palier.web.views.staff_forms import ActionPage


def list_page(module: str, cards: tuple[RequestCard, ...], following: str, zone: ZoneInfo) -> RecordListPage:
    """List the requests of a module that wait for an answer, newest first."""
    here = f"/gestion/{module}/demandes"
    rows = tuple(
        RecordRow(
            card.title,
            f"/gestion/demandes/{card.number}",
            (str(card.number), french.short(card.sent_at, zone)),
            ("Urgent",) if card.urgent else (),
        )
        for card in cards
    )
    return RecordListPage(
        title="Demandes sans intervention",
        categories=(),
        columns=("Numéro", "Reçue le"),
        rows=rows,
        search_url="",
        empty="Aucune demande n’attend de réponse.",
        paging=Paging(next_url=f"{here}?suite={following}" if following else ""),
    )


def answer_page(request: ClientRequest, form: FormState, upload: UploadField, zone: ZoneInfo) -> ActionPage:
    """Show a request with what was said, and the form that answers it."""
    said = tuple(Fact(f"{one.by.name}, {french.short(one.at, zone)}", one.text) for one in request.said)
    return ActionPage(
        title=f"Demande n° {request.number} : {request.title}",
        form=form,
        submit_label="Envoyer la réponse",
        back=Link("Demandes", f"/gestion/{request.module}/demandes"),
        context=f"{request.kind} – {request.place or 'lieu non précisé'}",
        recalled=(Fact("Reçue le", french.day_and_hour(request.sent_at, zone)), *_answered(request), *said),
        party=ContactCard(request.requester.name, "Demandeur", emails=request.requester.emails),
        fields=(
            Field(
                "answer", "Votre réponse", "textarea", required=True, rows=8, hint="Envoyée par e-mail au demandeur."
            ),
            Field("upload", upload.label, "files", upload=upload),
        ),
        quote=request.description,
    )


def _answered(request: ClientRequest) -> tuple[Fact, ...]:
    done = request.status is RequestStatus.ANSWERED
    return (Fact("État", "Vous avez déjà répondu ; vous pouvez compléter."),) if done else ()
