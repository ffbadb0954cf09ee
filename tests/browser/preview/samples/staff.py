"""Previews of the staff's pages, the ticket page aside."""

from palier.web.views import portfolio, staff_list
from palier.web.views.common import Button, Fact, Link, Moment, Paging, StatusTag
from tests.browser.preview.samples.shells import STAFF, Preview

_TABS = tuple(
    Link(label, f"/gestion/syndic/tickets?onglet={key}", current=key == "en-cours", badge=badge)
    for label, key, badge in (
        ("TOUS", "tous", 0),
        ("EN COURS", "en-cours", 0),
        ("EN ATTENTE", "en-attente", 3),
        ("PROPOSITION DE RDV", "rdv", 1),
        ("DEVIS REÇU", "devis", 0),
        ("FACTURE REÇUE", "factures", 2),
        ("CLÔTURÉS", "clotures", 0),
    )
)
_WORK = (
    (
        "1051",
        StatusTag("En attente de validation", "blue"),
        "12 place du Marché",
        "Minuterie du hall hors service",
        "?",
        (),
    ),
    (
        "1042",
        StatusTag("Attente de fin d’intervention", "grey"),
        "8 rue des Acacias",
        "Fuite dans la cave",
        "ODS",
        ("Plomberie Marchetti",),
    ),
    (
        "1040",
        StatusTag("Facture reçue", "blue"),
        "21 quai du Canal",
        "Remplacement du groom de la porte d’entrée",
        "ODS",
        ("Serrurerie du Parc",),
    ),
    (
        "1038",
        StatusTag("Attente du RDV d’intervention", "grey"),
        "8 rue des Acacias",
        "Porte du parking bloquée",
        "ODS",
        ("Portes Lenoir",),
    ),
    (
        "1033",
        StatusTag("Devis reçu", "blue"),
        "4 allée des Tilleuls",
        "Réfection de la cage d’escalier C, du rez-de-chaussée au 4e étage",
        "DM",
        ("Peintures Ozanne", "Atelier Vidal"),
    ),
    (
        "980",
        StatusTag("Ticket clos", "red"),
        "8 rue des Acacias",
        "Ampoule grillée au 3e étage",
        "ODS",
        ("Électricité Sorel",),
    ),
)


def _row(  # a line of the table above
    number: str, status: StatusTag, place: str, subject: str, kind: str, suppliers: tuple[str, ...]
) -> staff_list.TicketRow:
    return staff_list.TicketRow(
        number,
        f"/gestion/tickets/{number}",
        Moment("20/11/2026 08:40"),
        Moment("22/11/2026 10:05"),
        status,
        place,
        subject,
        kind,
        "Pré-ticket" if kind == "?" else "",
        "Description complète du ticket.",
        suppliers,
        urgent=number == "1042",
        unread=number in {"1051", "1040"},
        attachments=2 if number == "1042" else 0,
        invoice=number == "1040",
    )


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


_RECORDS = (
    portfolio.RecordRow(
        "Mme Camille Fontenelle",
        "/gestion/portefeuille/coproprietaires/p1",
        ("8 rue des Acacias", "06 39 98 01 40"),
        ("Conseil syndical", "Résidente"),
    ),
    portfolio.RecordRow("SCI Les Glycines", "/gestion/portefeuille/coproprietaires/p2", ("21 quai du Canal", "")),
)
_COLUMNS = ("Immeuble", "Téléphone")
_CATEGORIES = tuple(
    Link(label, f"/gestion/portefeuille/{label.lower()}", current=label == "Copropriétaires")
    for label in ("Immeubles", "Copropriétaires", "Lots", "Fournisseurs")
)
_RECORD = portfolio.RecordPage(
    "Mme Camille Fontenelle",
    "Copropriétaires",
    (
        Fact("Adresse", "8 rue des Acacias, 75000 Paris"),
        Fact("E-mail", "camille.fontenelle@mail.example", "mailto:camille.fontenelle@mail.example"),
    ),
    "/gestion/portefeuille/coproprietaires",
    ("Conseil syndical",),
    (Fact("Connexion autorisée", "Oui"), Fact("Identifiant", "FONTENELLECAMILLE")),
    (
        portfolio.RecordTable(
            "Lots", ("Détail",), (portfolio.RecordRow("Lot 14", "", ("Appartement T3",)),), "Aucun lot.", "lots"
        ),
        portfolio.RecordTable("Tickets", ("Sujet",), (), "Aucun ticket.", "tickets"),
    ),
    (Link("Ses tickets", "/gestion/syndic/tickets?tiers=p1"),),
    Button("Se connecter en tant que…", "/gestion/portefeuille/coproprietaires/p1/incarner", icon="eye"),
    "/gestion/portefeuille/coproprietaires/p1/mot-de-passe",
    Moment("22/11/2026 03:00"),
)
_MODULES = (
    staff_list.ModuleChoice(
        "Syndic", "/gestion/syndic/tickets", "34 immeubles", (("en attente", 3), ("factures reçues", 2))
    ),
    staff_list.ModuleChoice("Gérance", "/gestion/gerance/tickets", "212 lots", (("en attente", 1),), "key"),
)

STAFF_PAGES = (
    Preview(
        "gestion",
        "staff/home.html",
        STAFF,
        staff_list.StaffHome("Bonjour Nora", _MODULES, (Link("Portefeuille", "/gestion/portefeuille"),)),
    ),
    Preview("tickets", "staff/tickets.html", STAFF, _list(tuple(_row(*one) for one in _WORK))),
    Preview("tickets-vide", "staff/tickets.html", STAFF, _list(())),
    Preview(
        "portefeuille",
        "staff/records.html",
        STAFF,
        portfolio.RecordListPage(
            "Portefeuille syndic",
            _CATEGORIES,
            _COLUMNS,
            _RECORDS,
            "/gestion/portefeuille/coproprietaires",
            search_hint="Nom, adresse, numéro de lot.",
        ),
    ),
    Preview("fiche", "staff/record.html", STAFF, _RECORD),
    Preview(
        "mot-de-passe-temporaire",
        "staff/temporary_password.html",
        STAFF,
        portfolio.TemporaryPasswordPage(
            "Mme Camille Fontenelle",
            "FONTENELLECAMILLE",
            "kT7!pm4Z",
            Button("Valider", "/gestion/portefeuille/coproprietaires/p1/mot-de-passe"),
            "/gestion/portefeuille/coproprietaires/p1",
        ),
    ),
)
