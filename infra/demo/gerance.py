"""What the demonstration lets: flats of landlords, a single-owner building, renters, a super party."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from infra.demo.names import TOWN
from infra.demo.people import People

Record = dict[str, Any]
Records = dict[str, list[Record]]
_A_LANDLORD_HOLDS = 3


class Let(NamedTuple):
    """A building with flats to let. ``owner``: the one landlord of a single-owner building."""

    id: str
    name: str
    street: str
    flats: int
    owner: str = ""


BUILDINGS = (
    Let("GER-01", "Immeuble de l’Ébauche", "11 rue de l’Exemple", 14),
    Let("GER-02", "Immeuble du Croquis", "6 quai du Spécimen", 12),
    Let("GER-03", "Résidence de l’Avant-Projet", "19 avenue du Modèle", 12),
    Let("GER-04", "Maison de la Maquette", "1 place de la Maquette", 6, owner="SCI de la Maquette"),
    Let("GER-05", "Immeuble du Prototype", "33 allée des Essais", 10),
    Let("GER-07", "Immeuble du Canevas", "16 rue de l’Exemple", 12),
    Let("GER-06", "Les Ateliers de l’Étude", "7 avenue du Modèle", 8),
)
SUPER_PARTY = {"civility": "M.", "first_name": "Aurélien", "last_name": "Cormoran"}
COMPANIES = ("SCI Cormoran Un", "SCI Cormoran Deux", "SCI Cormoran Trois")
CO_OWNER_AND_RENTER = {"civility": "Mme", "first_name": "Sarah", "last_name": "Alouette-Tilleul"}


def records(people: People) -> Records:
    """Return everything about what is let."""
    names = ("buildings", "lots", "ownerships", "tenancies", "relations", "accounts")
    made: Records = {name: [] for name in names}
    landlords = _landlords(people, made)
    for building in BUILDINGS:
        made["buildings"].append(_building(building))
        lots = [_lot(building, number) for number in range(building.flats)]
        made["lots"] += lots
        made["ownerships"] += _ownerships(building, lots, landlords, people)
        made["tenancies"] += _tenancies(lots, people)
    both = _one_of_both(people, made)
    parties = [("landlord", one["party"]) for one in made["ownerships"]]
    parties += [("renter", one["party"]) for one in made["tenancies"]]
    made["accounts"] += [
        _account(space, party, at, published=(at + 1) % 12 > 0 or party == both)
        for at, (space, party) in enumerate(dict.fromkeys(parties))
    ]
    return made


def _landlords(people: People, made: Records) -> Iterator[str]:
    """The super party's companies come first, then people (AUT-016)."""
    above = people.person(SUPER_PARTY)
    for name in COMPANIES:
        company = people.company(name, "Aurélien Cormoran")
        made["relations"].append({"id": f"R-{company}", "super_party": above, "party": company})
        yield company
    yield above
    while True:
        yield people.person()


def _building(building: Let) -> Record:
    return {
        "id": building.id,
        "module": "gerance",
        "name": building.name,
        "address": {"line_1": building.street, "postcode": TOWN[0], "city": TOWN[1]},
        "door_codes": [f"{int(building.id[-2:]) * 2468 % 10000:04d}B"],
        "single_owner": bool(building.owner),
        "manager": "U-COURLIS",
        "assistant": "U-LINOTTE",
        "accountant": "U-VERDIER",
    }


def _lot(building: Let, number: int) -> Record:
    floor = number // 3
    return {
        "id": f"{building.id}-{number + 1}",
        "building": building.id,
        "reference": f"{building.id[-2:]}{number + 1:02d}",
        "nature": f"Appartement T{1 + number % 4}",
        "floor": "rez-de-chaussée" if floor == 0 else f"{floor}ᵉ étage",
        "address": {
            "line_1": building.street,
            "line_2": f"Escalier {'AB'[number % 2]}",
            "line_3": f"Porte {number + 1}",
            "postcode": TOWN[0],
            "city": TOWN[1],
        },
        "door_code": f"{7 * (number + 3)}C" if number % 4 == 0 else "",
        "criterion_2": ("Rénové", "Avec balcon", "Chauffage collectif")[number % 3],
        "furnished": number % 5 == 0,
    }


def _ownerships(building: Let, lots: list[Record], landlords: Iterator[str], people: People) -> list[Record]:
    if building.owner:
        owner = people.company(building.owner, "Odette Sureau")
        whole = {"id": f"O-{building.id}", "party": owner, "building": building.id}
        return [whole, *({"id": f"O-{lot['id']}", "party": owner, "lot": lot["id"]} for lot in lots)]
    made: list[Record] = []
    for at, lot in enumerate(lots):
        owner = next(landlords) if at % _A_LANDLORD_HOLDS == 0 else made[-1]["party"]
        made.append({"id": f"O-{lot['id']}", "party": owner, "lot": lot["id"]})
    return made


def _tenancies(lots: list[Record], people: People) -> list[Record]:
    """One flat in nine stands empty."""
    let = [lot for at, lot in enumerate(lots) if (at + 1) % 9]
    return [{"id": f"T-{lot['id']}", "party": people.person(at=lot["address"]), "lot": lot["id"]} for lot in let]


def _one_of_both(people: People, made: Records) -> str:
    """Somebody rents here and owns a flat in a condominium: he chooses his space after sign-in (AUT-019)."""
    lots = {lot["id"] for lot in made["lots"]} - {tenancy["lot"] for tenancy in made["tenancies"]}
    party = people.person(CO_OWNER_AND_RENTER)
    made["tenancies"].append({"id": "T-BOTH", "party": party, "lot": min(lots)})
    made["ownerships"].append({"id": "O-BOTH", "party": party, "lot": "SYN-02-103"})
    made["accounts"].append(
        {
            "id": "A-BOTH",
            "party": party,
            "space": "co_owner",
            "building": "SYN-02",
            "number": "45099999",
            "published": True,
        }
    )
    return party


def _account(space: str, party: str, at: int, *, published: bool) -> Record:
    root = "411" if space == "renter" else "467"
    return {
        "id": f"A-{space}-{party}",
        "party": party,
        "space": space,
        "number": f"{root}{at + 1:05d}",
        "published": published,
    }
