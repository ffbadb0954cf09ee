"""Who may follow which ticket (FUP-001, FUP-006, FUP-007, ROL-016, ROL-026)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.kernel.errors import NotFoundError
from palier.kernel.ids import PartyId
from palier.people.caller import Caller, CouncilRole, Space
from palier.tickets.cards import card_of
from palier.tickets.client.sight import check_follow, follows_tickets, may_follow, may_see_card
from palier.tickets.model import Contact, Ticket, TicketType, Visibility
from palier.tickets.status import Status
from tests.unit.tickets_client.people import PLACE, agency, caller, ticket, tie

MINE = Contact("Camille Essai", PartyId("P1"))

CASES = [
    ("requester", ticket(requester=MINE), caller(), True),
    ("requester elsewhere", ticket(requester=MINE, place=None), caller("P1", tie(building="B9")), True),
    ("nobody named", ticket(), caller(), False),
    ("council member", ticket(visible=(Visibility.COUNCIL,)), caller("P2", tie(council=CouncilRole.MEMBER)), True),
    ("co-owner, council only", ticket(visible=(Visibility.COUNCIL,)), caller("P2"), False),
    (
        "council of another",
        ticket(visible=(Visibility.COUNCIL,)),
        caller("P2", tie(building="B2", council=CouncilRole.MEMBER)),
        False,
    ),
    ("co-owner", ticket(visible=(Visibility.ALL_CO_OWNERS,)), caller("P2", tie(lot="L9")), True),
    ("co-owner of another", ticket(visible=(Visibility.ALL_CO_OWNERS,)), caller("P2", tie(building="B2")), False),
    (
        "renter of the lot",
        ticket(visible=(Visibility.RENTER,), module="gerance"),
        caller("P2", space=Space.RENTER),
        True,
    ),
    (
        "renter of another lot",
        ticket(visible=(Visibility.RENTER,), module="gerance"),
        caller("P2", tie(Space.RENTER, lot="L9"), space=Space.RENTER),
        False,
    ),
    (
        "landlord of the lot, renter only",
        ticket(visible=(Visibility.RENTER,), module="gerance"),
        caller("P2", space=Space.LANDLORD),
        False,
    ),
    (
        "landlord of the lot",
        ticket(visible=(Visibility.LANDLORD,), module="gerance"),
        caller("P2", space=Space.LANDLORD),
        True,
    ),
    (
        "landlord of the building",
        ticket(visible=(Visibility.LANDLORD,), module="gerance"),
        caller("P2", tie(Space.LANDLORD, lot=None), space=Space.LANDLORD),
        True,
    ),
    (
        "landlord of another lot",
        ticket(visible=(Visibility.LANDLORD,), module="gerance"),
        caller("P2", tie(Space.LANDLORD, lot="L9"), space=Space.LANDLORD),
        False,
    ),
    ("visibility of the other business", ticket(visible=(Visibility.RENTER,)), caller("P2"), False),
]


@pytest.mark.parametrize(("one", "who", "sees"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_who_sees_what(one: Ticket, who: Caller, *, sees: bool) -> None:
    assert may_follow(one, who, agency()) is sees
    assert may_see_card(card_of(one), who, agency()) is sees


def test_nothing_is_shown_while_the_agency_does_not_show_tickets() -> None:
    mine = ticket(requester=MINE)
    for closed in (agency(shown=False), agency(enabled=False)):
        assert not may_follow(mine, caller(), closed)
        assert not follows_tickets(closed, caller())


def test_pre_tickets_need_their_own_option() -> None:
    """FUP-002."""
    mine = ticket(requester=MINE, kind=TicketType.PRE, status=Status.PENDING_VALIDATION)
    assert may_follow(mine, caller(), agency(pre=True))
    assert not may_follow(mine, caller(), agency(pre=False))


def test_a_ticket_one_may_not_see_does_not_exist() -> None:
    with pytest.raises(NotFoundError):
        check_follow(ticket(), caller(), agency())


@given(st.sets(st.sampled_from(Visibility)), st.sampled_from(["syndic", "gerance"]), st.sampled_from(Space))
def test_a_stranger_to_the_building_never_sees_anything(visible: set[Visibility], module: str, space: Space) -> None:
    stranger = caller("P2", tie(space, building="B2"), space=space)
    one = ticket(visible=tuple(visible), module=module)
    assert not may_follow(one, stranger, agency())
    assert not may_see_card(card_of(one), stranger, agency())


@given(st.sets(st.sampled_from(Visibility)), st.sampled_from(["syndic", "gerance"]), st.sampled_from(Space))
def test_the_list_and_the_page_agree(visible: set[Visibility], module: str, space: Space) -> None:
    one, who = ticket(visible=tuple(visible), module=module, place=PLACE), caller("P2", space=space)
    assert may_see_card(card_of(one), who, agency()) is may_follow(one, who, agency())
