"""Names that dossiers carry along, so that a page reads one row: renewed when the place or the party is
renamed.
"""

from collections.abc import Callable

import msgspec

from palier.portfolio.dossier import Dossier, Holding, Place
from palier.portfolio.model import Building, Lot
from palier.publication.model import World

Renaming = Callable[[Holding], Holding]
replace = msgspec.structs.replace


def place_of(building: Building, lot: Lot | None = None) -> Place:
    """Return what a holding remembers of its place."""
    label = lot.label if lot else ""
    return Place(building.id, building.name, building.module, lot.id if lot else None, label)


def after_building_named(world: World, building: Building) -> World:
    """Bring a building's name and module to everybody who holds something there."""

    def renamed(holding: Holding) -> Holding:
        place = holding.place
        if place.building != building.id:
            return holding
        return replace(holding, place=replace(place, building_name=building.name, module=building.module))

    return _each_holding(world, renamed)


def after_lot_named(world: World, lot: Lot, building: Building) -> World:
    """Bring a lot's label, and its building when it moved, to everybody who holds it."""

    def renamed(holding: Holding) -> Holding:
        return replace(holding, place=place_of(building, lot)) if holding.place.lot == lot.id else holding

    return _each_holding(world, renamed)


def after_party_named(world: World, dossier: Dossier) -> World:
    """Bring a party's name to the super parties that its relations name."""
    for relation in dossier.linked_by:
        above = world.dossier(relation.super_party)
        linked = tuple(
            replace(other, name=dossier.name) if other.party == dossier.id else other for other in above.linked
        )
        world = world.with_dossier(replace(above, linked=linked))
    return world


def _each_holding(world: World, renamed: Renaming) -> World:
    dossiers = {
        identifier: replace(dossier, holdings=tuple(renamed(holding) for holding in dossier.holdings))
        for identifier, dossier in world.dossiers.items()
    }
    return replace(world, dossiers=dossiers)
