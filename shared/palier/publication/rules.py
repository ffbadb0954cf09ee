"""What a line of a publication does to the portfolio. Pure: the world comes in, the world goes out.

Promised to the back office: repeating a line changes nothing (PUB-005); a line that names something unknown
is refused by name and the rest of its batch is taken; collections may come in any order as long as what a
line names is there: lots after buildings, links after lots and parties. Staff may come after the buildings
that name them.
"""

import datetime as dt
from typing import assert_never

import msgspec

from palier.kernel.ids import PartyId
from palier.people.caller import Space
from palier.portfolio.dossier import Dossier, Linked, live
from palier.portfolio.links import Caretaking, CouncilSeat, LedgerAccount, Ownership, Relation, Tenancy
from palier.portfolio.model import Building, Lot, Party, StaffUser, Supplier
from palier.publication.holdings import HolderLink, holding_of, known_building, known_party, role_of
from palier.publication.model import Collection, Line, LineRefusedError, Record, World
from palier.publication.naming import after_building_named, after_lot_named, after_party_named

replace = msgspec.structs.replace


def apply(world: World, collection: Collection, line: Line, now: dt.datetime) -> World:
    """Return the world after one line; raises :class:`LineRefusedError`."""
    before = world.records.get((collection, line.id))
    if before is None and line.record is None:
        return world
    if line.record is None:
        _refuse_if_in_use(world, collection, line.id)
    if before is not None:
        world = _without(world, before)
    if line.record is not None:
        world = _with(world, line.record, now)
    return world.with_record(collection, line.id, line.record)


def _with(world: World, record: Record, now: dt.datetime) -> World:
    match record:
        case Building():
            return after_building_named(world, record)
        case Lot():
            return after_lot_named(world, record, known_building(world, record.building))
        case Party() | Supplier() | StaffUser():
            dossier = _with_card(world.dossier(record.id), record)
            return after_party_named(world.with_dossier(dossier), dossier)
        case Ownership() | Tenancy() | CouncilSeat() | Caretaking():
            return _hold(world, record, now)
        case LedgerAccount():
            return _open(world, record)
        case Relation():
            return _relate(world, record)
        case _:
            assert_never(record)


def _without(world: World, record: Record) -> World:
    match record:
        case Building() | Lot():
            return world
        case Party() | Supplier() | StaffUser():
            return world.with_dossier(_without_card(world.dossier(record.id), record))
        case Ownership() | Tenancy() | CouncilSeat() | Caretaking():
            return _let_go(world, record)
        case LedgerAccount():
            dossier = world.dossier(record.party)
            kept = tuple(account for account in dossier.accounts if account.id != record.id)
            return world.with_dossier(replace(dossier, accounts=kept))
        case Relation():
            return _unrelate(world, record)
        case _:
            assert_never(record)


def _with_card(dossier: Dossier, record: Party | Supplier | StaffUser) -> Dossier:
    match record:
        case Party():
            return replace(dossier, party=record)
        case Supplier():
            return replace(dossier, supplier=record)
        case StaffUser():
            return replace(dossier, staff=record)


def _without_card(dossier: Dossier, record: Party | Supplier | StaffUser) -> Dossier:
    match record:
        case Party():
            return replace(dossier, party=None)
        case Supplier():
            return replace(dossier, supplier=None)
        case StaffUser():
            return replace(dossier, staff=None)


def _hold(world: World, link: HolderLink, now: dt.datetime) -> World:
    known_party(world, link.party)
    dossier = world.dossier(link.party)
    every = (*dossier.holdings, holding_of(world, link, now))
    holdings = sorted(every, key=lambda held: (held.role, held.id))
    return world.with_dossier(replace(dossier, holdings=tuple(holdings)))


def _let_go(world: World, link: HolderLink) -> World:
    dossier, gone = world.dossier(link.party), (role_of(link), link.id)
    kept = tuple(holding for holding in dossier.holdings if (holding.role, holding.id) != gone)
    return world.with_dossier(replace(dossier, holdings=kept))


def _open(world: World, account: LedgerAccount) -> World:
    dossier = world.dossier(account.party)
    if account.space is not Space.SUPPLIER:
        known_party(world, account.party)
    elif dossier.supplier is None:
        raise LineRefusedError("UNKNOWN_SUPPLIER", "party", f"No supplier {account.party!r} was published.")
    if account.building is not None:
        known_building(world, account.building)
    accounts = sorted((*dossier.accounts, account), key=lambda held: held.id)
    return world.with_dossier(replace(dossier, accounts=tuple(accounts)))


def _relate(world: World, relation: Relation) -> World:
    known_party(world, relation.super_party, "super_party")
    known_party(world, relation.party)
    above, below = world.dossier(relation.super_party), world.dossier(relation.party)
    if above.id == below.id:
        raise LineRefusedError("SELF_RELATION", "party", "A party cannot be its own super party.")
    linked = sorted((*above.linked, Linked(relation.id, below.id, below.name)), key=lambda other: other.id)
    linked_by = sorted((*below.linked_by, relation), key=lambda other: other.id)
    world = world.with_dossier(replace(above, linked=tuple(linked)))
    return world.with_dossier(replace(below, linked_by=tuple(linked_by)))


def _unrelate(world: World, relation: Relation) -> World:
    above, below = world.dossier(relation.super_party), world.dossier(relation.party)
    linked = tuple(other for other in above.linked if other.id != relation.id)
    linked_by = tuple(other for other in below.linked_by if other.id != relation.id)
    world = world.with_dossier(replace(above, linked=linked))
    return world.with_dossier(replace(below, linked_by=linked_by))


def _refuse_if_in_use(world: World, collection: Collection, identifier: str) -> None:
    dossier = world.dossier(PartyId(identifier))
    of_supplier = [account for account in dossier.accounts if account.space is Space.SUPPLIER]
    used_by = {
        Collection.PARTIES: live(dossier)
        or dossier.linked
        or dossier.linked_by
        or len(of_supplier) < len(dossier.accounts),
        Collection.SUPPLIERS: of_supplier,
    }
    if identifier in world.in_use or used_by.get(collection):
        raise LineRefusedError("STILL_IN_USE", "id", "Other records still name this one: remove them first.")
