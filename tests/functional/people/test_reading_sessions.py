"""AUT-022, AUT-020, AUT-021: what a cookie opens, and what no longer opens anything."""

import datetime as dt
from unittest import mock

import msgspec
import pytest

from palier.agencies.model import Agency, AgencySettings
from palier.agencies.store import settings_key
from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys
from palier.aws.table import Row, Table
from palier.kernel.errors import NotSignedInError
from palier.kernel.ids import AgencyId, BuildingId, PartyId
from palier.people.caller import Caller, Permission, Space, StaffRole, Tie
from palier.people.model import Account, PasswordState, Session
from palier.people.sessions import Cookie, read_session, token_hash
from palier.people.store import account_row, session_row

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
HOST = "demo.example"
KEYS = AgencyKeys(AgencyId("demo"))
PARTY = PartyId("P.1")
OPEN = Agency(AgencyId("demo"), "Agence Démo", settings=AgencySettings(portal_licence=True))
ACCOUNT = Account(PARTY, "DUPONTANNE", "Anne Dupont", password=PasswordState.PERSONAL, spaces=(Space.CO_OWNER,))
SESSION = Session(HOST, NOW, NOW, epoch=0)
COOKIE = str(Cookie(AgencyId("demo"), PARTY, "token"))


def save(agency: Agency = OPEN, account: Account = ACCOUNT, session: Session = SESSION) -> None:
    changes = Changes()
    changes.put(Row(settings_key(KEYS), "SETTINGS", msgspec.json.encode(agency)))
    changes.put(account_row(KEYS, account, 0))
    changes.put(session_row(KEYS, PARTY, token_hash("token"), session, NOW))
    changes.commit()


def caller_of(table: Table, *, cookie: str = COOKIE, host: str = HOST, now: dt.datetime = NOW) -> Caller:
    return read_session(table, cookie, host, now, lambda _: ()).caller


def test_a_page_costs_one_request_whatever_else_it_asks_for(table: Table) -> None:
    save()
    extra = KEYS.key("TICKET", 1, sk="HEAD")
    with mock.patch.object(table, "get_many", wraps=table.get_many) as asked:
        found = read_session(table, COOKIE, HOST, NOW, lambda keys: [keys.key("TICKET", 1, sk="HEAD")])
    assert asked.call_count == 1
    assert found.caller.name == "Anne Dupont"
    assert extra not in found.rows


@pytest.mark.parametrize(
    "cookie", ["", "demo", "demo.P.1", "demo.P.1.other", "other.P.1.token", "demo.P#.token", "..", "demo.P%23.t"]
)
def test_any_other_cookie_opens_nothing(table: Table, cookie: str) -> None:
    save()
    with pytest.raises(NotSignedInError):
        caller_of(table, cookie=cookie)


def test_a_session_of_another_host_is_refused(table: Table) -> None:
    save()
    with pytest.raises(NotSignedInError):
        caller_of(table, host="other.example")


def test_a_session_ends_thirty_days_after_sign_in_however_busy_it_was(table: Table) -> None:
    last = NOW + dt.timedelta(days=30)
    save(session=msgspec.structs.replace(SESSION, renewed=last - dt.timedelta(minutes=1)))
    assert caller_of(table, now=last - dt.timedelta(seconds=1)).party == PARTY
    with pytest.raises(NotSignedInError):
        caller_of(table, now=last)


def test_a_session_ends_when_idle_for_as_long_as_the_agency_says(table: Table) -> None:
    save(agency=msgspec.structs.replace(OPEN, settings=AgencySettings(True, portal_session_idle_hours=8)))
    assert caller_of(table, now=NOW + dt.timedelta(hours=7, minutes=59)).party == PARTY
    with pytest.raises(NotSignedInError):
        caller_of(table, now=NOW + dt.timedelta(hours=8))


def test_a_higher_epoch_ends_every_session(table: Table) -> None:
    save(account=msgspec.structs.replace(ACCOUNT, epoch=1))
    with pytest.raises(NotSignedInError):
        caller_of(table)


@pytest.mark.parametrize("settings", [AgencySettings(), AgencySettings(portal_licence=True, documents_enabled=False)])
def test_a_closed_portal_keeps_clients_out_and_lets_staff_in(table: Table, settings: AgencySettings) -> None:
    """AUT-020."""
    closed = msgspec.structs.replace(OPEN, settings=settings)
    save(agency=closed)
    with pytest.raises(NotSignedInError):
        caller_of(table)
    staff = msgspec.structs.replace(ACCOUNT, role=StaffRole.MANAGER, spaces=(Space.STAFF, Space.CO_OWNER))
    save(agency=closed, account=staff)
    assert caller_of(table).spaces == (Space.STAFF,)


def test_an_unpublished_account_is_refused(table: Table) -> None:
    """AUT-021."""
    save(account=msgspec.structs.replace(ACCOUNT, allowed=False))
    with pytest.raises(NotSignedInError):
        caller_of(table)


def test_only_the_ties_of_the_chosen_space_are_shown(table: Table) -> None:
    """AUT-019, ROL-026."""
    ties = (
        Tie(Space.CO_OWNER, BuildingId("B1"), "Les Lilas"),
        Tie(Space.RENTER, BuildingId("B2"), "Les Ormes"),
    )
    account = msgspec.structs.replace(ACCOUNT, ties=ties, spaces=(Space.CO_OWNER, Space.RENTER))
    save(account=account, session=msgspec.structs.replace(SESSION, space=Space.RENTER))
    assert caller_of(table).ties == ties[1:]


def test_a_role_that_the_agency_changed_has_the_rights_it_chose(table: Table) -> None:
    """ROL-021: the deletion permission is off until the administrator ticks it (ROL-022)."""
    staff = msgspec.structs.replace(ACCOUNT, role=StaffRole.MANAGER, spaces=(Space.STAFF,))
    save(account=staff)
    assert not caller_of(table).may(Permission.TICKET_DELETE)
    save(
        account=staff, agency=msgspec.structs.replace(OPEN, role_permissions={"manager": frozenset({"ticket_delete"})})
    )
    assert caller_of(table).permissions == {Permission.TICKET_DELETE}
