"""Previews of the staff's forms: a new ticket, a validation, small actions."""

from typing import Literal

from palier.web.views import staff_forms
from palier.web.views.common import Fact, FileLink, Link
from palier.web.views.forms import Field, FieldError, FormState, Option, UploadField
from tests.browser.preview.samples.shells import STAFF, TOKEN, Preview


def _options(*labels: str, group: str = "") -> tuple[Option, ...]:
    return tuple(Option(label.lower().replace(" ", "-"), label, group) for label in labels)


_SUPPLIERS = (
    *_options("Plomberie Marchetti", "Sanitaires Doucet", group="Plomberie"),
    *_options("Serrurerie du Parc", group="Serrurerie"),
    *_options("Cabinet Ferrand", group="Autres"),
)
_PEOPLE = _options("Mme Camille Fontenelle", "M. Elias Roche (gardien)", "M. Hugo Lambert")
_FORM = FormState(
    "/gestion/syndic/tickets/nouveau",
    TOKEN,
    {
        "kind": "ODS",
        "subject": "Fuite dans la cave",
        "request_date": "2026-11-22",
        "request_time": "10:05",
        "supplier.0.by_email": "1",
        "reminder_ods.amount": "7",
        "reminder_ods.unit": "days",
        "reminder_ods.at_most": "3",
        "reminder_invoice.amount": "7",
        "reminder_invoice.at_most": "3",
    },
    {"visibility": ("requester",)},
    (
        FieldError("place", "Choisissez l’immeuble."),
        FieldError("source", "Dites par où la demande est arrivée."),
        FieldError("supplier.0.id", "Choisissez un intervenant."),
    ),
)
_UPLOAD = UploadField("/fichiers", fallback_url="/fichiers/ajouter?pour=ticket")


def _ticket_form(
    title: str,
    purpose: Literal["create", "validate"],
    form: FormState,
    request: staff_forms.RequestSummary | None = None,
) -> staff_forms.TicketFormPage:
    return staff_forms.TicketFormPage(
        title,
        form,
        purpose,
        (Option("ODS", "Ordre de service"), Option("PRE", "Pré-ticket", hint="à valider plus tard")),
        _options("8 rue des Acacias", "21 quai du Canal"),
        "Copropriété",
        _options("Nora Belkacem", "Paul Vernet"),
        _options("Téléphone", "Email", "Passage à l’agence", "Courrier", "Autres"),
        _SUPPLIERS,
        _options("Demandeur", "Conseil syndical", "Tous les copropriétaires"),
        _UPLOAD,
        _PEOPLE,
        _PEOPLE,
        (Option("all", "Tous les copropriétaires"), *_PEOPLE),
        supplier_blocks=1 if request else 2,
        request=request,
        submit_label="Valider le ticket" if request else "Créer le ticket",
        cancel_url="/gestion/syndic/tickets",
        cancel_request_url="/gestion/tickets/1051/annuler" if request else "",
    )


_REQUEST = staff_forms.RequestSummary(
    "1051",
    "Mme Camille Fontenelle",
    "aujourd’hui à 8 h 40",
    "E-mail",
    "Bonjour,\n\nLa minuterie du hall ne marche plus.\nOn ne voit rien dans l’escalier.\n\nCamille Fontenelle",
    "8 rue des Acacias",
    (FileLink("hall.jpg", "/fichiers/f1", "1,2\u00a0Mo", "image"),),
    ("Signature électronique du message non vérifiée.",),
)
_ACCEPT = staff_forms.ActionPage(
    "Saisir l’acceptation",
    FormState("/gestion/tickets/1042/acceptation", TOKEN),
    "Enregistrer le rendez-vous",
    Link("Ticket 1042", "/gestion/tickets/1042"),
    ("Plomberie Marchetti a répondu par téléphone ou autrement.",),
    "Ticket 1042, Fuite dans la cave",
    fields=(Field("appointment", "Rendez-vous", "appointment"), Field("comment", "Commentaire", "textarea")),
    consequences=("Les personnes à notifier reçoivent la date.", "Un message de présence partira 15 minutes avant."),
)
_CLOSE = staff_forms.ActionPage(
    "Clôturer le ticket",
    FormState("/gestion/tickets/1042/cloturer", TOKEN),
    "Clôturer",
    Link("Ticket 1042", "/gestion/tickets/1042"),
    recalled=(Fact("Intervenant", "Plomberie Marchetti"), Fact("Montant", "412,50\u00a0€")),
    fields=(
        Field("amount", "Montant", "amount", required=True),
        Field("reason", "Motif", "select", options=_options("Terminé", "Sans suite")),
        Field("files", "Fichiers", "files", upload=_UPLOAD),
        Field("who", "Prévenir", "checkboxes", options=_PEOPLE),
        Field("how", "Par", "radios", options=_options("E-mail", "SMS")),
        Field("tell", "Prévenir le demandeur", "checkbox"),
        Field("d", "Relance", "delay"),
        Field("n", "Nombre", "number"),
        Field("x", "Texte libre", "note"),
    ),
    consequences=("Toutes les relances s’arrêtent.",),
    danger=True,
)
FORM_PAGES = (
    Preview("ticket-nouveau", "staff/ticket_form.html", STAFF, _ticket_form("Créer un ticket", "create", _FORM)),
    Preview(
        "ticket-valider",
        "staff/ticket_form.html",
        STAFF,
        _ticket_form("Valider le ticket 1051", "validate", FormState("/gestion/tickets/1051/valider", TOKEN), _REQUEST),
    ),
    Preview("action-acceptation", "staff/action.html", STAFF, _ACCEPT),
    Preview("action-cloturer", "staff/action.html", STAFF, _CLOSE),
)
