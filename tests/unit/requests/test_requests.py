"""Plain requests and what the form becomes (REQ-002…009, TCK-034, TCK-047)."""

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.agencies.model import Agency, AgencySettings, ModuleSettings, VisibleTo
from palier.agencies.model import Contact as AgencyContact
from palier.kernel.ids import AgencyId, BuildingId, PartyId, TicketNumber
from palier.people.caller import Module, Space
from palier.portfolio.dossier import Dossier
from palier.portfolio.model import Address, Building, Lot, StaffUser
from palier.portfolio.model import Contact as Reach
from palier.requests.form import Wish, read_wish, spots
from palier.requests.model import (
    INTERVENTION,
    AlreadyAnsweredError,
    ChaseTooSoonError,
    ClientRequest,
    Person,
    RequestStatus,
    Said,
    answered,
    chased,
    check_chase,
)
from palier.requests.opening import becomes_ticket, plain_request, pre_ticket
from palier.requests.surroundings import Surroundings, manager_of, place_of, requester_of
from palier.tickets.model import Contact, TicketType, Visibility
from palier.web.forms import Problems
from tests.unit.tickets_client.people import NOW, agency, caller, tie

ME = Person("Camille Essai", PartyId("P1"), ("camille@mail.example",))
OPEN = ClientRequest(
    AgencyId("demo"), TicketNumber(3), "syndic", "Autre demande", "Badge", "Un badge de plus", "Les Lilas", NOW, ME
)
DAY = dt.timedelta(hours=24)


class Typed:
    """A form as it arrives."""

    def __init__(self, **fields: str) -> None:
        self._fields = fields

    def field(self, name: str) -> str:
        return self._fields.get(name, "")

    def fields(self, name: str) -> tuple[str, ...]:
        return (self._fields[name],) if name in self._fields else ()

    def ticked(self, name: str) -> bool:
        return bool(self.field(name))


@given(st.timedeltas(dt.timedelta(0), dt.timedelta(days=3)))
def test_one_may_chase_at_most_once_in_24_hours(later: dt.timedelta) -> None:
    """REQ-007."""
    if later < DAY:
        with pytest.raises(ChaseTooSoonError):
            check_chase(NOW, NOW + later)
    else:
        check_chase(NOW, NOW + later)


def test_the_first_chase_needs_no_wait_and_each_is_kept() -> None:
    once = chased(OPEN, "Où en est-on ?", NOW)
    with pytest.raises(ChaseTooSoonError):
        chased(once, "", NOW + DAY - dt.timedelta(seconds=1))
    twice = chased(once, "", NOW + DAY)
    assert [said.at for said in twice.said] == [NOW, NOW + DAY]


def test_an_answered_request_is_not_chased() -> None:
    """REQ-008."""
    done = answered(OPEN, Said(NOW, Person("Gestionnaire Fictive"), "C’est fait.", staff=True))
    assert done.status is RequestStatus.ANSWERED
    with pytest.raises(AlreadyAnsweredError):
        chased(done, "", NOW + DAY)


def test_a_co_owner_chooses_between_his_lots_and_the_common_parts() -> None:
    offered = spots(caller("P1", tie(lot="L1"), tie(lot="L2"), tie(building="B2", lot="L3")))
    assert [spot.value for spot in offered] == ["B1/", "B1/L1", "B1/L2", "B2/", "B2/L3"]


def test_a_renter_has_his_lot_and_nothing_else() -> None:
    assert [spot.value for spot in spots(caller("P1", space=Space.RENTER))] == ["B1/L1"]


def test_a_place_that_is_not_ones_own_is_refused() -> None:
    """ROL-026."""
    problems = Problems()
    typed = Typed(kind=INTERVENTION, place="B9/L9", title="Fuite", description="Sous l’évier")
    read_wish(typed, caller(), agency(), problems)
    assert problems.fields == {"place": "bad_choice"}


def test_each_missing_field_is_named() -> None:
    problems = Problems()
    read_wish(Typed(), caller(), agency(), problems)
    assert problems.fields == dict.fromkeys(("kind", "place", "title", "description"), "required")


def test_a_type_that_the_agency_does_not_offer_is_refused() -> None:
    problems = Problems()
    typed = Typed(kind="Prêt", place="B1/", title="Fuite", description="Sous l’évier")
    read_wish(typed, caller(), agency(), problems)
    assert problems.fields == {"kind": "bad_choice"}


def test_an_intervention_becomes_a_ticket_only_with_the_module() -> None:
    """REQ-004."""
    assert becomes_ticket(wish(INTERVENTION), agency())
    assert becomes_ticket(wish("Demande d'intervention"), agency())
    assert not becomes_ticket(wish("Autre demande"), agency())
    assert not becomes_ticket(wish(INTERVENTION), agency(enabled=False))


def wish(kind: str = INTERVENTION) -> Wish:
    return Wish(kind, spots(caller())[1], "Fuite", "Sous l’évier", urgent=True)


def around(**more: Contact | None) -> Surroundings:
    manager = Contact("Gestionnaire Fictive", PartyId("M1"), emails=("gestion@agence.example",))
    base = Surroundings(requester_of(caller(), None), place_of(wish().spot, None, None), manager)
    return msgspec.structs.replace(base, **more)


def test_a_pre_ticket_carries_who_asked_where_and_for_whom() -> None:
    """TCK-034, TCK-047, FUP-006."""
    chosen = ModuleSettings(tickets_visibility=frozenset({VisibleTo.REQUESTER, VisibleTo.COUNCIL}))
    reachable = Contact("Camille Essai", PartyId("P1"), emails=("camille@mail.example",))
    opened = pre_ticket(wish(), around(requester=reachable), "syndic", chosen, (), NOW)
    draft = opened.draft
    assert (opened.type, opened.ask, draft.source) == (TicketType.PRE, (), "extranet")
    assert draft.manager
    assert draft.manager.party == "M1"
    assert draft.notified == (reachable,)
    assert draft.original_description == draft.description == "Sous l’évier"
    assert draft.visibility == (Visibility.REQUESTER, Visibility.COUNCIL)
    assert draft.urgent


def test_somebody_who_cannot_be_reached_is_not_notified() -> None:
    nobody = Contact("Camille Essai", PartyId("P1"))
    assert pre_ticket(wish(), around(requester=nobody), "syndic", ModuleSettings(), (), NOW).draft.notified == ()


def test_a_plain_request_keeps_its_addressee() -> None:
    kept = plain_request(wish("Autre demande"), around(), "syndic", (), NOW, (AgencyId("demo"), TicketNumber(4)))
    assert kept.place == "Les Lilas – Lot 1 – Appartement"
    assert kept.addressee
    assert kept.addressee.emails == ("gestion@agence.example",)


def test_the_requester_is_reached_as_the_agency_knows_him() -> None:
    known = Dossier(PartyId("P1"), staff=StaffUser(PartyId("P1"), "Essai", contact=Reach(mobiles=("+33639980001",))))
    contact = requester_of(caller(), known)
    assert (contact.by_mail, contact.by_sms, contact.mobiles) == (False, True, ("+33639980001",))


def test_the_manager_of_the_building_is_told_else_the_agency() -> None:
    """TCK-047, REQ-005."""
    mail = AgencySettings(agency_contact=AgencyContact(email="contact@agence.example"))
    house = Agency(AgencyId("demo"), "Agence Démo", settings=mail)
    user = StaffUser(PartyId("M1"), "Fictive", "Gestionnaire", contact=Reach(("gestion@agence.example",)))
    told = manager_of(Dossier(PartyId("M1"), staff=user), PartyId("M1"), house)
    assert told
    assert told.party == "M1"
    fallback = manager_of(None, None, house)
    assert fallback
    assert fallback.emails == ("contact@agence.example",)
    assert manager_of(None, None, agency()) is None


def test_the_place_has_its_lots_address_and_door_code() -> None:
    """TCK-031, TCK-032."""
    building = Building(BuildingId("B1"), Module.GERANCE, "Les Lilas", Address("1 rue A"), door_codes=("12A", "34B"))
    spot = wish().spot
    assert spot
    assert spot.lot
    lot = Lot(spot.lot, BuildingId("B1"), "1", address=Address("Bâtiment C"), door_code="99")
    whole, own = place_of(spot, building, None), place_of(spot, building, lot)
    assert whole
    assert (whole.address, whole.door_code) == ("1 rue A", "12A, 34B")
    assert own
    assert (own.address, own.door_code) == ("Bâtiment C", "99")
