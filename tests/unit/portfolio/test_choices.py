"""What forms offer, in the order they offer it (TCK-026)."""

from palier.kernel.ids import BuildingId, PartyId
from palier.people.caller import Module
from palier.portfolio.choices import BuildingChoice, Directory, SupplierChoice

PLUMBER = SupplierChoice(PartyId("S1"), "Plomberie du Modèle", ("Plomberie", "Chauffage"))
ELECTRICIAN = SupplierChoice(PartyId("S2"), "Électricité Maquette", ("Électricité",))
HANDYMAN = SupplierChoice(PartyId("S3"), "Multiservices", ())


def test_suppliers_stand_under_each_of_their_trades_and_the_others_last() -> None:
    grouped = Directory(suppliers=(PLUMBER, ELECTRICIAN, HANDYMAN)).by_trade()
    assert list(grouped) == ["Chauffage", "Électricité", "Plomberie", "Autres"]
    assert grouped["Chauffage"] == (PLUMBER,)
    assert grouped["Autres"] == (HANDYMAN,)


def test_without_tradeless_suppliers_there_is_no_autres() -> None:
    assert list(Directory(suppliers=(ELECTRICIAN,)).by_trade()) == ["Électricité"]


def test_buildings_are_those_of_the_chosen_module() -> None:
    """ROL-024."""
    buildings = (
        BuildingChoice(BuildingId("B1"), Module.SYNDIC, "Un"),
        BuildingChoice(BuildingId("B2"), Module.GERANCE, "Deux"),
    )
    directory = Directory(buildings=buildings)
    assert directory.buildings_of(Module.GERANCE) == (buildings[1],)
    assert directory.building("B1") == buildings[0]
    assert directory.building("B9") is None
