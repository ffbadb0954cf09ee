"""The agency that everything is measured on: a middling one, fictional, the same at each run.

Forty buildings, sixty suppliers, eight people of the agency, a co-owner, and sessions that are open already: sign-in
hashes a password on purpose slowly, and is measured on its own.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from infra.bench.table import Gathered
from palier.agencies.api_keys import EVERY_SCOPE, ApiKey, add_api_key
from palier.agencies.commands import NewAgency, add_agency
from palier.agencies.store import settings_key
from palier.aws.keys import AgencyKeys
from palier.aws.table import Row
from palier.kernel.ids import AgencyId, BuildingId, LotId, PartyId
from palier.people.caller import Module, Space, StaffRole, Tie
from palier.people.hashing import hash_password
from palier.people.model import Account, LoginOwner, PasswordState, Session
from palier.people.sessions import Cookie, token_hash
from palier.people.store import account_row, login_key, make_row, session_row
from palier.portfolio import keys as where
from palier.portfolio.dossier import Dossier, Holding, Place, PlaceRole
from palier.portfolio.model import Address, Building, Contact, Lot, Party, StaffUser, Supplier
from palier.portfolio.rows import Content, building_rows, dossier_rows, lot_rows, row

AGENCY = AgencyId("mesure")
PASSWORD = "Mesure-2026!"  # noqa: S105 - of nobody, on a table that lives as long as the measure
BUILDINGS, SUPPLIERS, STAFF = 40, 60, 8
MANAGER, OWNER = PartyId("U-1"), PartyId("P-1")
_TRADES = ("Plomberie", "Électricité", "Serrurerie", "Chauffage", "Ascenseur", "Nettoyage")


class People(NamedTuple):
    """Cookies of the people who ask, and what signs the back office's requests."""

    manager: str
    owner: str
    api_key: str


class Made(NamedTuple):
    """The agency: its rows, and who may ask."""

    rows: tuple[Row, ...]
    people: People


def building(number: int) -> Building:
    """Return one of the buildings; numbers begin at 1."""
    street = Address(f"{number} rue de l’Exemple", postcode="99000", city="Palierville")
    manager = PartyId(f"U-{(number - 1) % STAFF + 1}")
    return Building(
        BuildingId(f"B-{number}"),
        Module.SYNDIC,
        f"Résidence {number:02d}",
        street,
        manager=manager,
        door_codes=("12A4",),
    )


def supplier(number: int) -> Supplier:
    """Return one of the suppliers; numbers begin at 1."""
    contact = Contact((f"contact@entreprise-{number}.example",), (f"+336399{number:05d}",), ("01 99 00 00 10",))
    return Supplier(PartyId(f"F-{number}"), f"Entreprise Exemple {number:02d}", (_TRADES[number % 6],), contact=contact)


def staff(number: int) -> StaffUser:
    """Return one of the agency's people; numbers begin at 1."""
    contact = Contact((f"gestion-{number}@agence-mesure.example",), (), ("01 99 00 00 02",))
    return StaffUser(PartyId(f"U-{number}"), f"Fictif {number}", "Dominique", role=StaffRole.MANAGER, contact=contact)


def owner() -> Party:
    """Return the co-owner who asks."""
    return Party(OWNER, "Essai", "Camille", contact=Contact((OWNER_EMAIL,), ("+33639980001",)))


OWNER_EMAIL = "camille.essai@clients.example"
LOT = Lot(LotId("L-1"), BuildingId("B-1"), "1", "Appartement T3")


def make_agency(host: str, now: dt.datetime) -> Made:
    """Make the agency, answering under one host."""
    keys, gathered = AgencyKeys(AGENCY), Gathered()
    add_agency(gathered, NewAgency(AGENCY, "Agence Mesure", default=True))
    api_key = add_api_key(gathered, keys, "k" * 43, ApiKey("mesure", EVERY_SCOPE, now))
    _settle(gathered, keys)
    rows = [*gathered.rows.values(), *_portfolio(keys)]
    manager, one = _signed_in(keys, MANAGER, "Dominique Fictif 1", host, now)
    client, two = _signed_in(keys, OWNER, "Camille Essai", host, now)
    login = make_row(login_key(keys, "ESSAICAMILLE"), "LOGIN", LoginOwner(OWNER))
    return Made((*rows, *one, *two, login), People(manager, client, api_key))


def _settle(gathered: Gathered, keys: AgencyKeys) -> None:
    """Choose what an agency that uses everything chooses."""
    place = settings_key(keys)
    touched = msgspec.json.decode(gathered.rows[place].body)
    touched["settings"] |= {"agency.contact": {"email": "contact@agence-mesure.example", "phone": "01 99 00 00 01"}}
    touched["syndic"] = {
        "tickets.client_display": True,
        "tickets.pre_tickets_visible": True,
        "tickets.visibility": ["requester", "council"],
        "tickets.page_size": 25,
    }
    gathered.rows[place] = msgspec.structs.replace(gathered.rows[place], body=msgspec.json.encode(touched))


def _portfolio(keys: AgencyKeys) -> Iterator[Row]:
    places = [building_rows(keys, building(number)) for number in range(1, BUILDINGS + 1)]
    for projection in (*places, lot_rows(keys, LOT)):
        yield from (row(key, said) for key, said in projection.items())
    for dossier in _dossiers():
        yield row(where.party_key(keys, dossier.id), Content("DOSSIER", msgspec.json.encode(dossier)))
        yield from (row(key, said) for key, said in dossier_rows(keys, dossier).items())


def _dossiers() -> Iterator[Dossier]:
    place = Place(LOT.building, building(1).name, Module.SYNDIC, LOT.id, LOT.label)
    yield Dossier(OWNER, party=owner(), holdings=(Holding("O-1", PlaceRole.OWNER, place),))
    for number in range(1, SUPPLIERS + 1):
        yield Dossier(supplier(number).id, supplier=supplier(number))
    for number in range(1, STAFF + 1):
        yield Dossier(staff(number).id, staff=staff(number))


def _signed_in(keys: AgencyKeys, party: PartyId, name: str, host: str, now: dt.datetime) -> tuple[str, tuple[Row, Row]]:
    """Return a cookie, and the rows behind it."""
    token = hashlib.sha256(party.encode()).hexdigest()[:43]
    account, space = _account(party, name), Space.STAFF if party == MANAGER else Space.CO_OWNER
    session = Session(host, now, now, 0, space)
    ends = now + dt.timedelta(days=30)
    rows = (account_row(keys, account, 0), session_row(keys, party, token_hash(token), session, ends))
    return str(Cookie(AGENCY, party, token)), rows


def _account(party: PartyId, name: str) -> Account:
    if party == MANAGER:
        both = frozenset(Module)
        return Account(
            party,
            "FICTIF",
            name,
            password=PasswordState.PERSONAL,
            role=StaffRole.MANAGER,
            modules=both,
            spaces=(Space.STAFF,),
        )
    tie = Tie(Space.CO_OWNER, LOT.building, building(1).name, LOT.id, LOT.label)
    return Account(
        party,
        "ESSAICAMILLE",
        name,
        OWNER_EMAIL,
        hash_password(PASSWORD),
        PasswordState.PERSONAL,
        ties=(tie,),
        spaces=(Space.CO_OWNER,),
    )
