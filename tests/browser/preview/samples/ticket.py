"""Preview of the ticket page: an order accepted, a message received, one mail that did not arrive."""

import msgspec

from palier.web.views import staff_ticket as t
from palier.web.views.common import Fact, FileLink, Link, Moment, StatusTag
from tests.browser.preview.samples.shells import DONE, STAFF, Preview

_BASE = "/gestion/tickets/1042"
_AT = "2026-11-20T08:40:00+01:00"
_PHOTO = FileLink("cave.jpg", "/fichiers/f1", "1,2\u00a0Mo", "image", remove_url=f"{_BASE}/retirer?f=f1")
_WAITING = StatusTag("Attente de fin d’intervention", "grey")
_PARTIES = (
    t.PartyCard(
        "e1",
        "Intervenant",
        "Plomberie Marchetti",
        "Plomberie",
        ("contact@marchetti.example",),
        (("06 39 98 04 10", "+33639980410"),),
        "Contacté par e-mail et SMS",
        status=_WAITING,
        appointment=(Fact("Rendez-vous", "mar. 24/11, 9 h – 11 h"), Fact("Durée prévue", "2 h")),
        comment="Clé chez le gardien.",
        actions=(
            Link("Saisir la présence sur place", f"{_BASE}/presence", icon="pin"),
            Link("Saisir la fin d’intervention", f"{_BASE}/fin", icon="check"),
            Link("Annuler l’intervention", f"{_BASE}/annuler-intervention", icon="cross"),
        ),
        edit_url=f"{_BASE}/coordonnees",
        message_url=f"{_BASE}/message",
        focus_url=f"{_BASE}?tiers=e1",
    ),
    t.PartyCard(
        "c1",
        "Personne à contacter",
        "M. Elias Roche",
        "Gardien",
        no_contact="Aucun moyen de contact actif : complétez ses coordonnées.",
        edit_url=f"{_BASE}/coordonnees?tiers=c1",
    ),
)
_TIMELINE = (
    t.TimelineEntry(
        "e-7",
        "received",
        "Message reçu",
        Moment("22/11/2026 10:05", _AT),
        "Plomberie Marchetti",
        "Nora Belkacem",
        "formulaire",
        "Y a-t-il un parking dans la cour ?",
        unread=True,
    ),
    t.TimelineEntry(
        "e-6",
        "agency",
        "Note interne",
        Moment("20/11/2026 11:45", _AT),
        "Nora Belkacem",
        text="Vérifier la garantie de la colonne avant de payer.",
        internal=True,
        icon="note",
    ),
    t.TimelineEntry(
        "e-5",
        "received",
        "Ordre de service accepté",
        Moment("20/11/2026 11:30", _AT),
        "Plomberie Marchetti",
        channel="téléphone",
        text="Passera en début de matinée.",
        entered_by="Saisi par Nora Belkacem",
        facts=(Fact("Rendez-vous", "mardi 24 novembre, entre 9 h et 11 h"), Fact("Durée prévue", "2 h")),
    ),
    t.TimelineEntry(
        "e-4",
        "system",
        "Relance de l’ordre de service envoyée",
        Moment("20/11/2026 11:00", _AT),
        to="Plomberie Marchetti",
        deliveries=(t.Delivery("contact@marchetti.example", "email", "sent", "envoyé", "11:00"),),
    ),
    t.TimelineEntry(
        "e-3",
        "agency",
        "Ordre de service envoyé",
        Moment("20/11/2026 09:55", _AT),
        "Nora Belkacem",
        "Plomberie Marchetti",
        "e-mail et SMS",
        "Rechercher la fuite et réparer.",
        files=(_PHOTO,),
        deliveries=(
            t.Delivery("contact@marchetti.example", "email", "delivered", "reçu par son serveur", "09:55"),
            t.Delivery("06 39 98 04 10", "sms", "failed", "non remis : numéro inconnu", "09:56"),
        ),
    ),
    t.TimelineEntry("e-2", "agency", "Ticket validé", Moment("20/11/2026 09:54", _AT), "Nora Belkacem"),
    t.TimelineEntry(
        "e-1",
        "received",
        "Demande reçue",
        Moment("20/11/2026 08:40", _AT),
        "Mme Camille Fontenelle",
        channel="e-mail",
        text="De l’eau coule du plafond de la cave.",
        files=(_PHOTO,),
    ),
)
_EDITS = tuple(
    (what, f"{_BASE}/modifier?quoi={what}")
    for what in ("subject", "description", "files", "amount", "delays", "contact", "notified", "visibility")
)


_ACTIONS = (
    Link("Contacter un autre intervenant", f"{_BASE}/autre-intervenant", icon="users"),
    Link("Note interne", f"{_BASE}/note", icon="note"),
    Link("Rafraîchir", _BASE, icon="refresh"),
    Link("Clôturer le ticket", f"{_BASE}/cloturer", icon="lock"),
)
_OPEN = t.TicketPage(
    "1042",
    "ODS",
    "Ordre de service",
    "Fuite dans la cave",
    _WAITING,
    Moment("20/11/2026 08:40", _AT),
    "Résidence des Acacias, cave n° 6",
    "De l’eau coule du plafond de la cave.",
    t.NextStep(
        "L’intervention est prévue mardi 24 novembre",
        "Plomberie Marchetti sera sollicitée après le rendez-vous. Vous pouvez aussi saisir la fin vous-même.",
        Link("Saisir la fin d’intervention", f"{_BASE}/fin"),
        (Link("Modifier le RDV", f"{_BASE}/rdv"),),
    ),
    _PARTIES,
    _TIMELINE,
    address=("8 rue des Acacias", "75000 Paris"),
    last_news="dernière nouvelle il y a 2 h",
    amount="412,50\u00a0€",
    urgent=True,
    created_by="Nora Belkacem",
    requester="Mme Camille Fontenelle",
    source="E-mail",
    manager="Nora Belkacem",
    original_description="De l’eau coule du plafond.\nVenez vite.",
    files=(_PHOTO,),
    reminders=(
        t.ReminderLine("Relance ODS", "7 jours", "1 envoyée sur 3", "prochaine le 27/11"),
        t.ReminderLine("Relance facture", "7 jours", "0 envoyée sur 3"),
    ),
    options=("présence sur place demandée", "relances notifiées"),
    contact="M. Elias Roche, gardien",
    notified=("Mme Camille Fontenelle",),
    visibility="demandeur, conseil syndical",
    edit_links=_EDITS,
    actions=_ACTIONS,
    downloads=(Link("Résumé (PDF)", f"{_BASE}/resume.pdf", icon="download"),),
    back_url="/gestion/syndic/tickets",
)
_NEW = msgspec.structs.replace(
    _OPEN,
    number="1051",
    status=StatusTag("En attente de validation", "blue"),
    next_step=t.NextStep(
        "À vous de valider ou d’annuler cette demande",
        primary=Link("Valider le ticket", "/gestion/tickets/1051/valider"),
        others=(Link("Annuler le ticket", "/gestion/tickets/1051/annuler"),),
    ),
    parties=(),
    timeline=_TIMELINE[-1:],
    silent=True,
    focused_on="Mme Camille Fontenelle",
    unfocus_url="/gestion/tickets/1051",
)

TICKETS = (Preview("ticket", "staff/ticket.html", DONE, _OPEN), Preview("ticket-pre", "staff/ticket.html", STAFF, _NEW))
