"""AUT-002, AUT-008, AUT-021, AUT-027, AUT-033."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

import msgspec
import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from palier.agencies.model import Agency
from palier.aws.changes import BusyError
from palier.aws.table import Table
from palier.kernel.errors import NotSignedInError, PalierError, TooManyAttemptsError
from palier.kernel.ids import PartyId
from palier.people.caller import Space, StaffRole
from palier.people.errors import SignInRefusedError, SuppliedPasswordSpentError, WrongCredentialsError
from palier.people.model import PasswordState
from palier.people.signing_in import SignedIn
from palier.people.throttling import PER_ADDRESS, PER_LOGIN
from tests.functional.people.scene import (
    CLIENT,
    HOST,
    LILAS,
    NOW,
    ORMES,
    PASSWORD,
    STAFF,
    enter,
    found,
    make_agency,
    person,
    save,
    staff,
    stored,
)

WRONG = "wrong"


@pytest.fixture
def agency(table: Table) -> Agency:
    return make_agency()


def test_who_types_login_and_password_is_signed_in(table: Table, agency: Agency) -> None:
    save(person(CLIENT, "DUPONTANNE", LILAS))
    entered = enter(table, agency, " dupontanne ")
    caller = found(table, entered.cookie).caller
    assert (caller.party, caller.space, caller.must_change_password) == (CLIENT, Space.CO_OWNER, False)
    assert stored(table).last_login == NOW


def test_the_token_itself_is_nowhere_in_the_table(table: Table, agency: Agency) -> None:
    save(person(CLIENT, "DUPONTANNE", LILAS))
    enter(table, agency, "DUPONTANNE", token="very-secret")
    rows = table.query("demo#PARTY#C1").rows
    assert not any("very-secret" in row.key.sk or b"very-secret" in row.body for row in rows)


def test_with_several_spaces_none_is_chosen_yet(table: Table, agency: Agency) -> None:
    """AUT-019."""
    save(person(CLIENT, "DUPONTANNE", LILAS, ORMES), staff(STAFF, "LEROYMARC", StaffRole.MANAGER))
    assert enter(table, agency, "DUPONTANNE").space is None
    assert enter(table, agency, "LEROYMARC").space is Space.STAFF


def refusal(table: Table, agency: Agency, login: str, password: str = WRONG) -> PalierError:
    with pytest.raises(PalierError) as caught:
        enter(table, agency, login, password)
    return caught.value


def test_a_wrong_password_and_an_unknown_login_get_the_same_answer(table: Table, agency: Agency) -> None:
    save(person(CLIENT, "DUPONTANNE", LILAS))
    for _ in range(PER_LOGIN.free + 1):
        assert type(refusal(table, agency, "DUPONTANNE")) is WrongCredentialsError
        assert type(refusal(table, agency, "NOBODY")) is WrongCredentialsError
    known, unknown = refusal(table, agency, "DUPONTANNE"), refusal(table, agency, "NOBODY")
    assert isinstance(known, TooManyAttemptsError)
    assert isinstance(unknown, TooManyAttemptsError)
    assert known.wait_seconds == unknown.wait_seconds > 0


@pytest.mark.parametrize("login", ["DUPONTANNE", "NOBODY"])
def test_both_refusals_cost_the_same_reads_and_the_same_hash(table: Table, agency: Agency, login: str) -> None:
    """So that the time of the answer does not tell whether a login exists."""
    save(person(CLIENT, "DUPONTANNE", LILAS))
    with (
        mock.patch.object(PasswordHasher, "verify", side_effect=VerificationError) as hashed,
        mock.patch.object(table, "get_many", wraps=table.get_many) as many,
        mock.patch.object(table, "get", wraps=table.get) as one,
    ):
        refusal(table, agency, login)
    assert (many.call_count, one.call_count, hashed.call_count) == (1, 1, 1)


def test_during_the_wait_even_the_right_password_is_not_looked_at(table: Table, agency: Agency) -> None:
    save(person(CLIENT, "DUPONTANNE", LILAS))
    for _ in range(PER_LOGIN.free + 1):
        refusal(table, agency, "DUPONTANNE")
    assert isinstance(refusal(table, agency, "DUPONTANNE", PASSWORD), TooManyAttemptsError)
    assert enter(table, agency, "DUPONTANNE", now=NOW + dt.timedelta(seconds=15)).cookie


def test_a_right_password_forgets_the_failures_of_the_login(table: Table, agency: Agency) -> None:
    save(person(CLIENT, "DUPONTANNE", LILAS))
    for token in ("first", "second"):
        for _ in range(PER_LOGIN.free):
            refusal(table, agency, "DUPONTANNE")
        assert enter(table, agency, "DUPONTANNE", token=token).cookie


def test_one_address_trying_many_logins_is_stopped(table: Table, agency: Agency) -> None:
    for number in range(PER_ADDRESS.free + 1):
        refusal(table, agency, f"LOGIN{number}")
    assert isinstance(refusal(table, agency, "LOGIN999"), TooManyAttemptsError)
    assert isinstance(refused_elsewhere(table, agency), WrongCredentialsError)


def refused_elsewhere(table: Table, agency: Agency) -> PalierError:
    with pytest.raises(PalierError) as caught:
        enter(table, agency, "LOGIN999", "wrong", address="198.51.100.7")
    return caught.value


def test_many_guesses_at_once_are_counted_one_by_one(table: Table, agency: Agency) -> None:
    """The counters are written with every guess, so a burst does not get more guesses than a queue."""
    save(person(CLIENT, "DUPONTANNE", LILAS))

    def guess(number: int) -> type[BaseException] | None:
        try:
            enter(table, agency, "DUPONTANNE", f"wrong-{number}")
        except PalierError as error:
            return type(error)
        return None

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(24)))
    assert answers.count(WrongCredentialsError) <= PER_LOGIN.free + 1
    assert set(answers) <= {WrongCredentialsError, TooManyAttemptsError, BusyError}


def test_two_sign_ins_at_once_both_work(table: Table, agency: Agency) -> None:
    save(person(CLIENT, "DUPONTANNE", LILAS))
    with ThreadPoolExecutor(2) as pool:
        entered = list(pool.map(lambda n: enter(table, agency, "DUPONTANNE", token=f"token{n}"), range(2)))
    assert all(found(table, one.cookie).caller.party == CLIENT for one in entered)


def test_a_whole_office_signs_in_at_nine_from_one_address(table: Table, agency: Agency) -> None:
    """AUT-033: right passwords do not queue behind the counter of their address."""
    colleagues = [staff(PartyId(f"M{n}"), f"COLLEGUE{n}", StaffRole.MANAGER) for n in range(8)]
    save(*colleagues)
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda one: enter(table, agency, one.login), colleagues))
    assert len({one.cookie for one in opened}) == 8


def test_a_supplied_password_opens_exactly_one_session_even_when_raced(table: Table, agency: Agency) -> None:
    """AUT-008."""
    save(person(CLIENT, "DUPONTANNE", LILAS, state=PasswordState.SUPPLIED))

    def go(number: int) -> SignedIn | PalierError:
        try:
            return enter(table, agency, "DUPONTANNE", token=f"token{number}")
        except PalierError as error:
            return error

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(go, range(3)))
    (entered,) = [answer for answer in answers if isinstance(answer, SignedIn)]
    others = [answer for answer in answers if isinstance(answer, PalierError)]
    assert all(isinstance(answer, SuppliedPasswordSpentError) for answer in others)
    assert found(table, entered.cookie).caller.must_change_password


def test_an_unpublished_account_is_told_to_contact_the_agency_only_with_its_password(
    table: Table, agency: Agency
) -> None:
    """AUT-021."""
    save(msgspec.structs.replace(person(CLIENT, "DUPONTANNE", LILAS), allowed=False))
    assert isinstance(refusal(table, agency, "DUPONTANNE"), WrongCredentialsError)
    assert isinstance(refusal(table, agency, "DUPONTANNE", PASSWORD), SignInRefusedError)


def test_a_client_without_any_tie_is_refused(table: Table, agency: Agency) -> None:
    save(person(CLIENT, "DUPONTANNE"))
    assert isinstance(refusal(table, agency, "DUPONTANNE", PASSWORD), SignInRefusedError)


def test_a_closed_portal_refuses_clients_and_lets_staff_in(table: Table, agency: Agency) -> None:
    """AUT-020."""
    save(person(CLIENT, "DUPONTANNE", LILAS), staff(STAFF, "LEROYMARC", StaffRole.MANAGER))
    settings = msgspec.structs.replace(agency.settings, documents_enabled=False)
    closed = msgspec.structs.replace(agency, settings=settings)
    assert isinstance(refusal(table, closed, "DUPONTANNE", PASSWORD), SignInRefusedError)
    assert enter(table, closed, "LEROYMARC").space is Space.STAFF


def test_a_login_of_one_agency_opens_nothing_in_another(table: Table, agency: Agency) -> None:
    """PLT-003."""
    save(person(CLIENT, "DUPONTANNE", LILAS))
    other = make_agency("autre", "autre.example")
    assert isinstance(refusal(table, other, "DUPONTANNE", PASSWORD), WrongCredentialsError)
    cookie = enter(table, agency, "DUPONTANNE").cookie
    with pytest.raises(NotSignedInError):
        found(table, cookie.replace("demo.", "autre."))
    with pytest.raises(NotSignedInError):
        found(table, cookie, host="autre.example")
    assert found(table, cookie, host=HOST).caller.party == CLIENT
