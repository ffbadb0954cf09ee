"""AUT-006: logins."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.people.logins import candidates, comparable, login_for


@pytest.mark.parametrize(
    ("last", "first", "login"),
    [
        ("Petrus", "Pierre", "PETRUSPIERRE"),
        ("de La Tour-d'Auvergne", "Zoé", "DELATOURDAUVERGNEZOE"),
        ("Lœuf", "Anaïs", "LOEUFANAIS"),
        ("SCI Les 3 Chênes", "", "SCILES3CHENES"),
        ("李", "", "CLIENT"),
    ],
)
def test_a_login_is_the_name_in_plain_capitals(last: str, first: str, login: str) -> None:
    assert login_for(last, first) == login


@given(st.text(), st.text())
def test_any_name_gives_a_login_that_can_be_typed(last: str, first: str) -> None:
    login = login_for(last, first)
    assert login.isascii()
    assert login.isalnum()
    assert comparable(login) == login.lower()


def test_a_taken_login_gets_a_number() -> None:
    assert list(islice(candidates("PETRUSPIERRE"), 3)) == ["PETRUSPIERRE", "PETRUSPIERRE2", "PETRUSPIERRE3"]


@given(st.text())
def test_case_and_blanks_do_not_count(typed: str) -> None:
    assert comparable(f" {typed} ".swapcase()) in {comparable(typed), comparable(typed.swapcase())}
    assert "#" not in comparable(typed)


def test_a_typed_login_is_read_without_case_or_blanks() -> None:
    assert comparable(" Petrus pierre ") == "petruspierre"
    assert comparable("a#b") == ""
