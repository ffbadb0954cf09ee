"""Portfolios to test with: every record of them is valid, whatever hypothesis draws."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from palier.kernel.ids import BuildingId, LotId, PartyId
from palier.people.caller import CouncilRole, Module, Space
from palier.portfolio.links import Caretaking, CouncilSeat, LedgerAccount, Ownership, Relation, Tenancy
from palier.portfolio.model import Building, Contact, Lot, Party, StaffUser, Supplier
from palier.publication.model import Collection, Line, Record, World
from palier.publication.rules import apply

NOW = dt.datetime(2026, 6, 15, 10, tzinfo=dt.UTC)
Sent = tuple[Collection, Line]

PARTIES = tuple(PartyId(f"P{number}") for number in range(4))
SYNDIC, LET = BuildingId("SYN"), BuildingId("GER")
SYNDIC_LOTS, LET_LOTS = (LotId("S1"), LotId("S2")), (LotId("G1"), LotId("G2"))
_parties = st.sampled_from(PARTIES)
_untils = st.sampled_from([None, dt.date(2026, 6, 14), dt.date(2026, 6, 15), dt.date(2026, 6, 16)])
_names = st.sampled_from(["Mésange", "Pinson", "Érable"])


def base() -> list[Sent]:
    """Two buildings, their lots and four people: what links name."""
    places: list[tuple[Collection, Record]] = [
        (Collection.BUILDINGS, Building(SYNDIC, Module.SYNDIC, "Les Exemples")),
        (Collection.BUILDINGS, Building(LET, Module.GERANCE, "Le Modèle", single_owner=True)),
        *((Collection.LOTS, Lot(lot, SYNDIC, lot)) for lot in SYNDIC_LOTS),
        *((Collection.LOTS, Lot(lot, LET, lot)) for lot in LET_LOTS),
        *((Collection.PARTIES, Party(party, f"Nom {party}")) for party in PARTIES),
        (Collection.SUPPLIERS, Supplier(PARTIES[0], "Plomberie Fictive")),
    ]
    return [sent(collection, record) for collection, record in places]


def sent(collection: Collection, record: Record) -> Sent:
    return collection, Line(1, record.id, record)


def removal(collection: Collection, identifier: str) -> Sent:
    return collection, Line(1, identifier)


def publish(lines: Iterable[Sent], world: World | None = None, now: dt.datetime = NOW) -> World:
    world = world or World()
    for collection, line in lines:
        world = apply(world, collection, line, now)
    return world


def _record(collection: Collection, kind: Any, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Sent]:
    identifiers = st.integers(1, 3).map(lambda number: f"{collection}-{number}")
    return st.builds(kind, id=identifiers, **fields).map(lambda record: sent(collection, record))


def links() -> st.SearchStrategy[list[Sent]]:
    """Links of every kind, each identifier once."""
    lots = st.sampled_from([*SYNDIC_LOTS, *LET_LOTS])
    roles = st.sampled_from([CouncilRole.MEMBER, CouncilRole.PRESIDENT])
    clients = st.sampled_from([Space.CO_OWNER, Space.LANDLORD, Space.RENTER])
    places = st.sampled_from([None, SYNDIC, LET])
    pairs = st.sampled_from([(above, below) for above in PARTIES for below in PARTIES if above != below])
    one = st.one_of(
        _record(Collection.OWNERSHIPS, Ownership, party=_parties, lot=lots, until=_untils, resident=st.booleans()),
        _record(Collection.OWNERSHIPS, Ownership, party=_parties, building=st.just(LET), until=_untils),
        _record(Collection.TENANCIES, Tenancy, party=_parties, lot=st.sampled_from(LET_LOTS), until=_untils),
        _record(Collection.COUNCIL, CouncilSeat, party=_parties, building=st.just(SYNDIC), role=roles, until=_untils),
        _record(Collection.CARETAKERS, Caretaking, party=_parties, building=st.sampled_from([SYNDIC, LET])),
        _record(
            Collection.ACCOUNTS, LedgerAccount, party=_parties, space=clients, building=places, published=st.booleans()
        ),
        pairs.map(lambda pair: sent(Collection.RELATIONS, Relation(f"R-{pair[0]}-{pair[1]}", *pair))),
    )
    return st.lists(one, max_size=14, unique_by=lambda line: (line[0], line[1].id))


def changes() -> st.SearchStrategy[list[Sent]]:
    """What comes later: renamings, new contacts, staff."""
    contacts = st.sampled_from([Contact(), Contact(("a@b.example",)), Contact(("c@d.example", "a@b.example"))])
    one = st.one_of(
        st.builds(Building, id=st.just(SYNDIC), module=st.just(Module.SYNDIC), name=_names).map(
            lambda record: sent(Collection.BUILDINGS, record)
        ),
        st.builds(Lot, id=st.just(SYNDIC_LOTS[0]), building=st.just(SYNDIC), reference=st.sampled_from(["7", "8"])).map(
            lambda record: sent(Collection.LOTS, record)
        ),
        st.builds(Party, id=_parties, last_name=_names, contact=contacts).map(
            lambda record: sent(Collection.PARTIES, record)
        ),
        st.builds(StaffUser, id=_parties, last_name=_names, contact=contacts).map(
            lambda record: sent(Collection.STAFF, record)
        ),
    )
    return st.lists(one, max_size=6)
