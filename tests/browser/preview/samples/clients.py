"""Previews of the client's space."""

from palier.web.views import client
from palier.web.views.common import Fact, FileLink, Link, Moment, Paging, StatusTag
from palier.web.views.forms import FieldError, FormState, Option, UploadedFile, UploadField
from tests.browser.preview.samples.shells import CARETAKER, CLIENT, MANAGER, OFFICE, TOKEN, WATCHED, Preview

_ADDRESS = ("8 rue des Acacias", "75000 Paris")
_PHOTO = FileLink("cave-inondee.jpg", "/fichiers/f1", "1,2\u00a0Mo", "image")
_QUOTE = FileLink("constat.pdf", "/fichiers/f2", "210\u00a0ko", "pdf")
UPLOAD = UploadField(
    "/fichiers", fallback_url="/fichiers/ajouter?pour=d1", done=(UploadedFile("u1", "cave.jpg", "640\u00a0ko"),)
)
_REQUESTS = (
    client.RequestRow(
        "Fuite dans la cave",
        "/demandes/1042",
        Moment("20 novembre 2026", "2026-11-20"),
        "En attente de réponse",
        urgent=True,
    ),
    client.RequestRow(
        "Badge du portail perdu",
        "/demandes/1017",
        Moment("3 novembre 2026", "2026-11-03"),
        "Réponse de l’agence",
        answered=True,
    ),
    client.RequestRow(
        "Ampoule grillée au 3e étage",
        "/demandes/980",
        Moment("12 octobre 2026", "2026-10-12"),
        "Devenue une intervention",
        answered=True,
    ),
)
_HOME = client.ClientHome(
    "Bonjour Mme Fontenelle",
    (
        client.BuildingBlock(
            "8 rue des Acacias",
            _ADDRESS,
            (Fact("Immatriculation", "AB1-234-567"), Fact("Nombre de lots", "34")),
            (
                client.LotLine("Appartement T3, 2e étage porte gauche", "Lot 14, 312 tantièmes"),
                client.LotLine("Cave n° 6", "Lot 41, 8 tantièmes"),
            ),
            (CARETAKER,),
        ),
    ),
    contact=MANAGER,
    open_now="Ouverte jusqu’à 18 h",
    hours=(client.HoursLine("Lundi", "9 h – 12 h, 14 h – 18 h", today=True), client.HoursLine("Mardi", "9 h – 12 h")),
    requests=_REQUESTS,
    interventions_url="/interventions",
    interventions_open=2,
    links=(Link("Mentions légales", "/mentions-legales"),),
)
_FORM = FormState(
    "/demandes/nouvelle",
    TOKEN,
    {"kind": "intervention", "title": "", "description": "De l’eau coule du plafond de la cave.", "urgent": "1"},
    errors=(
        FieldError("title", "Donnez un titre à votre demande."),
        FieldError("place", "Choisissez le lieu concerné."),
    ),
)
_KINDS = (
    Option("intervention", "Demande d’intervention", hint="Panne, fuite, réparation"),
    Option("other", "Autre demande", hint="Question, document, attestation"),
)
_PLACES = (
    Option("l14", "Lot 14, appartement T3", "8 rue des Acacias"),
    Option("b1", "Parties communes", "8 rue des Acacias"),
)
_MESSAGES = (
    client.ThreadMessage(
        "Vous", Moment("20 novembre à 9\u00a0h\u00a012"), "Quelqu’un peut-il passer avant midi ?", mine=True
    ),
    client.ThreadMessage(
        "Nora Belkacem", Moment("20 novembre à 10\u00a0h\u00a005"), "Le plombier vous appelle ce matin."
    ),
)
_STEPS = (
    client.FollowUpStep("Demande reçue", Moment("20 novembre 2026 à 8\u00a0h\u00a040")),
    client.FollowUpStep(
        "Intervenant désigné",
        Moment("20 novembre 2026 à 9\u00a0h\u00a055"),
        "Plomberie Marchetti est chargée de l’intervention.",
    ),
    client.FollowUpStep(
        "Rendez-vous fixé",
        Moment("20 novembre 2026 à 11\u00a0h\u00a030"),
        "mardi 24 novembre entre 9 h et 11 h, pour environ 2 h.",
        "current",
    ),
    client.FollowUpStep("Fin de l’intervention", state="coming"),
    client.FollowUpStep("Clôture", state="coming"),
)


def _row(number: str, status: StatusTag, subject: str) -> client.InterventionRow:
    return client.InterventionRow(
        number,
        f"/interventions/{number}",
        Moment("20/11/2026"),
        status,
        subject,
        "De l’eau coule du plafond de la cave, le long de la canalisation, depuis ce matin.",
        urgent=number == "1042",
    )


_LIST = client.InterventionListPage(
    (
        client.InterventionGroup(
            "Pré-tickets",
            "Aucun pré-ticket.",
            (_row("1051", StatusTag("En attente de validation", "blue"), "Minuterie du hall"),),
            key="pre",
        ),
        client.InterventionGroup(
            "En cours",
            "Aucune intervention en cours.",
            (
                _row("1042", StatusTag("Attente de fin d’intervention", "grey"), "Fuite dans la cave"),
                _row("1038", StatusTag("Attente du RDV d’intervention", "grey"), "Porte du parking bloquée"),
            ),
            Paging("1 à 2 sur 2"),
        ),
        client.InterventionGroup(
            "Clôturés",
            "Aucune intervention close.",
            (_row("980", StatusTag("Ticket clos", "red"), "Ampoule grillée au 3e étage"),),
            Paging("1 à 10", next_url="/interventions?page=2"),
            "closed",
        ),
    ),
    "/demandes/nouvelle",
)

CLIENTS = (
    Preview("accueil", "client/home.html", WATCHED, _HOME),
    Preview("demandes", "client/requests.html", CLIENT, client.RequestListPage(_REQUESTS)),
    Preview("demandes-vide", "client/requests.html", CLIENT, client.RequestListPage(())),
    Preview(
        "demande-nouvelle",
        "client/request_form.html",
        CLIENT,
        client.RequestFormPage(
            _FORM,
            _KINDS,
            UPLOAD,
            _PLACES,
            emergency="Fuite de gaz, feu, personne bloquée : appelez d’abord les secours (18 ou 112).",
        ),
    ),
    Preview(
        "demande",
        "client/request.html",
        CLIENT,
        client.RequestPage(
            "1042",
            "Fuite dans la cave",
            Moment("20 novembre 2026 à 8\u00a0h\u00a040"),
            "En attente de réponse",
            "Cave n° 6",
            "De l’eau coule du plafond de la cave.",
            kind="Demande d’intervention",
            urgent=True,
            files=(_PHOTO,),
            messages=_MESSAGES,
            outcome="Votre demande est devenue une intervention.",
            intervention=Link("Suivre l’intervention 1042", "/interventions/1042"),
            chase=FormState("/demandes/1042/relance", TOKEN),
        ),
    ),
    Preview("interventions", "client/interventions.html", CLIENT, _LIST),
    Preview(
        "intervention",
        "client/intervention.html",
        CLIENT,
        client.InterventionPage(
            "1042",
            "Fuite dans la cave",
            StatusTag("Attente de fin d’intervention", "grey"),
            "8 rue des Acacias, cave n° 6",
            Moment("20 novembre 2026"),
            _STEPS,
            description="Recherche et réparation de fuite en cave.",
            own_words="De l’eau coule du plafond de la cave.\nDepuis ce matin.",
            urgent=True,
            last_news="Dernière nouvelle il y a 2 jours.",
            appointment="Mardi 24 novembre, entre 9 h et 11 h",
            supplier=OFFICE,
            files=(_PHOTO, _QUOTE),
            messages=_MESSAGES,
            message_form=FormState("/interventions/1042/message", TOKEN),
            upload=UPLOAD,
        ),
    ),
)
