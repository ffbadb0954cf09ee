"""AUT-008…013: first, forgotten, changed and temporary passwords."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from palier.agencies.model import Agency
from palier.aws.keys import AgencyKeys
from palier.aws.table import Row, Table
from palier.kernel.errors import ForbiddenError, NotSignedInError, PalierError, TooManyAttemptsError
from palier.kernel.ids import AgencyId, PartyId
from palier.messages.outbox import read_message
from palier.people.caller import StaffRole
from palier.people.commands import DraftGoneError, confirm_temporary_password, show_temporary_password
from palier.people.errors import (
    DeadResetLinkError,
    PasswordRefusedError,
    SuppliedPasswordSpentError,
    WrongCredentialsError,
    WrongCurrentPasswordError,
)
from palier.people.forgotten import Forgetful, ask_reset, check_reset_link, reset_password
from palier.people.linked import link_parties, switch_account
from palier.people.model import LinkedParty, PasswordState
from palier.people.new_passwords import NewPassword, change_password
from palier.people.passwords import Rule
from palier.people.throttling import PER_LOGIN, PER_RESET
from tests.functional.people.scene import (
    CLIENT,
    KEYS,
    LILAS,
    NOW,
    OTHER,
    PASSWORD,
    PRINCIPAL,
    STAFF,
    arm_reset_link,
    enter,
    found,
    make_agency,
    person,
    save,
    staff,
    stored,
)

NEW = "Tout-neuf-2027"
CHOICE = NewPassword(NEW, NEW, current=PASSWORD, address="192.0.2.1")
WHO = Forgetful("DUPONTANNE", "192.0.2.1")


@pytest.fixture
def agency(table: Table) -> Agency:
    made = make_agency()
    save(
        person(CLIENT, "DUPONTANNE", LILAS),
        staff(STAFF, "LEROYMARC", StaffRole.MANAGER),
        staff(PRINCIPAL, "MOREAUJULIE", StaffRole.PRINCIPAL),
    )
    return made


def is_dead(table: Table, cookie: str) -> bool:
    try:
        found(table, cookie)
    except NotSignedInError:
        return True
    return False


def mails(table: Table) -> list[Row]:
    page = table.query_index("due", KEYS.pk("DUE"))
    rows = [table.get(row.key) for row in page.rows]
    return [row for row in rows if row is not None]


def armed_link(table: Table, agency: Agency, *, now: dt.datetime = NOW) -> str:
    ask_reset(table, agency, WHO, "nonce", now)
    return arm_reset_link(table)[0]


# ── Changing it ─────────────────────────────────────────────────────────────────────────────────────


def test_a_new_password_ends_every_other_session_and_keeps_this_browser_in(table: Table, agency: Agency) -> None:
    """AUT-011."""
    here, there = (enter(table, agency, "DUPONTANNE", token=token).cookie for token in ("here", "there"))
    cookie = change_password(table, found(table, here), CHOICE, "fresh", NOW)
    assert not is_dead(table, cookie)
    assert is_dead(table, here)
    assert is_dead(table, there)
    assert enter(table, agency, "DUPONTANNE", NEW).cookie
    with pytest.raises(WrongCredentialsError):
        enter(table, agency, "DUPONTANNE", PASSWORD)


def test_a_new_password_ends_the_sessions_in_linked_accounts(table: Table, agency: Agency) -> None:
    save(person(OTHER, "SCILESTILLEULS", LILAS))
    link_parties(table, KEYS, CLIENT, [LinkedParty(OTHER, "SCI Les Tilleuls")])
    away = switch_account(table, found(table, enter(table, agency, "DUPONTANNE").cookie), OTHER, "away", NOW)
    change_password(table, found(table, enter(table, agency, "DUPONTANNE", token="b").cookie), CHOICE, "fresh", NOW)
    assert is_dead(table, away)


def test_the_present_password_is_asked_for_and_guessing_it_is_throttled(table: Table, agency: Agency) -> None:
    """AUT-033: a borrowed browser does not help to guess."""
    signed_in = found(table, enter(table, agency, "DUPONTANNE").cookie)
    wrong = msgspec.structs.replace(CHOICE, current="wrong")
    for _ in range(PER_LOGIN.free + 1):
        with pytest.raises(WrongCurrentPasswordError):
            change_password(table, signed_in, wrong, "t", NOW)
    with pytest.raises(TooManyAttemptsError):
        change_password(table, signed_in, CHOICE, "t", NOW)


def test_the_first_sign_in_asks_for_a_new_password_but_not_for_the_supplied_one(table: Table, agency: Agency) -> None:
    """AUT-008."""
    save(person(OTHER, "PETITLEA", LILAS, state=PasswordState.SUPPLIED))
    cookie = enter(table, agency, "PETITLEA").cookie
    with pytest.raises(SuppliedPasswordSpentError):
        enter(table, agency, "PETITLEA")
    with pytest.raises(PasswordRefusedError) as refused:
        change_password(table, found(table, cookie), NewPassword(PASSWORD, PASSWORD), "t", NOW)
    assert refused.value.failed == (Rule.NEW,)
    cookie = change_password(table, found(table, cookie), NewPassword(NEW, NEW), "fresh", NOW)
    assert not found(table, cookie).caller.must_change_password
    assert enter(table, agency, "PETITLEA", NEW).cookie


def test_a_weak_password_changes_nothing(table: Table, agency: Agency) -> None:
    cookie = enter(table, agency, "DUPONTANNE").cookie
    with pytest.raises(PasswordRefusedError) as refused:
        change_password(table, found(table, cookie), NewPassword("court", "court", PASSWORD), "t", NOW)
    assert refused.value.failed == (Rule.LENGTH, Rule.DIGIT, Rule.UPPER, Rule.SPECIAL)
    assert not is_dead(table, cookie)


def test_a_change_sent_twice_acts_once(table: Table, agency: Agency) -> None:
    signed_in = found(table, enter(table, agency, "DUPONTANNE").cookie)

    def go(token: str) -> str | PalierError:
        try:
            return change_password(table, signed_in, CHOICE, token, NOW)
        except PalierError as error:
            return error

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(go, ["one", "two"]))
    assert sorted(type(answer).__name__ for answer in answers) == ["NotSignedInError", "str"]


# ── Forgotten ───────────────────────────────────────────────────────────────────────────────────────


def test_a_mailed_link_lets_one_choose_a_password_once(table: Table, agency: Agency) -> None:
    """AUT-010."""
    old = enter(table, agency, "DUPONTANNE").cookie
    token = armed_link(table, agency)
    assert check_reset_link(table, agency, token, NOW).login == "DUPONTANNE"
    assert check_reset_link(table, agency, token, NOW).party == CLIENT
    reset_password(table, agency, token, NewPassword(NEW, NEW), NOW)
    assert is_dead(table, old)
    assert enter(table, agency, "DUPONTANNE", NEW).cookie
    with pytest.raises(DeadResetLinkError):
        reset_password(table, agency, token, NewPassword("Encore-un-9", "Encore-un-9"), NOW)


def test_the_queued_mail_holds_no_link(table: Table, agency: Agency) -> None:
    token = armed_link(table, agency)
    (row,) = mails(table)
    message = read_message(row)
    assert (message.template, message.address) == ("cli.password_reset", "dupontanne@mail.example")
    assert token.encode() not in row.body


def test_a_link_used_twice_at_once_works_once(table: Table, agency: Agency) -> None:
    token = armed_link(table, agency)

    def go(password: str) -> bool:
        try:
            reset_password(table, agency, token, NewPassword(password, password), NOW)
        except DeadResetLinkError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(go, [NEW, "Autre-choix-1"])) == [False, True]


def test_a_link_lives_sixty_minutes(table: Table, agency: Agency) -> None:
    token = armed_link(table, agency)
    assert check_reset_link(table, agency, token, NOW + dt.timedelta(minutes=59, seconds=59)).party == CLIENT
    with pytest.raises(DeadResetLinkError):
        check_reset_link(table, agency, token, NOW + dt.timedelta(minutes=60))


def test_a_link_sent_again_after_it_served_stays_dead(table: Table, agency: Agency) -> None:
    """The worker that sends mails may do so twice."""
    token = armed_link(table, agency)
    reset_password(table, agency, token, NewPassword(NEW, NEW), NOW)
    assert arm_reset_link(table)[0] == token
    with pytest.raises(DeadResetLinkError):
        check_reset_link(table, agency, token, NOW)


def test_any_new_password_kills_the_links_mailed_before(table: Table, agency: Agency) -> None:
    token = armed_link(table, agency)
    change_password(table, found(table, enter(table, agency, "DUPONTANNE").cookie), CHOICE, "t", NOW)
    with pytest.raises(DeadResetLinkError):
        check_reset_link(table, agency, token, NOW)


def test_a_link_of_one_agency_is_dead_in_another(table: Table, agency: Agency) -> None:
    other = make_agency("autre", "autre.example")
    save(person(CLIENT, "DUPONTANNE", LILAS), keys=AgencyKeys(AgencyId("autre")))
    token = armed_link(table, agency)
    with pytest.raises(DeadResetLinkError):
        check_reset_link(table, other, token, NOW)


@pytest.mark.parametrize("token", ["", "demo", "demo.", "demo.abc", "demo#x.abc", "x" * 500, "..", "demo.é"])
def test_anything_else_is_a_dead_link(table: Table, agency: Agency, token: str) -> None:
    with pytest.raises(DeadResetLinkError):
        check_reset_link(table, agency, token, NOW)


def test_nobody_is_told_whether_a_login_exists_or_has_an_address(table: Table, agency: Agency) -> None:
    save(msgspec.structs.replace(person(OTHER, "SANSMAIL", LILAS), email=""))
    ask_reset(table, agency, Forgetful("SANSMAIL", "192.0.2.1"), "n", NOW)
    ask_reset(table, agency, Forgetful("INCONNU", "192.0.2.1"), "n", NOW)
    ask_reset(table, agency, Forgetful("#", "192.0.2.1"), "n", NOW)
    assert mails(table) == []


@pytest.mark.parametrize("login", ["DUPONTANNE", "INCONNU"])
def test_asking_again_and_again_is_slowed_down_the_same_for_everybody(table: Table, agency: Agency, login: str) -> None:
    """AUT-033: nobody's mailbox is flooded."""
    for _ in range(PER_RESET.free + 1):
        ask_reset(table, agency, Forgetful(login, "192.0.2.1"), "n", NOW)
    with pytest.raises(TooManyAttemptsError):
        ask_reset(table, agency, Forgetful(login, "192.0.2.1"), "n", NOW)


def test_a_forgotten_password_does_not_wait_for_the_guesses_before_it(table: Table, agency: Agency) -> None:
    for _ in range(PER_LOGIN.free + 1):
        with pytest.raises(WrongCredentialsError):
            enter(table, agency, "DUPONTANNE", "wrong")
    reset_password(table, agency, armed_link(table, agency), NewPassword(NEW, NEW), NOW)
    assert enter(table, agency, "DUPONTANNE", NEW).cookie


# ── Temporary ───────────────────────────────────────────────────────────────────────────────────────


TEMPORARY = "B?4kmn7pqr2s"


def test_a_temporary_password_opens_nothing_until_it_is_confirmed(table: Table, agency: Agency) -> None:
    """AUT-012."""
    manager = found(table, enter(table, agency, "LEROYMARC").cookie)
    assert show_temporary_password(table, manager, CLIENT, TEMPORARY, NOW).login == "DUPONTANNE"
    with pytest.raises(WrongCredentialsError):
        enter(table, agency, "DUPONTANNE", TEMPORARY)
    client = enter(table, agency, "DUPONTANNE").cookie
    confirm_temporary_password(table, manager, CLIENT, NOW)
    assert is_dead(table, client)
    assert found(table, enter(table, agency, "DUPONTANNE", TEMPORARY).cookie).caller.must_change_password
    with pytest.raises(SuppliedPasswordSpentError):
        enter(table, agency, "DUPONTANNE", TEMPORARY)


def test_the_password_is_nowhere_in_the_table_and_the_act_is_audited(table: Table, agency: Agency) -> None:
    """AUT-013, PLT-009."""
    manager = found(table, enter(table, agency, "LEROYMARC").cookie)
    show_temporary_password(table, manager, CLIENT, TEMPORARY, NOW)
    confirm_temporary_password(table, manager, CLIENT, NOW)
    rows = [*table.query("demo#PARTY#C1").rows, *table.query("demo#AUDIT#2026-11").rows]
    assert not any(TEMPORARY.encode() in row.body for row in rows)
    assert any(b"temporary password" in row.body for row in rows)


def test_a_temporary_password_is_confirmed_once_in_time_and_by_who_saw_it(table: Table, agency: Agency) -> None:
    manager, principal = (found(table, enter(table, agency, who).cookie) for who in ("LEROYMARC", "MOREAUJULIE"))
    show_temporary_password(table, manager, CLIENT, TEMPORARY, NOW)
    with pytest.raises(DraftGoneError):
        confirm_temporary_password(table, principal, CLIENT, NOW)
    with pytest.raises(DraftGoneError):
        confirm_temporary_password(table, manager, CLIENT, NOW + dt.timedelta(minutes=15))
    confirm_temporary_password(table, manager, CLIENT, NOW)
    with pytest.raises(DraftGoneError):
        confirm_temporary_password(table, manager, CLIENT, NOW)


def test_only_who_has_every_right_gives_a_colleague_a_password(table: Table, agency: Agency) -> None:
    save(staff(PartyId("S4"), "PETITLEA", StaffRole.ACCOUNTANT))
    manager, principal, accountant = (
        found(table, enter(table, agency, who).cookie) for who in ("LEROYMARC", "MOREAUJULIE", "PETITLEA")
    )
    show_temporary_password(table, principal, STAFF, TEMPORARY, NOW)
    for who, target in ((manager, PRINCIPAL), (accountant, CLIENT)):
        with pytest.raises(ForbiddenError):
            show_temporary_password(table, who, target, TEMPORARY, NOW)
    assert stored(table, PRINCIPAL).password is PasswordState.PERSONAL
