"""One view that fills every block of a mail, and the keys that can be written with it."""

from pathlib import Path

from palier.messages import templates
from palier.messages.templates.view import MailFact, MailPerson, MailView

KEYS = tuple(sorted(path.stem for path in (Path(templates.__file__).parent / "words").glob("*.j2")))

FULL = MailView(
    agency=MailPerson("Agence des Tilleuls", phone="01 99 00 12 00", email="contact@tilleuls.example"),
    recipient_name="Plomberie Marchetti",
    number="1042",
    kind="Ordre de service",
    subject="Fuite dans la cave",
    description="De l’eau coule du plafond de la cave.\nRechercher la fuite & réparer.",
    urgent=True,
    place="Résidence des Acacias, cave n° 6",
    address=("8 rue des Acacias", "75000 Paris"),
    access="B1204",
    comment="Clé chez le gardien.",
    text="Bonjour,\nY a-t-il un <parking> ?",
    link="https://tilleuls.palier.example/i/0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
    tutorial_link="https://tilleuls.palier.example/aide/intervenants",
    legal_link="https://tilleuls.palier.example/mentions-legales",
    count=2,
    count_max=3,
    minutes=60,
    action="a accepté l’intervention",
    step="Attente de fin d’intervention",
    actor="Plomberie Marchetti",
    amount="412,50 €",
    landlord_name="SCI Les Glycines",
    landlord_text="Merci de rappeler le numéro du ticket.",
    manager=MailPerson("Nora Belkacem", "gestionnaire", "01 99 00 12 14", "nora.belkacem@tilleuls.example"),
    supplier=MailPerson("Plomberie Marchetti", phone="06 39 98 04 10", email="contact@marchetti.example"),
    contact=MailPerson("M. Elias Roche", "gardien", "06 39 98 01 22", note="Loge de 8 h à 12 h"),
    appointment=(MailFact("Date", "mardi 24 novembre 2026"), MailFact("Créneau", "entre 9 h et 11 h")),
    appointment_line="mardi 24 novembre 2026 entre 9 h et 11 h",
    files=("cave.jpg", "plan.pdf"),
    requester="Mme Camille Fontenelle",
)
BARE = MailView(
    agency=MailPerson("Agence des Tilleuls"), number="1042", subject="Fuite dans la cave", link="https://p.example/i/x"
)
