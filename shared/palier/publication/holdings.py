"""From a link of the back office to a holding of a dossier: what it must name, and whether it has ended.
Pure.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from palier.kernel.ids import PartyId
from palier.people.caller import Module
from palier.portfolio.dossier import Holding, PlaceRole
from palier.portfolio.links import Caretaking, CouncilSeat, Ownership, Tenancy
from palier.portfolio.model import Building
from palier.publication.model import LineRefusedError, World
from palier.publication.naming import place_of

HolderLink = Ownership | Tenancy | CouncilSeat | Caretaking


def role_of(link: HolderLink) -> PlaceRole:
    """Return what a link makes of its party."""
    match link:
        case Ownership():
            return PlaceRole.OWNER
        case Tenancy():
            return PlaceRole.RENTER
        case CouncilSeat():
            return PlaceRole.COUNCIL
        case Caretaking():
            return PlaceRole.CARETAKER


def holding_of(world: World, link: HolderLink, now: dt.datetime) -> Holding:
    """Return the holding that a link makes; raises :class:`LineRefusedError` for what it cannot name."""
    match link:
        case Ownership(lot=None):
            return _whole_building(world, link, now)
        case Ownership() | Tenancy():
            return _lot(world, link, now)
        case CouncilSeat():
            building = _building(world, link.building, Module.SYNDIC)
            ended = _is_over(link.until, building, now)
            return Holding(link.id, PlaceRole.COUNCIL, place_of(building), council=link.role, ended=ended)
        case Caretaking():
            return Holding(link.id, PlaceRole.CARETAKER, place_of(known_building(world, link.building)))


def known_party(world: World, party: PartyId, field: str = "party") -> None:
    """Refuse a line that names a person or company nobody published."""
    if world.dossier(party).party is None:
        raise LineRefusedError("UNKNOWN_PARTY", field, f"No party {party!r} was published.")


def known_building(world: World, identifier: str | None) -> Building:
    """Return a building that a line names, or refuse the line."""
    building = world.building(identifier)
    if building is None:
        raise LineRefusedError("UNKNOWN_BUILDING", "building", f"No building {identifier!r} was published.")
    return building


def _whole_building(world: World, link: Ownership, now: dt.datetime) -> Holding:
    building = known_building(world, link.building)
    if not building.single_owner:
        detail = f"{building.id!r} is not a single-owner building: name the lot."
        raise LineRefusedError("NOT_SINGLE_OWNER", "building", detail)
    ended = _is_over(link.until, building, now)
    return Holding(link.id, PlaceRole.OWNER, place_of(building), resident=link.resident, ended=ended)


def _lot(world: World, link: Ownership | Tenancy, now: dt.datetime) -> Holding:
    lot = world.lot(link.lot)
    if lot is None:
        raise LineRefusedError("UNKNOWN_LOT", "lot", f"No lot {link.lot!r} was published.")
    module = Module.GERANCE if isinstance(link, Tenancy) else None
    building = _building(world, lot.building, module)
    resident = isinstance(link, Ownership) and link.resident
    ended = _is_over(link.until, building, now)
    return Holding(link.id, role_of(link), place_of(building, lot), resident=resident, ended=ended)


def _building(world: World, identifier: str, module: Module | None) -> Building:
    building = known_building(world, identifier)
    if module is not None and building.module is not module:
        raise LineRefusedError("WRONG_MODULE", "building", f"{identifier!r} is not a {module} building.")
    return building


def _is_over(until: dt.date | None, building: Building, now: dt.datetime) -> bool:
    """Tell whether the day has come where the building stands: rights end with the sale (law.md §4)."""
    return until is not None and now.astimezone(ZoneInfo(building.zone)).date() >= until
