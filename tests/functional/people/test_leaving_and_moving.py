"""AUT-014, AUT-016, AUT-018, AUT-019, AUT-022: signing out, spaces, linked accounts, impersonation."""

import datetime as dt

import msgspec
import pytest

from palier.agencies.model import Agency
from palier.aws.table import Table
from palier.kernel.errors import ForbiddenError, NotSignedInError
from palier.kernel.ids import PartyId
from palier.people.accounts import account_closed, refresh_account
from palier.people.caller import Space, StaffRole
from palier.people.commands import impersonate
from palier.people.errors import ImpersonatingError, LinkedAccountError
from palier.people.leaving import sign_out, sign_out_everywhere
from palier.people.linked import link_parties, other_accounts, switch_account
from palier.people.model import LinkedParty
from palier.people.new_passwords import NewPassword, change_password
from palier.people.preferences import notify_me_of_documents
from palier.people.renewal import renew
from palier.people.spaces import choose_space
from tests.functional.people.scene import (
    CLIENT,
    KEYS,
    LILAS,
    NOW,
    ORMES,
    OTHER,
    STAFF,
    enter,
    found,
    make_agency,
    person,
    save,
    staff,
    stored,
)


@pytest.fixture
def agency(table: Table) -> Agency:
    made = make_agency()
    save(
        person(CLIENT, "DUPONTANNE", LILAS, ORMES),
        person(OTHER, "SCILESTILLEULS", LILAS),
        staff(STAFF, "LEROYMARC", StaffRole.MANAGER),
    )
    return made


def is_dead(table: Table, cookie: str) -> bool:
    try:
        found(table, cookie)
    except NotSignedInError:
        return True
    return False


def test_signing_out_ends_this_session_only(table: Table, agency: Agency) -> None:
    here, there = (enter(table, agency, "DUPONTANNE", token=token).cookie for token in ("here", "there"))
    sign_out(found(table, here))
    assert is_dead(table, here)
    assert not is_dead(table, there)


def test_signing_out_everywhere_ends_all_sessions_and_those_in_linked_accounts(table: Table, agency: Agency) -> None:
    link_parties(table, KEYS, CLIENT, [LinkedParty(OTHER, "SCI Les Tilleuls")])
    here, there, third = (enter(table, agency, "DUPONTANNE", token=str(n)).cookie for n in range(3))
    linked = switch_account(table, found(table, third), OTHER, "linked", NOW)
    own_of_the_other = enter(table, agency, "SCILESTILLEULS").cookie
    sign_out_everywhere(table, found(table, here))
    assert [is_dead(table, cookie) for cookie in (here, there, third, linked)] == [True] * 4
    assert not is_dead(table, own_of_the_other)


def test_from_a_linked_account_everywhere_means_one_s_own_sessions_too(table: Table, agency: Agency) -> None:
    link_parties(table, KEYS, CLIENT, [LinkedParty(OTHER, "SCI Les Tilleuls")])
    here = enter(table, agency, "DUPONTANNE").cookie
    away = switch_account(table, found(table, enter(table, agency, "DUPONTANNE", token="b").cookie), OTHER, "c", NOW)
    sign_out_everywhere(table, found(table, away))
    assert is_dead(table, here)
    assert is_dead(table, away)


def test_a_space_is_chosen_and_kept(table: Table, agency: Agency) -> None:
    """AUT-019."""
    cookie = enter(table, agency, "DUPONTANNE").cookie
    choose_space(table, found(table, cookie), Space.RENTER)
    caller = found(table, cookie).caller
    assert (caller.space, caller.ties) == (Space.RENTER, (ORMES,))


@pytest.mark.parametrize("space", [Space.LANDLORD, Space.STAFF, Space.SUPPLIER])
def test_nobody_enters_a_space_that_is_not_his(table: Table, agency: Agency, space: Space) -> None:
    signed_in = found(table, enter(table, agency, "DUPONTANNE").cookie)
    with pytest.raises(ForbiddenError):
        choose_space(table, signed_in, space)


def test_a_super_party_goes_to_a_linked_account_and_back(table: Table, agency: Agency) -> None:
    """AUT-016, AUT-018: the account one is in is marked; the dates are those of the last sign-ins."""
    link_parties(table, KEYS, CLIENT, [LinkedParty(OTHER, "SCI Les Tilleuls")])
    first = enter(table, agency, "DUPONTANNE").cookie
    listed = other_accounts(table, found(table, first))
    assert [(one.party, one.current, one.last_login) for one in listed] == [(CLIENT, True, NOW), (OTHER, False, None)]
    away = switch_account(table, found(table, first), OTHER, "away", NOW)
    assert is_dead(table, first)
    there = found(table, away)
    assert (there.caller.party, there.caller.other_accounts) == (OTHER, True)
    assert [one.party for one in other_accounts(table, there)] == [CLIENT, OTHER]
    back = found(table, switch_account(table, there, CLIENT, "back", NOW))
    assert (back.caller.party, back.session.opened_by) == (CLIENT, None)


def test_switching_never_makes_a_session_live_longer(table: Table, agency: Agency) -> None:
    link_parties(table, KEYS, CLIENT, [LinkedParty(OTHER, "SCI Les Tilleuls")])
    first = enter(table, agency, "DUPONTANNE").cookie
    later = NOW + dt.timedelta(days=10)
    away = switch_account(table, found(table, first, later), OTHER, "away", later)
    assert found(table, away, NOW + dt.timedelta(days=20)).caller.party == OTHER
    with pytest.raises(NotSignedInError):
        found(table, away, NOW + dt.timedelta(days=30))


def test_no_link_no_switch_and_no_switch_the_other_way_round(table: Table, agency: Agency) -> None:
    link_parties(table, KEYS, CLIENT, [LinkedParty(OTHER, "SCI Les Tilleuls")])
    secondary = found(table, enter(table, agency, "SCILESTILLEULS").cookie)
    for target in (CLIENT, STAFF):
        with pytest.raises(ForbiddenError):
            switch_account(table, secondary, target, "x", NOW)


def test_a_dropped_link_ends_the_sessions_that_came_by_it(table: Table, agency: Agency) -> None:
    link_parties(table, KEYS, CLIENT, [LinkedParty(OTHER, "SCI Les Tilleuls")])
    away = switch_account(table, found(table, enter(table, agency, "DUPONTANNE").cookie), OTHER, "away", NOW)
    link_parties(table, KEYS, CLIENT, [])
    assert is_dead(table, away)
    assert not stored(table).other_accounts


def test_in_a_linked_account_its_password_cannot_be_changed(table: Table, agency: Agency) -> None:
    link_parties(table, KEYS, CLIENT, [LinkedParty(OTHER, "SCI Les Tilleuls")])
    away = switch_account(table, found(table, enter(table, agency, "DUPONTANNE").cookie), OTHER, "away", NOW)
    with pytest.raises(LinkedAccountError):
        change_password(table, found(table, away), NewPassword("Neuf-3456", "Neuf-3456"), "t", NOW)


def test_staff_sees_a_client_s_space_marked_and_audited(table: Table, agency: Agency) -> None:
    """AUT-014, PLT-009."""
    manager = found(table, enter(table, agency, "LEROYMARC").cookie)
    there = found(table, impersonate(table, manager, CLIENT, "inside", NOW)).caller
    assert (there.party, there.impersonated_by, there.impersonator) == (CLIENT, "Leroymarc", STAFF)
    assert there.permissions == frozenset()
    (entry,) = table.query("demo#AUDIT#2026-11").rows
    assert msgspec.json.decode(entry.body)["what"] == "impersonation"
    assert stored(table).last_login is None


def test_an_impersonated_session_is_short(table: Table, agency: Agency) -> None:
    inside = impersonate(table, found(table, enter(table, agency, "LEROYMARC").cookie), CLIENT, "inside", NOW)
    with pytest.raises(NotSignedInError):
        found(table, inside, NOW + dt.timedelta(hours=2))


def test_nobody_enters_a_colleague_s_account_and_no_client_enters_any(table: Table, agency: Agency) -> None:
    save(
        staff(PartyId("S2"), "MOREAUJULIE", StaffRole.PRINCIPAL), staff(PartyId("S3"), "PETITLEA", StaffRole.ACCOUNTANT)
    )
    manager, client, accountant = (
        found(table, enter(table, agency, login).cookie) for login in ("LEROYMARC", "DUPONTANNE", "PETITLEA")
    )
    for who, target in ((manager, PartyId("S2")), (client, OTHER), (accountant, CLIENT)):
        with pytest.raises(ForbiddenError):
            impersonate(table, who, target, "x", NOW)


def test_staff_in_a_client_s_space_does_nothing_in_his_name(table: Table, agency: Agency) -> None:
    inside = found(table, impersonate(table, found(table, enter(table, agency, "LEROYMARC").cookie), CLIENT, "i", NOW))
    with pytest.raises(ImpersonatingError):
        change_password(table, inside, NewPassword("Neuf-3456", "Neuf-3456"), "t", NOW)
    with pytest.raises(ImpersonatingError):
        sign_out_everywhere(table, inside)
    with pytest.raises(ImpersonatingError):
        notify_me_of_documents(table, inside, wanted=False)


def test_when_staff_leaves_everywhere_the_spaces_he_entered_close(table: Table, agency: Agency) -> None:
    manager = found(table, enter(table, agency, "LEROYMARC").cookie)
    inside = impersonate(table, manager, CLIENT, "inside", NOW)
    sign_out_everywhere(table, manager)
    assert is_dead(table, inside)


def test_leaving_a_client_s_space_leaves_no_trace_of_the_session(table: Table, agency: Agency) -> None:
    manager = found(table, enter(table, agency, "LEROYMARC").cookie)
    sign_out(found(table, impersonate(table, manager, CLIENT, "inside", NOW)))
    assert table.query("demo#PARTY#S1", "OPENED#").rows == []
    assert table.query("demo#PARTY#C1", "SESSION#").rows == []


def test_a_closed_account_s_sessions_end_at_once(table: Table, agency: Agency) -> None:
    """AUT-021, PUB-020…023."""
    cookie = enter(table, agency, "DUPONTANNE").cookie
    refresh_account(table, KEYS, CLIENT, account_closed)
    assert is_dead(table, cookie)


def test_the_choice_about_document_mails_is_kept(table: Table, agency: Agency) -> None:
    """AUT-029."""
    notify_me_of_documents(table, found(table, enter(table, agency, "DUPONTANNE").cookie), wanted=False)
    assert not stored(table).notify_documents


def test_doing_something_keeps_a_session_awake_without_reviving_a_closed_one(table: Table, agency: Agency) -> None:
    cookie = enter(table, agency, "DUPONTANNE").cookie
    noon = NOW + dt.timedelta(days=13)
    busy = found(table, cookie, noon)
    renew(busy, noon)
    assert found(table, cookie, noon + dt.timedelta(days=13)).session.renewed == noon
    stale = found(table, cookie, noon + dt.timedelta(days=1))
    sign_out(stale)
    renew(stale, noon + dt.timedelta(days=1))
    assert is_dead(table, cookie)
