"""What happens in the demonstration: requests of clients, and tickets at every stage of a service order."""

from enum import Enum, auto
from typing import NamedTuple


class Stage(Enum):
    """How far a ticket has come."""

    PRE = auto()
    SENT = auto()
    REFUSED = auto()
    ACCEPTED = auto()
    ENDED = auto()
    CLOSED = auto()


class Request(NamedTuple):
    """What a client asks in his space."""

    client: str
    place: str
    title: str
    description: str
    urgent: bool = False


class Story(NamedTuple):
    """A ticket that a manager opens, and what becomes of it. ``days``: when the supplier comes, from today."""

    module: str
    place: str
    subject: str
    description: str
    stage: Stage
    supplier: str = ""
    supplier_email: str = ""
    source: str = "phone"
    days: int = 2
    hour: str = "09:30"
    report: str = ""
    amount: str = ""


# Labels of the logins shown (logins.py).
DIRECTION = "Direction"
MANAGERS = {
    "U-HUPPE": "Gestionnaire (syndic et gérance)",
    "U-MARTINET": "Gestionnaire (syndic)",
    "U-COURLIS": "Gestionnaire (gérance)",
}
CLIENTS = {
    "president": "Présidente ou président de conseil syndical",
    "co_owner": "Copropriétaire",
    "renter": "Locataire",
    "landlord": "Propriétaire bailleur",
}
REQUESTS = (
    Request(
        "co_owner",
        "Parties communes",
        "Minuterie du 4ᵉ étage en panne",
        "La lumière du palier ne s’allume plus depuis lundi. Le voisin d’en face a le même souci.",
    ),
    Request(
        "renter",
        "",
        "Fuite sous l’évier de la cuisine",
        "L’eau goutte du siphon, j’ai mis une bassine. Je suis chez moi tous les soirs après 18 h.",
        urgent=True,
    ),
    Request(
        "president",
        "Parties communes",
        "Porte du local vélos qui ne ferme plus",
        "Le pêne ne rentre plus dans la gâche.",
    ),
)
STORIES = (
    Story(
        "syndic", "SYN-01", "Ascenseur bloqué au 2ᵉ étage", "La cabine s’arrête entre deux étages.",
        Stage.SENT, "F008", "contact@ascenseurs-fictifs.example",
    ),
    Story(
        "syndic", "SYN-04", "Infiltration en toiture, escalier B", "Auréole au plafond du dernier palier.",
        Stage.ACCEPTED, "F010", "contact@toitures-de-l-exemple.example", days=4, source="visit",
    ),
    Story(
        "syndic", "SYN-02", "Porte de garage qui reste ouverte", "Le portail ne se referme plus : vérifier la cellule.",
        Stage.ENDED, "F007", "contact@cles-prototype.example", days=1, report="Cellule nettoyée et réglée.",
    ),
    Story(
        "syndic", "SYN-06", "Haie à tailler côté parking", "La haie cache les places visiteurs.",
        Stage.CLOSED, "F019", "contact@jardins-du-specimen.example", source="letter", days=3,
        report="Taille faite, déchets évacués.", amount="420,00",
    ),
    Story(
        "syndic", "SYN-05", "Interphone muet au 12", "On entend la sonnerie mais pas la voix.",
        Stage.REFUSED, "F025", "contact@interphones-du-modele.example", report="Plus de disponibilité ce mois-ci.",
    ),
    Story(
        "syndic", "SYN-07", "Peinture du hall à reprendre", "Traces de déménagement sur le mur de droite.",
        Stage.PRE, source="visit",
    ),
    Story(
        "gerance", "GER-04", "Chaudière en défaut", "Le voyant est rouge, plus d’eau chaude dans l’immeuble.",
        Stage.ACCEPTED, "F003", "contact@chauffage-specimen.example", days=1, hour="08:00",
    ),
    Story(
        "gerance", "GER-01", "Volet roulant coincé", "Le volet du séjour ne remonte plus.",
        Stage.SENT, "F015", "contact@menuiserie-maquette.example",
    ),
    Story(
        "gerance", "GER-02", "Serrure de la porte d’entrée", "La clé tourne dans le vide.",
        Stage.CLOSED, "F006", "contact@serrurerie-de-l-essai.example", days=1,
        report="Cylindre remplacé, trois clés remises.", amount="187,50",
    ),
)  # fmt: skip
