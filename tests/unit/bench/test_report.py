"""From figures to verdicts: which bar holds for what."""

from infra.bench import peers, report
from infra.bench.results import (
    CREATE,
    LARGE,
    LIST,
    SMALL,
    TICKET,
    ColdStart,
    Counted,
    Found,
    Kind,
    MailsIn,
    Measured,
    Rate,
    Reading,
    Wait,
)
from infra.bench.statistics import Spread

QUICK = Measured(200, 10, 210, 3, 40)
SLOW = Measured(400, 10, 410, 9, 60)
MAILS = MailsIn((Reading(0, 0.5), Reading(SMALL, 1), Reading(LARGE, 10)), 20, 6.0, 1)


def counted(kind: Kind, reads: int = 2, transactions: int = 1, single: int = 0) -> Counted:
    """Return something counted."""
    return Counted(f"{kind} {reads} {transactions} {single}", kind, "f", reads, transactions, single, 1, 1, {}, 1)


def found(*waits: Wait) -> Found:
    """Return what a local cloud said."""
    return Found(waits, (Rate(LIST, 50.0),), MAILS, ())


def test_only_pages_are_held_against_the_cold_bars() -> None:
    starts = [ColdStart("page", "f", page=True, shipped=QUICK, naive=SLOW), ColdStart("api", "f", False, SLOW, None)]
    assert all(verdict.met for verdict in report.cold_verdicts(starts) if verdict)


def test_a_slow_page_misses_all_three_and_is_named() -> None:
    verdicts = list(report.cold_verdicts([ColdStart("home", "f", page=True, shipped=SLOW, naive=None)]))
    assert [(one.met, one.worst) for one in verdicts if one] == [(False, "home")] * 3


def test_a_creation_may_take_its_number_and_no_other_command_may_write_twice() -> None:
    fine, wrong = counted(Kind.CREATION, single=1), counted(Kind.COMMAND, single=1)
    missed = [one.worst for one in report.reads_verdicts([fine, wrong]) if not one.met]
    assert missed == [wrong.name]


def test_every_page_with_a_third_read_has_a_line_of_its_own() -> None:
    pages = [counted(Kind.PAGE, reads) for reads in (1, 3, 4)]
    missed = [one.worst for one in report.reads_verdicts(pages) if not one.met]
    assert missed == [pages[1].name, pages[2].name]


def test_workers_have_no_bar() -> None:
    assert all(one.met for one in report.reads_verdicts([counted(Kind.WORKER, 9, 9, 9)]))


def test_a_list_that_grows_with_the_agency_is_not_flat() -> None:
    waits = (Wait(LIST, 1_000, Spread(10, 12, 9)), Wait(LIST, 10_000, Spread(20, 22, 9)))
    verdicts = [one for one in report.local_verdicts(found(*waits)) if one]
    assert [one.name for one in verdicts if not one.met] == [f"{LIST}, growth of p50"]


def test_ours_stand_beside_the_peers_at_their_number_of_tickets() -> None:
    waits = [
        Wait(name, size, Spread(size / 1000, size / 500, 9))
        for name in (LIST, TICKET, CREATE)
        for size in (10_000, 100_000)
    ]
    line = next(line for line in report.local_tables(found(*waits)).splitlines() if line.startswith("agent list"))
    assert "10/20" in line
    assert all(theirs in line for theirs in peers.WAITS[1].theirs if theirs)


def test_tables_show_every_request_and_package() -> None:
    text = report.cold_table([ColdStart("home", "client_portal", page=True, shipped=QUICK, naive=SLOW)])
    assert "home" in text
    assert "2.0" in text  # so many times the naive package's
