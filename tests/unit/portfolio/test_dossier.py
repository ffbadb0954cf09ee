"""What a person may reach follows from what is published of him, and from nothing else (ROL-026, PUB-006)."""

import msgspec

from palier.kernel.ids import BuildingId, LotId, PartyId
from palier.people.caller import CouncilRole, Module, Space
from palier.portfolio.dossier import Dossier, Holding, Place, PlaceRole, needs_login, spaces, ties
from palier.portfolio.links import LedgerAccount
from palier.portfolio.model import Contact, Party, StaffUser, Supplier

ME = PartyId("P1")
SYNDIC = Place(BuildingId("B1"), "Les Exemples", Module.SYNDIC, LotId("L1"), "Lot 1")
LET = Place(BuildingId("B2"), "Le Modèle", Module.GERANCE, LotId("L2"), "Lot 2")
OWNS = Holding("O1", PlaceRole.OWNER, SYNDIC)
LETS = Holding("O2", PlaceRole.OWNER, LET)
RENTS = Holding("T1", PlaceRole.RENTER, LET)
SITS = Holding("C1", PlaceRole.COUNCIL, Place(BuildingId("B1"), "", Module.SYNDIC), council=CouncilRole.MEMBER)
replace = msgspec.structs.replace


def dossier(*holdings: Holding, published: tuple[Space, ...] = ()) -> Dossier:
    accounts = tuple(LedgerAccount(f"A{space}", ME, space, published=True) for space in published)
    return Dossier(ME, party=Party(ME, "Mésange"), holdings=holdings, accounts=accounts)


def test_nothing_is_reached_without_a_published_account() -> None:
    """AUT-021."""
    assert ties(dossier(OWNS, LETS, RENTS)) == ()
    assert not needs_login(dossier(OWNS))


def test_owner_is_co_owner_in_a_condominium_and_landlord_elsewhere() -> None:
    reached = ties(dossier(OWNS, LETS, published=(Space.CO_OWNER, Space.LANDLORD)))
    assert {(tie.space, tie.lot) for tie in reached} == {(Space.CO_OWNER, "L1"), (Space.LANDLORD, "L2")}


def test_account_of_one_kind_opens_no_other_kind() -> None:
    assert spaces(dossier(OWNS, RENTS, published=(Space.RENTER,))) == {Space.RENTER}


def test_account_of_one_building_opens_no_other_building() -> None:
    other = replace(OWNS, id="O3", place=replace(SYNDIC, building=BuildingId("B9")))
    account = LedgerAccount("A1", ME, Space.CO_OWNER, BuildingId("B9"), published=True)
    one = Dossier(ME, party=Party(ME, "Mésange"), holdings=(OWNS, other), accounts=(account,))
    assert [tie.building for tie in ties(one)] == ["B9"]


def test_unpublished_account_opens_nothing() -> None:
    """PUB-024."""
    account = LedgerAccount("A1", ME, Space.CO_OWNER, published=False)
    one = Dossier(ME, party=Party(ME, "Mésange"), holdings=(OWNS,), accounts=(account,))
    assert ties(one) == ()


def test_sold_lot_is_no_longer_reached() -> None:
    """PUB-022."""
    assert ties(dossier(replace(OWNS, ended=True), published=(Space.CO_OWNER,))) == ()


def test_council_member_is_one_in_his_building_only() -> None:
    """ROL-008, ROL-025."""
    other = replace(OWNS, id="O3", place=replace(SYNDIC, building=BuildingId("B9")))
    reached = ties(dossier(OWNS, other, SITS, published=(Space.CO_OWNER,)))
    assert {tie.building: tie.council for tie in reached} == {"B1": CouncilRole.MEMBER, "B9": CouncilRole.NONE}


def test_council_rights_end_with_the_mandate() -> None:
    reached = ties(dossier(OWNS, replace(SITS, ended=True), published=(Space.CO_OWNER,)))
    assert [tie.council for tie in reached] == [CouncilRole.NONE]


def test_council_seat_without_a_lot_gives_nothing() -> None:
    assert ties(dossier(SITS, published=(Space.CO_OWNER,))) == ()


def test_president_stays_president_when_he_is_listed_as_member_too() -> None:
    chairs = replace(SITS, id="C0", council=CouncilRole.PRESIDENT)
    for seats in ((SITS, chairs), (chairs, SITS)):
        (tie,) = ties(dossier(OWNS, *seats, published=(Space.CO_OWNER,)))
        assert tie.council is CouncilRole.PRESIDENT


def test_staff_user_needs_no_account_and_a_supplier_does() -> None:
    """AUT-004, AUT-023."""
    staff = Dossier(ME, staff=StaffUser(ME, "Huppe"))
    supplier = Dossier(ME, supplier=Supplier(ME, "Plomberie Fictive"))
    account = LedgerAccount("A1", ME, Space.SUPPLIER, published=True)
    assert spaces(staff) == {Space.STAFF}
    assert needs_login(staff)
    assert spaces(supplier) == frozenset()
    assert spaces(replace(supplier, accounts=(account,))) == {Space.SUPPLIER}


def test_contact_is_that_of_the_first_record_that_has_one() -> None:
    reached = Contact(emails=("a@b.example",))
    one = Dossier(ME, party=Party(ME, "Mésange"), staff=StaffUser(ME, "Mésange", contact=reached))
    assert one.contact == reached
    assert Dossier(ME).contact == Contact()
