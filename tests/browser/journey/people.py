"""Who lives and works in the fictional agency. Karim Benali is the sender of a sample mail."""

from typing import Any

MANAGER, ASSISTANT, ACCOUNTANT, PRINCIPAL = "U-HUPPE", "U-LINOTTE", "U-VERDIER", "U-SITTELLE"
CO_OWNER, PRESIDENT, LANDLORD, RENTER = "P-BENALI", "P-MESANGE", "P-ORME", "P-SAULE"
SUPPLIER = "F-PLOMB"
SUPPLIER_NAME = "Plomberie du Modèle"
SUPPLIER_EMAIL = "contact@plomberie-du-modele.example"
MANAGER_EMAIL = "lea.huppe@agence-exemple.example"
CO_OWNER_EMAIL = "karim.benali@courriel.example"
BUILDING = "Résidence Les Hirondelles"
Record = dict[str, Any]


def _address(line: str) -> Record:
    return {"line_1": line, "postcode": "99000", "city": "Palierville"}


def _staff(identifier: str, first: str, last: str, role: str, email: str) -> Record:
    who = {"id": identifier, "first_name": first, "last_name": last, "role": role, "modules": ["syndic", "gerance"]}
    return who | {"contact": {"emails": [email], "phones": ["01 99 00 01 02"]}}


def _party(identifier: str, civility: str, first: str, last: str, email: str) -> Record:
    name = {"id": identifier, "civility": civility, "first_name": first, "last_name": last}
    return name | {
        "address": _address("1 rue de l’Exemple"),
        "contact": {"emails": [email], "mobiles": ["06 39 98 00 01"]},
    }


def _supplier(identifier: str, name: str, trades: list[str], email: str) -> Record:
    contact = {"emails": [email], "mobiles": ["06 39 98 50 00"], "phones": ["01 99 00 50 00"]}
    return {"id": identifier, "name": name, "trades": trades, "contact": contact}


RECORDS: dict[str, tuple[Record, ...]] = {
    "staff": (
        _staff(MANAGER, "Léa", "Huppe", "manager", MANAGER_EMAIL),
        _staff(ASSISTANT, "Yann", "Linotte", "assistant", "yann.linotte@agence-exemple.example"),
        _staff(ACCOUNTANT, "Rachel", "Verdier", "accountant", "rachel.verdier@agence-exemple.example"),
        _staff(PRINCIPAL, "Diane", "Sittelle", "principal", "diane.sittelle@agence-exemple.example"),
    ),
    "buildings": (
        {
            "id": "SYN-01",
            "module": "syndic",
            "name": BUILDING,
            "address": _address("1 rue de l’Exemple"),
            "door_codes": ["1357A"],
            "manager": MANAGER,
        },
        {
            "id": "GER-01",
            "module": "gerance",
            "name": "Villa Spécimen",
            "address": _address("3 quai du Spécimen"),
            "manager": MANAGER,
        },
    ),
    "lots": (
        {"id": "SYN-01-1", "building": "SYN-01", "reference": "1", "nature": "Appartement T3", "floor": "1er étage"},
        {"id": "SYN-01-2", "building": "SYN-01", "reference": "2", "nature": "Appartement T2", "floor": "2e étage"},
        {"id": "GER-01-1", "building": "GER-01", "reference": "0101", "nature": "Appartement T2"},
    ),
    "parties": (
        _party(CO_OWNER, "M.", "Karim", "Benali", CO_OWNER_EMAIL),
        _party(PRESIDENT, "Mme", "Odile", "Mésange", "odile.mesange@clients.example"),
        _party(LANDLORD, "Mme", "Rose", "Orme", "rose.orme@clients.example"),
        _party(RENTER, "M.", "Paul", "Saule", "paul.saule@clients.example"),
    ),
    "suppliers": (
        _supplier(SUPPLIER, SUPPLIER_NAME, ["Plomberie", "Chauffage"], SUPPLIER_EMAIL),
        _supplier("F-ELEC", "Électricité Fictive", ["Électricité"], "contact@electricite-fictive.example"),
        _supplier("F-ASC", "Ascenseurs Fictifs", ["Ascenseur"], "contact@ascenseurs-fictifs.example"),
    ),
    "ownerships": (
        {"id": "O-1", "party": CO_OWNER, "lot": "SYN-01-1", "resident": True},
        {"id": "O-2", "party": PRESIDENT, "lot": "SYN-01-2", "resident": True},
        {"id": "O-3", "party": LANDLORD, "lot": "GER-01-1"},
    ),
    "tenancies": ({"id": "T-1", "party": RENTER, "lot": "GER-01-1"},),
    "council": ({"id": "C-1", "party": PRESIDENT, "building": "SYN-01", "role": "council_president"},),
    "accounts": (
        {
            "id": "A-1",
            "party": CO_OWNER,
            "space": "co_owner",
            "building": "SYN-01",
            "number": "45000001",
            "published": True,
        },
        {
            "id": "A-2",
            "party": PRESIDENT,
            "space": "co_owner",
            "building": "SYN-01",
            "number": "45000002",
            "published": True,
        },
        {"id": "A-3", "party": LANDLORD, "space": "landlord", "number": "46700001", "published": True},
        {"id": "A-4", "party": RENTER, "space": "renter", "number": "41100001", "published": True},
    ),
}
