"""AUT-006, AUT-015, AUT-019, AUT-021: what publication makes of an account."""

from hypothesis import given
from hypothesis import strategies as st

from palier.kernel.ids import BuildingId, LotId, PartyId
from palier.people.accounts import (
    account_as_staff,
    account_as_supplier,
    account_closed,
    account_open,
    account_with_ties,
    new_account,
)
from palier.people.caller import Module, Space, StaffRole, Tie
from palier.people.model import MOST_TIES, SPACE_ORDER, PasswordState

NOBODY = new_account(PartyId("P1"), "PETRUSPIERRE", "Pierre Petrus")
CLIENTS = st.sampled_from([Space.CO_OWNER, Space.LANDLORD, Space.RENTER])
TIES = st.lists(
    st.builds(
        Tie,
        CLIENTS,
        st.sampled_from(["B1", "B2"]).map(BuildingId),
        st.just("Les Lilas"),
        st.integers(1, 99).map(lambda number: LotId(f"L{number}")),
    ),
    max_size=80,
)


@given(TIES, st.booleans(), st.sampled_from([None, *StaffRole]))
def test_the_spaces_are_exactly_those_that_something_opens(
    ties: list[Tie],
    supplier: bool,
    role: StaffRole | None,
) -> None:
    account = account_as_supplier(account_with_ties(account_as_staff(NOBODY, role, Module), ties), supplier=supplier)
    expected = {tie.space for tie in ties}
    expected |= {Space.SUPPLIER} if supplier else set()
    expected |= {Space.STAFF} if role else set()
    assert set(account.spaces) == expected
    assert list(account.spaces) == sorted(account.spaces, key=SPACE_ORDER.index)


@given(TIES)
def test_ties_beyond_the_limit_are_left_to_the_table_and_said_so(ties: list[Tie]) -> None:
    account = account_with_ties(NOBODY, ties)
    assert account.ties == tuple(ties[:MOST_TIES])
    assert account.more_ties is (len(ties) > MOST_TIES)


@given(TIES)
def test_the_order_of_publications_does_not_matter(ties: list[Tie]) -> None:
    one = account_with_ties(account_as_staff(NOBODY, StaffRole.MANAGER, Module), ties)
    other = account_as_staff(account_with_ties(NOBODY, ties), StaffRole.MANAGER, Module)
    assert one == other


def test_rights_end_with_the_ties() -> None:
    """ROL-008, DOC-034: nothing stays of what is no longer published."""
    tied = account_with_ties(NOBODY, [Tie(Space.CO_OWNER, BuildingId("B1"), "Les Lilas")])
    assert account_with_ties(tied, []) == NOBODY


def test_closing_an_account_ends_its_sessions_and_opening_it_does_not_revive_them() -> None:
    """AUT-021."""
    closed = account_closed(NOBODY)
    assert (closed.allowed, closed.epoch) == (False, NOBODY.epoch + 1)
    assert account_open(closed).epoch == closed.epoch


def test_a_new_account_without_password_opens_nothing() -> None:
    """AUT-028."""
    assert NOBODY.password is PasswordState.NONE
    assert NOBODY.must_change_password
