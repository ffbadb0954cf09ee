"""The condominiums of the demonstration: flats, cellars and parkings, co-owners, councils, caretakers."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from infra.demo.names import OVERSEAS_TOWN, TOWN
from infra.demo.people import People

Record = dict[str, Any]
Records = dict[str, list[Record]]


class Condominium(NamedTuple):
    """One building; ``members`` counts the council without its president."""

    id: str
    name: str
    street: str
    floors: int
    flats_a_floor: int
    manager: str = "U-HUPPE"
    president: bool = True
    members: int = 2
    caretaker: bool = False
    overseas: bool = False


BUILDINGS = (
    Condominium("SYN-01", "Résidence Les Hirondelles", "1 rue de l’Exemple", 6, 4, caretaker=True, members=3),
    Condominium("SYN-02", "Le Clos du Modèle", "14 avenue du Modèle", 4, 4, caretaker=True),
    Condominium("SYN-03", "Villa Spécimen", "3 quai du Spécimen", 3, 3, president=False),
    Condominium("SYN-04", "Les Terrasses de la Maquette", "8 place de la Maquette", 7, 4, caretaker=True, members=4),
    Condominium("SYN-05", "Résidence du Brouillon", "27 allée des Essais", 5, 4, "U-MARTINET"),
    Condominium("SYN-06", "Le Parc de l’Esquisse", "2 allée des Essais", 6, 3, "U-MARTINET", caretaker=True),
    Condominium("SYN-07", "Résidence Les Filaos", "5 rue du Lagon-Exemple", 4, 4, "U-MARTINET", overseas=True),
    Condominium("SYN-09", "Résidence du Calque", "9 quai du Spécimen", 5, 4, members=3),
    Condominium("SYN-10", "Les Balcons de l’Aperçu", "21 place de la Maquette", 6, 4, "U-MARTINET", caretaker=True),
    Condominium("SYN-08", "Petite Copropriété de l’Essai", "40 rue de l’Exemple", 2, 2, members=1),
)


def records(people: People) -> Records:
    """Return everything about the condominiums."""
    made: Records = {name: [] for name in ("buildings", "lots", "ownerships", "council", "caretakers", "accounts")}
    for building in BUILDINGS:
        made["buildings"].append(_building(building))
        flats = list(_flats(building))
        others = list(_others(building, len(flats)))
        made["lots"] += [*flats, *others]
        owners = _owners(people, flats, others)
        made["ownerships"] += owners
        parties = list(dict.fromkeys(owner["party"] for owner in owners))
        made["council"] += list(_council(building, parties))
        made["accounts"] += [_account(building, party, at) for at, party in enumerate(parties)]
        if building.caretaker:
            caretaker = people.person(at=_address(building))
            made["caretakers"].append({"id": f"G-{building.id}", "party": caretaker, "building": building.id})
    return made


def _building(building: Condominium) -> Record:
    number = int(building.id[-2:])
    return {
        "id": building.id,
        "module": "syndic",
        "name": building.name,
        "address": _address(building),
        "zone": "Indian/Reunion" if building.overseas else "Europe/Paris",
        "door_codes": [f"{1357 * number % 10000:04d}A"],
        "manager": building.manager,
        "assistant": "U-LINOTTE",
        "accountant": "U-VERDIER",
    }


def _address(building: Condominium) -> Record:
    postcode, city = OVERSEAS_TOWN if building.overseas else TOWN
    return {"line_1": building.street, "postcode": postcode, "city": city}


def _flats(building: Condominium) -> Iterator[Record]:
    for number in range(building.floors * building.flats_a_floor):
        floor, door = divmod(number, building.flats_a_floor)
        rooms = 1 + (number * 7 + len(building.name)) % 5
        yield {
            "id": f"{building.id}-{number + 1}",
            "building": building.id,
            "reference": str(number + 1),
            "nature": f"Appartement T{rooms}",
            "floor": "rez-de-chaussée" if floor == 0 else f"{floor}ᵉ étage",
            "address": {**_address(building), "line_2": f"Porte {floor}{door + 1}"},
            "criterion_2": ("Traversant", "Sur cour", "Sur rue")[number % 3],
            "tantiemes": 90 + 45 * rooms + 3 * floor,
        }


def _others(building: Condominium, flats: int) -> Iterator[Record]:
    for number in range(flats):
        kind, tantiemes = (("Cave", 5), ("Parking", 12))[number % 2]
        reference = 100 + number + 1
        yield {
            "id": f"{building.id}-{reference}",
            "building": building.id,
            "reference": str(reference),
            "nature": kind,
            "floor": "sous-sol",
            "tantiemes": tantiemes,
        }


def _owners(people: People, flats: list[Record], others: list[Record]) -> list[Record]:
    """Each flat has an owner, with a cellar or a parking; one in eight flats goes to the owner of the one
    before.
    """
    owners: list[str] = []
    for number in range(len(flats)):
        same = (number + 1) % 8 == 0
        owners.append(owners[-1] if same else people.person())
    pairs = [*zip(flats, owners, strict=True), *zip(others, owners, strict=True)]
    return [
        {"id": f"O-{lot['id']}", "party": owner, "lot": lot["id"], "resident": at % 3 != 0}
        for at, (lot, owner) in enumerate(pairs)
    ]


def _council(building: Condominium, parties: list[str]) -> Iterator[Record]:
    seats = ["council_president"] * building.president + ["council_member"] * building.members
    for party, role in zip(parties, seats, strict=False):
        yield {"id": f"C-{building.id}-{party}", "party": party, "building": building.id, "role": role}


def _account(building: Condominium, party: str, at: int) -> Record:
    return {
        "id": f"A-{building.id}-{party}",
        "party": party,
        "space": "co_owner",
        "building": building.id,
        "number": f"450{at + 1:05d}",
        "published": (at + 1) % 10 > 0,
    }
