"""A small agency in the table, with a few people who can sign in. All names are fictional."""

import datetime as dt
import functools
import secrets

import msgspec

from palier.agencies.commands import NewAgency, add_agency
from palier.agencies.model import Agency
from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys
from palier.aws.table import Table
from palier.kernel.clock import parse_iso
from palier.kernel.ids import AgencyId, BuildingId, PartyId
from palier.messages.links import Link, Purpose, link_row, mint
from palier.messages.outbox import read_message
from palier.people.accounts import account_as_staff, account_with_ties, add_account, new_account
from palier.people.caller import Module, Space, StaffRole, Tie
from palier.people.hashing import hash_password
from palier.people.model import Account, PasswordState
from palier.people.sessions import Found, read_session
from palier.people.signing_in import Attempt, SignedIn, sign_in
from palier.people.store import account_key, decode_account

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
HOST = "demo.example"
KEYS = AgencyKeys(AgencyId("demo"))
PASSWORD = "Chat-perché-7"
CLIENT, STAFF, PRINCIPAL, OTHER = PartyId("C1"), PartyId("S1"), PartyId("S9"), PartyId("C2")
LILAS = Tie(Space.CO_OWNER, BuildingId("B1"), "Résidence des Lilas")
ORMES = Tie(Space.RENTER, BuildingId("B2"), "Les Ormes")


@functools.cache
def _hash() -> str:
    return hash_password(PASSWORD)


def make_agency(agency: str = "demo", *hosts: str) -> Agency:
    changes = Changes()
    made = add_agency(changes, NewAgency(AgencyId(agency), "Agence Démo", hosts=hosts or (HOST,)))
    changes.commit()
    return made


def person(party: PartyId, login: str, *ties: Tie, state: PasswordState = PasswordState.PERSONAL) -> Account:
    account = new_account(party, login, login.title(), email=f"{login.lower()}@mail.example", password_hash=_hash())
    return msgspec.structs.replace(account_with_ties(account, ties), password=state)


def staff(party: PartyId, login: str, role: StaffRole) -> Account:
    return account_as_staff(person(party, login), role, Module)


def save(*accounts: Account, keys: AgencyKeys = KEYS) -> None:
    for account in accounts:
        changes = Changes()
        add_account(changes, keys, account)
        changes.commit()


def stored(table: Table, party: PartyId = CLIENT, keys: AgencyKeys = KEYS) -> Account:
    row = table.get(account_key(keys, party))
    assert row is not None
    return decode_account(row)


def enter(table: Table, agency: Agency, login: str, password: str = PASSWORD, **more: object) -> SignedIn:
    token, now = str(more.get("token", secrets.token_urlsafe(32))), more.get("now", NOW)
    assert isinstance(now, dt.datetime)
    attempt = Attempt(login, password, str(more.get("host", HOST)), str(more.get("address", "192.0.2.1")))
    return sign_in(table, agency, attempt, token, now)


def arm_reset_link(table: Table) -> tuple[str, Link]:
    """Do what the delivery worker does with the one queued mail: store its link, then say it."""
    (card,) = table.query_index("due", KEYS.pk("DUE")).rows
    row = table.get(card.key)
    assert row is not None
    values = read_message(row).values
    link = Link(Purpose.PASSWORD, party=values["party"], nonce=values["nonce"], expires=parse_iso(values["expires"]))
    token = mint(b"the platform's link secret", KEYS.agency, link)
    changes = Changes()
    changes.put(link_row(KEYS, token, link))
    changes.commit()
    return token, link


def found(table: Table, cookie: str, now: dt.datetime = NOW, host: str = HOST) -> Found:
    return read_session(table, cookie, host, now, lambda _: ())
