"""The transition table held against section 38.1 and against itself."""

from infra.tables import TICKETS
from palier.tickets.facts import Fact
from palier.tickets.status import STATUSES, Colour, Status, Tab
from palier.tickets.table import ROWS
from palier.tickets.table_markdown import as_markdown


def test_the_written_table_is_the_one_in_the_code() -> None:
    assert TICKETS.read_text(encoding="utf-8") == as_markdown(), "run: python -m infra.tables"


def test_every_status_of_38_1_has_its_row() -> None:
    assert set(STATUSES) == set(Status)


def test_blue_means_the_manager_and_red_means_nobody() -> None:
    """TLI-006."""
    for status, row in STATUSES.items():
        if row.colour is Colour.RED:
            assert row.waiting_on == "nobody", status
        if row.colour is Colour.BLUE:
            assert row.waiting_on == "manager", status


def test_waiting_tabs_hold_what_38_1_says() -> None:
    tabs = {status for status, row in STATUSES.items() if row.tab not in {Tab.OPEN, Tab.ALL}}
    assert tabs == {
        Status.PENDING_VALIDATION,
        Status.APPOINTMENT_PROPOSED,
        Status.QUOTE_RECEIVED,
        Status.INVOICE_RECEIVED,
        Status.CLOSED,
    }


def test_every_fact_has_a_row_and_every_row_a_fact() -> None:
    facts = set(Fact.__args__)
    assert {row.fact for row in ROWS} == facts


def test_a_row_is_never_hidden_by_the_one_above_it() -> None:
    """The first row that fits wins: without a condition, an earlier row must not cover a later one."""
    for index, later in enumerate(ROWS):
        for earlier in ROWS[:index]:
            covers = earlier.fact is later.fact and set(earlier.by) >= set(later.by)
            assert not (covers and earlier.only_if is None and set(earlier.when) & set(later.when)), later.event
