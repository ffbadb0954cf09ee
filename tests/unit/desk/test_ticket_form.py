"""Reading the ticket form: what a manager types becomes a draft, and every mistake is named at its field (TCK)."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.agencies.model import ModuleSettings
from palier.kernel.delays import DelayUnit
from palier.kernel.errors import InvalidInputError
from palier.kernel.ids import BuildingId, PartyId
from palier.people.caller import Module, StaffRole
from palier.portfolio.choices import BuildingChoice, Directory, StaffChoice, SupplierChoice
from palier.portfolio.model import Contact as Reach
from palier.tickets.model import Draft, TicketType, Visibility
from palier.tickets.staff.form import Desk, Filled, read_ticket_form
from palier.tickets.staff.form_page import proposed
from tests.unit.tickets.builders import MONDAY, draft

PARIS = ZoneInfo("Europe/Paris")
DIRECTORY = Directory(
    buildings=(BuildingChoice(BuildingId("B1"), Module.SYNDIC, "Les Lilas", "1 rue du Test, 75000 Paris"),),
    suppliers=(
        SupplierChoice(PartyId("S1"), "Plomberie", ("Plomberie",), Reach(("a@s.example",), ("+33639980001",))),
        SupplierChoice(PartyId("S2"), "Sans adresse"),
    ),
    staff=(StaffChoice(PartyId("M1"), "Claire", StaffRole.MANAGER, email="claire@agence.example"),),
)
GOOD = {
    "kind": "ODS",
    "place": "B1",
    "assigned": "M1",
    "source": "phone",
    "request_date": "2026-09-21",
    "request_time": "10:00",
    "subject": "Fuite",
    "description": "Au 3e étage",
    "supplier.0.id": "S1",
    "supplier.0.by_email": "1",
    "reminder_ods.amount": "7",
    "reminder_ods.unit": "days",
    "reminder_ods.at_most": "3",
}


class Typed:
    """A form as somebody typed it."""

    def __init__(self, values: dict[str, str], several: dict[str, tuple[str, ...]] | None = None) -> None:
        self._values, self._several = values, several or {}

    def field(self, name: str) -> str:
        return self._values.get(name, "").strip()

    def fields(self, name: str) -> tuple[str, ...]:
        return self._several.get(name, (self.field(name),) if self.field(name) else ())

    def ticked(self, name: str) -> bool:
        return bool(self.field(name))


class Ids:
    """Always the same."""

    def new(self) -> str:
        return "e1"


def read(before: Draft | None = None, **changes: str) -> Filled:
    values = {**GOOD, **{name.replace("__", "."): value for name, value in changes.items()}}
    desk = Desk("syndic", DIRECTORY, MONDAY, PARIS, Ids(), before)
    return read_ticket_form(Typed(values), desk)


def wrong(**changes: str) -> dict[str, str]:
    with pytest.raises(InvalidInputError) as refused:
        read(None, **changes)
    return refused.value.fields


def test_a_good_form_makes_an_order() -> None:
    filled = read()
    assert filled.type is TicketType.ODS
    assert filled.draft.place is not None
    assert filled.draft.place.address == "1 rue du Test, 75000 Paris"
    assert filled.draft.manager is not None
    assert filled.draft.manager.emails == ("claire@agence.example",)
    assert filled.draft.requested_at == dt.datetime(2026, 9, 21, 8, 0, tzinfo=dt.UTC)
    assert filled.ask[0].supplier.emails == ("a@s.example",)
    assert (filled.draft.delays.ods.amount, filled.draft.delays.ods.unit) == (7, DelayUnit.DAYS)
    assert filled.draft.visibility == (Visibility.REQUESTER,)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"subject": ""}, "subject", "required"),
        ({"description": ""}, "description", "required"),
        ({"subject": "x" * 151}, "subject", "too_long"),
        ({"place": ""}, "place", "required"),
        ({"place": "B9"}, "place", "bad_choice"),
        ({"assigned": "X"}, "assigned", "bad_choice"),
        ({"source": ""}, "source", "required"),
        ({"source": "other"}, "source_other", "required"),
        ({"request_date": "hier"}, "request_date", "bad_date"),
        ({"request_time": "25:00"}, "request_time", "bad_time"),
        ({"supplier__0__id": ""}, "supplier.0.id", "required"),
        ({"supplier__0__id": "S9"}, "supplier.0.id", "bad_choice"),
        ({"supplier__0__id": "S2"}, "supplier.0.email", "no_contact"),
        ({"supplier__0__by_email": ""}, "supplier.0.email", "no_contact"),
        ({"supplier__0__email": "pas une adresse"}, "supplier.0.email", "bad_email"),
        ({"notified__0__name": "Sacha"}, "notified.0.email", "no_contact"),
        ({"contact_name": "Gardien", "contact_warn_email": "1"}, "contact_email", "no_contact"),
        ({"reminder_ods__amount": "-1"}, "reminder_ods.amount", "bad_delay"),
        ({"reminder_ods__amount": "999"}, "reminder_ods.amount", "bad_delay"),
        ({"reminder_ods__at_most": "x"}, "reminder_ods.at_most", "bad_delay"),
    ],
)
def test_each_mistake_is_named_at_its_field(change: dict[str, str], field: str, code: str) -> None:
    assert wrong(**change)[field] == code


def test_all_mistakes_are_said_at_once() -> None:
    assert set(wrong(subject="", place="", source="")) == {"subject", "place", "source"}


def test_two_suppliers_on_one_order_are_refused_for_now() -> None:
    assert "supplier.1.id" in wrong(supplier__1__id="S1", supplier__1__by_email="1")


def test_a_pre_ticket_needs_no_supplier() -> None:
    """TCK-006, TCK-026."""
    filled = read(kind="PRE", supplier__0__id="")
    assert (filled.type, filled.ask) == (TicketType.PRE, ())


def test_a_supplier_typed_by_hand() -> None:
    filled = read(supplier__0__id="", supplier__0__name="Artisan", supplier__0__email="x@a.example; y@a.example")
    assert filled.ask[0].supplier.emails == ("x@a.example", "y@a.example")
    assert filled.ask[0].supplier.party is None


def test_his_data_may_be_corrected_for_this_ticket_only() -> None:
    filled = read(supplier__0__email="autre@s.example", supplier__0__comment="Sonner au 12")
    assert filled.ask[0].supplier.emails == ("autre@s.example",)
    assert filled.ask[0].supplier.comment == "Sonner au 12"
    assert DIRECTORY.suppliers[0].contact.emails == ("a@s.example",)


def test_a_new_source_is_kept_under_its_name() -> None:
    """TCK-013."""
    assert read(source="other", source_other="Gardien").draft.source == "other:Gardien"


def test_validation_keeps_what_the_request_brought() -> None:
    before = draft(source="email", original_description="Ça coule", original_mail="mail/1")
    filled = read(
        before, place="=", source="", requester="requester", notified__0__id="requester", notified__0__by_email="1"
    )
    assert filled.draft.place == before.place
    assert filled.draft.requester == before.requester
    assert filled.draft.original_description == "Ça coule"
    assert (filled.draft.source, filled.draft.original_mail) == ("email", "mail/1")
    assert filled.draft.notified[0].name == before.requester.name  # type: ignore[union-attr]


def test_what_is_proposed_can_be_sent_back_as_it_is() -> None:
    """The validation form needs only a supplier."""
    before = draft(source="email")
    values = proposed(before, ModuleSettings(), "M1", MONDAY, PARIS)
    typed = {name: given[0] for name, given in values.items()} | {"supplier.0.id": "S1", "assigned": "M1"}
    filled = read_ticket_form(Typed(typed, dict(values)), Desk("syndic", DIRECTORY, MONDAY, PARIS, Ids(), before))
    assert filled.draft.subject == before.subject
    assert filled.draft.notified
    assert filled.draft.delays.ods.at_most == 3


@given(st.dictionaries(st.sampled_from([*GOOD, "when", "contact_name", "visibility", "silent"]), st.text(max_size=30)))
def test_whatever_is_typed_it_is_read_or_named(typed: dict[str, str]) -> None:
    desk = Desk("syndic", DIRECTORY, MONDAY, PARIS, Ids())
    try:
        filled = read_ticket_form(Typed(GOOD | typed), desk)
    except InvalidInputError as refused:
        named = set(refused.fields)
    else:
        named = {filled.draft.subject}
    assert named
