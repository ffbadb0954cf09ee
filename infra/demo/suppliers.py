"""The suppliers and the staff of the demonstration."""

from typing import Any

from infra.demo.names import STREETS, TOWN
from infra.demo.people import mobile, phone, slug

Record = dict[str, Any]
_FIRST_NUMBER = 5000

SUPPLIERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Plomberie du Modèle", ("Plomberie", "Chauffage")),
    ("Goutte à Goutte Démo", ("Plomberie",)),
    ("Chauffage Spécimen", ("Chauffage", "Ventilation")),
    ("Électricité Maquette", ("Électricité",)),
    ("Court-Circuit Exemple", ("Électricité", "Interphonie")),
    ("Serrurerie de l’Essai", ("Serrurerie",)),
    ("Clés Prototype", ("Serrurerie", "Portes automatiques")),
    ("Ascenseurs Fictifs", ("Ascenseur",)),
    ("Levage Démo", ("Ascenseur", "Portes automatiques")),
    ("Toitures de l’Exemple", ("Couverture", "Étanchéité")),
    ("Zinc et Ardoise Démo", ("Couverture",)),
    ("Étanchéité Spécimen", ("Étanchéité",)),
    ("Peinture du Croquis", ("Peinture",)),
    ("Couleurs de l’Ébauche", ("Peinture", "Revêtements de sol")),
    ("Menuiserie Maquette", ("Menuiserie",)),
    ("Vitrerie Transparente Démo", ("Vitrerie", "Menuiserie")),
    ("Nettoyage Modèle", ("Nettoyage",)),
    ("Propreté de l’Exemple", ("Nettoyage", "Encombrants")),
    ("Jardins du Spécimen", ("Espaces verts",)),
    ("Élagage Fictif", ("Espaces verts",)),
    ("Dératisation Démo", ("Hygiène",)),
    ("Maçonnerie de l’Essai", ("Maçonnerie",)),
    ("Façades Prototype", ("Ravalement", "Maçonnerie")),
    ("Débouchage Exemple", ("Assainissement", "Plomberie")),
    ("Interphones du Modèle", ("Interphonie",)),
    ("Diagnostics Démo", ("Diagnostics",)),
    ("Multiservices de l’Étude", ()),
)

_STAFF = (
    ("U-SITTELLE", "Mme", "Diane", "Sittelle", "principal", "syndic gerance"),
    ("U-LORIOT", "M.", "Paul", "Loriot", "administrator", "syndic gerance"),
    ("U-HUPPE", "Mme", "Léa", "Huppe", "manager", "syndic gerance"),
    ("U-MARTINET", "M.", "Samir", "Martinet", "manager", "syndic"),
    ("U-COURLIS", "Mme", "Anna", "Courlis", "manager", "gerance"),
    ("U-LINOTTE", "M.", "Yann", "Linotte", "assistant", "syndic gerance"),
    ("U-VERDIER", "Mme", "Rachel", "Verdier", "accountant", "syndic gerance"),
    ("U-MOINEAU", "M.", "Tom", "Moineau", "other", "syndic gerance"),
)


def staff() -> list[Record]:
    """Return the agency's people, one of each role at least."""
    return [_staff_user(at, *one) for at, one in enumerate(_STAFF)]


def _staff_user(at: int, identifier: str, civility: str, first: str, last: str, role: str, modules: str) -> Record:
    email = f"{slug(first)}.{slug(last)}@agence-demo.example"
    return {
        "id": identifier,
        "civility": civility,
        "first_name": first,
        "last_name": last,
        "role": role,
        "modules": modules.split(),
        "contact": {"emails": [email], "phones": [phone(100 + at)]},
    }


def records() -> dict[str, list[Record]]:
    """Return the suppliers; two have a login of their own (AUT-023)."""
    suppliers = [_supplier(at, name, trades) for at, (name, trades) in enumerate(SUPPLIERS)]
    accounts = [
        {"id": f"A-{one['id']}", "party": one["id"], "space": "supplier", "number": f"401{at:05d}", "published": True}
        for at, one in enumerate(suppliers[:2], start=1)
    ]
    return {"suppliers": suppliers, "accounts": accounts}


def _supplier(at: int, name: str, trades: tuple[str, ...]) -> Record:
    number = _FIRST_NUMBER + 10 * at
    domain = f"{slug(name)}.example"
    record: Record = {
        "id": f"F{at + 1:03d}",
        "name": name,
        "trades": list(trades),
        "address": {"line_1": f"{at + 1} {STREETS[at % len(STREETS)]}", "postcode": TOWN[0], "city": TOWN[1]},
        "contact": {"emails": [f"contact@{domain}"], "mobiles": [mobile(number)], "phones": [phone(number)]},
        "council_visible": (at + 1) % 6 > 0,
    }
    if at % 3 == 0:
        record["correspondents"] = [_correspondent(*one, domain, number) for one in _CORRESPONDENTS]
    return record


_CORRESPONDENTS = (("Odile Tilleul", "Planning des interventions"), ("Marc Bouleau", "Devis"))


def _correspondent(name: str, function: str, domain: str, number: int) -> Record:
    contact = {"emails": [f"{slug(name)}@{domain}"], "mobiles": [mobile(number + len(name) % 9 + 1)]}
    return {"name": name, "function": function, "contact": contact}
