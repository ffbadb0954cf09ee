"""Who lives and works in the fictional agency.

Karim Benali, the sender of a sample mail, and Léa Huppe are kept for the journey: it is their first time there.
"""

from typing import Any

MANAGER, SECOND_MANAGER, ACCOUNTANT = "U-HUPPE", "U-LORIOT", "U-VERDIER"
CO_OWNER, NEIGHBOUR, PRESIDENT, LANDLORD, RENTER = "P-BENALI", "P-CEDRE", "P-MESANGE", "P-ORME", "P-SAULE"
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


def _building(identifier: str, module: str, name: str, line: str, manager: str) -> Record:
    where = {"address": _address(line), "door_codes": ["1357A"]}
    return {"id": identifier, "module": module, "name": name, "manager": manager} | where


def _account(identifier: str, party: str, space: str, building: str | None) -> Record:
    opened = {"id": identifier, "party": party, "space": space, "published": True}
    return opened | ({"building": building} if building else {})


RECORDS: dict[str, tuple[Record, ...]] = {
    "staff": (
        _staff(MANAGER, "Léa", "Huppe", "manager", MANAGER_EMAIL),
        _staff(SECOND_MANAGER, "Paul", "Loriot", "manager", "paul.loriot@agence-exemple.example"),
        _staff(ACCOUNTANT, "Rachel", "Verdier", "accountant", "rachel.verdier@agence-exemple.example"),
    ),
    "buildings": (
        _building("SYN-01", "syndic", BUILDING, "1 rue de l’Exemple", MANAGER),
        _building("SYN-02", "syndic", "Le Clos du Modèle", "14 avenue du Modèle", SECOND_MANAGER),
        _building("GER-01", "gerance", "Villa Spécimen", "3 quai du Spécimen", SECOND_MANAGER),
    ),
    "lots": (
        {"id": "SYN-01-1", "building": "SYN-01", "reference": "1", "nature": "Appartement T3", "floor": "1er étage"},
        {"id": "SYN-02-1", "building": "SYN-02", "reference": "1", "nature": "Appartement T4", "floor": "1er étage"},
        {"id": "SYN-02-2", "building": "SYN-02", "reference": "2", "nature": "Appartement T2", "floor": "2e étage"},
        {"id": "GER-01-1", "building": "GER-01", "reference": "0101", "nature": "Appartement T2"},
    ),
    "parties": (
        _party(CO_OWNER, "M.", "Karim", "Benali", CO_OWNER_EMAIL),
        _party(NEIGHBOUR, "Mme", "Ada", "Cèdre", "ada.cedre@clients.example"),
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
        {"id": "O-2", "party": PRESIDENT, "lot": "SYN-02-2", "resident": True},
        {"id": "O-4", "party": NEIGHBOUR, "lot": "SYN-02-1", "resident": True},
        {"id": "O-3", "party": LANDLORD, "lot": "GER-01-1"},
    ),
    "tenancies": ({"id": "T-1", "party": RENTER, "lot": "GER-01-1"},),
    "council": ({"id": "C-1", "party": PRESIDENT, "building": "SYN-02", "role": "council_president"},),
    "accounts": (
        _account("A-1", CO_OWNER, "co_owner", "SYN-01"),
        _account("A-2", PRESIDENT, "co_owner", "SYN-02"),
        _account("A-3", NEIGHBOUR, "co_owner", "SYN-02"),
        _account("A-4", LANDLORD, "landlord", None),
        _account("A-5", RENTER, "renter", None),
    ),
}
