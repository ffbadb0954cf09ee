"""Previews of the staff's pages, the ticket page aside."""

from palier.web.views import portfolio, staff_forms, staff_list
from palier.web.views.common import Button, Fact, FileLink, Link, Moment, Paging, StatusTag
from palier.web.views.forms import Field, FieldError, FormState, Option, UploadField
from tests.browser.preview.samples.shells import STAFF, TOKEN, Preview

_GREY, _BLUE, _RED = "grey", "blue", "red"
_TABS = tuple(
    Link(label, f"/gestion/syndic/tickets?onglet={key}", current=key == "en-cours", badge=badge)
    for label, key, badge in (
        ("TOUS", "tous", 0), ("EN COURS", "en-cours", 0), ("EN ATTENTE", "en-attente", 3), ("PROPOSITION DE RDV", "rdv", 1),
        ("DEVIS REÇU", "devis", 0), ("FACTURE REÇUE", "factures", 2), ("CLÔTURÉS", "clotures", 0),
    )
)  # fmt: skip
_WORK = (
    ("1051", "En attente de validation", _BLUE, "12 place du Marché", "Minuterie du hall hors service", "?", ()),
    ("1042", "Attente de fin d’intervention", _GREY, "8 rue des Acacias", "Fuite dans la cave", "ODS", ("Plomberie Marchetti",)),
    ("1040", "Facture reçue", _BLUE, "21 quai du Canal", "Remplacement du groom de la porte d’entrée", "ODS", ("Serrurerie du Parc",)),
    ("1038", "Attente du RDV d’intervention", _GREY, "8 rue des Acacias", "Porte du parking bloquée", "ODS", ("Portes Lenoir",)),
    ("1033", "Devis reçu", _BLUE, "4 allée des Tilleuls", "Réfection de la cage d’escalier C, du rez-de-chaussée au 4e étage", "DM", ("Peintures Ozanne", "Atelier Vidal")),
    ("980", "Ticket clos", _RED, "8 rue des Acacias", "Ampoule grillée au 3e étage", "ODS", ("Électricité Sorel",)),
)  # fmt: skip


def _row(
    number: str, label: str, colour: str, place: str, subject: str, kind: str, suppliers: tuple[str, ...]
) -> staff_list.TicketRow:
    return staff_list.TicketRow(
        number, f"/gestion/tickets/{number}", Moment("20/11/2026 08:40"), Moment("22/11/2026 10:05"), StatusTag(label, colour), place, subject, kind,  # type: ignore[arg-type]
        "Pré-ticket" if kind == "?" else "", "Description complète du ticket.", suppliers,
        urgent=number == "1042", unread=number in {"1051", "1040"}, attachments=2 if number == "1042" else 0, invoice=number == "1040",
    )  # fmt: skip


def _list(rows: tuple[staff_list.TicketRow, ...]) -> staff_list.TicketListPage:
    base = "/gestion/syndic/tickets"
    return staff_list.TicketListPage(
        "syndic",
        _TABS,
        rows,
        mine=True,
        mine_url=base,
        everyone_url=f"{base}?tous=1",
        new_url=f"{base}/nouveau",
        jump_url=base,
        paging=Paging("Tickets 1 à 20", next_url=f"{base}?suite=x"),
        search_url=base,
    )


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
    title: str, purpose: str, form: FormState, request: staff_forms.RequestSummary | None = None
) -> staff_forms.TicketFormPage:
    return staff_forms.TicketFormPage(
        title, form, purpose, (Option("ODS", "Ordre de service"), Option("PRE", "Pré-ticket", hint="à valider plus tard")), _options("8 rue des Acacias", "21 quai du Canal"), "Copropriété",  # type: ignore[arg-type]
        _options("Nora Belkacem", "Paul Vernet"), _options("Téléphone", "Email", "Passage à l’agence", "Courrier", "Autres"), _SUPPLIERS, _options("Demandeur", "Conseil syndical", "Tous les copropriétaires"), _UPLOAD,
        _PEOPLE, _PEOPLE, (Option("all", "Tous les copropriétaires"), *_PEOPLE), supplier_blocks=1 if request else 2, request=request,
        submit_label="Valider le ticket" if request else "Créer le ticket", cancel_url="/gestion/syndic/tickets", cancel_request_url="/gestion/tickets/1051/annuler" if request else "",
    )  # fmt: skip


_REQUEST = staff_forms.RequestSummary(
    "1051", "Mme Camille Fontenelle", "aujourd’hui à 8 h 40", "E-mail", "Bonjour,\n\nLa minuterie du hall ne marche plus depuis hier soir.\nOn ne voit rien dans l’escalier.\n\nCamille Fontenelle", "8 rue des Acacias",
    (FileLink("hall.jpg", "/fichiers/f1", "1,2\u00a0Mo", "image"),), ("Signature électronique du message non vérifiée.",),
)  # fmt: skip
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
    "Clôturer le ticket", FormState("/gestion/tickets/1042/cloturer", TOKEN), "Clôturer", Link("Ticket 1042", "/gestion/tickets/1042"), recalled=(Fact("Intervenant", "Plomberie Marchetti"), Fact("Montant", "412,50\u00a0€")),
    fields=(
        Field("amount", "Montant", "amount", required=True), Field("reason", "Motif", "select", options=_options("Terminé", "Sans suite")), Field("files", "Fichiers", "files", upload=_UPLOAD),
        Field("who", "Prévenir", "checkboxes", options=_PEOPLE), Field("how", "Par", "radios", options=_options("E-mail", "SMS")), Field("tell", "Prévenir le demandeur", "checkbox"), Field("d", "Relance", "delay"), Field("n", "Nombre", "number"), Field("x", "Texte libre", "note"),
    ), consequences=("Toutes les relances s’arrêtent.",), danger=True,
)  # fmt: skip
_RECORDS = (
    portfolio.RecordRow(
        "Mme Camille Fontenelle",
        "/gestion/portefeuille/coproprietaires/p1",
        ("8 rue des Acacias", "06 39 98 01 40"),
        ("Conseil syndical", "Résidente"),
    ),
    portfolio.RecordRow("SCI Les Glycines", "/gestion/portefeuille/coproprietaires/p2", ("21 quai du Canal", "")),
)
_COLUMNS = ("Nom", "Immeuble", "Téléphone")
_CATEGORIES = tuple(
    Link(label, f"/gestion/portefeuille/{label.lower()}", current=label == "Copropriétaires")
    for label in ("Immeubles", "Copropriétaires", "Lots", "Fournisseurs")
)
_RECORD = portfolio.RecordPage(
    "Mme Camille Fontenelle", "Copropriétaires", (Fact("Adresse", "8 rue des Acacias, 75000 Paris"), Fact("E-mail", "camille.fontenelle@mail.example", "mailto:camille.fontenelle@mail.example")), "/gestion/portefeuille/coproprietaires", ("Conseil syndical",),
    (Fact("Connexion autorisée", "Oui"), Fact("Identifiant", "FONTENELLECAMILLE")), (portfolio.RecordTable("Lots", ("Lot", "Détail"), (portfolio.RecordRow("Lot 14", "", ("Appartement T3",)),), "Aucun lot.", "lots"), portfolio.RecordTable("Tickets", ("Numéro", "Sujet"), (), "Aucun ticket.", "tickets")),
    (Link("Ses tickets", "/gestion/syndic/tickets?tiers=p1"),), Button("Se connecter en tant que…", "/gestion/portefeuille/coproprietaires/p1/incarner", icon="eye"), "/gestion/portefeuille/coproprietaires/p1/mot-de-passe", Moment("22/11/2026 03:00"),
)  # fmt: skip
_MODULES = (
    staff_list.ModuleChoice(
        "Syndic", "/gestion/syndic/tickets", "34 immeubles", (("en attente", 3), ("factures reçues", 2))
    ),
    staff_list.ModuleChoice("Gérance", "/gestion/gerance/tickets", "212 lots", (("en attente", 1),), "key"),
)

STAFF_PAGES = (
    Preview("gestion", "staff/home.html", STAFF, staff_list.StaffHome("Bonjour Nora", _MODULES, (Link("Portefeuille", "/gestion/portefeuille"),))),
    Preview("tickets", "staff/tickets.html", STAFF, _list(tuple(_row(*one) for one in _WORK))),
    Preview("tickets-vide", "staff/tickets.html", STAFF, _list(())),
    Preview("ticket-nouveau", "staff/ticket_form.html", STAFF, _ticket_form("Créer un ticket", "create", _FORM)),
    Preview("ticket-valider", "staff/ticket_form.html", STAFF, _ticket_form("Valider le ticket 1051", "validate", FormState("/gestion/tickets/1051/valider", TOKEN), _REQUEST)),
    Preview("action-acceptation", "staff/action.html", STAFF, _ACCEPT),
    Preview("action-cloturer", "staff/action.html", STAFF, _CLOSE),
    Preview("portefeuille", "staff/records.html", STAFF, portfolio.RecordListPage("Portefeuille syndic", _CATEGORIES, _COLUMNS, _RECORDS, "/gestion/portefeuille/coproprietaires", search_hint="Nom, adresse, numéro de lot.")),
    Preview("fiche", "staff/record.html", STAFF, _RECORD),
    Preview("mot-de-passe-temporaire", "staff/temporary_password.html", STAFF, portfolio.TemporaryPasswordPage("Mme Camille Fontenelle", "FONTENELLECAMILLE", "kT7!pm4Z", Button("Valider", "/gestion/portefeuille/coproprietaires/p1/mot-de-passe"), "/gestion/portefeuille/coproprietaires/p1")),
)  # fmt: skip
