"""What the sections found, as tables and verdicts. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from infra.bench import bars, peers
from infra.bench.bars import Verdict, worst_of
from infra.bench.cost import Bill, Line
from infra.bench.layout import Cell, table
from infra.bench.prices import AS_OF
from infra.bench.results import CREATE, LARGE, LIST, SMALL, TICKET, ColdStart, Counted, Found, Kind, Measured

_MET, _MISSED = "met", "MISSED"


def cold_table(found: Sequence[ColdStart]) -> str:
    """Return section 1."""
    heads = (
        "request",
        "function",
        "INIT",
        "first",
        "cold",
        "warm",
        "MB",
        "naive cold",
        "naive warm",
        "naive MB",
        "×",
        "Minstr",
    )
    rows = [_cold_row(one) for one in found]
    return table("1. Cold and warm, CPU ms under AWS's runtime client, as shipped and naively packed", heads, rows)


def _cold_row(one: ColdStart) -> tuple[Cell, ...]:
    ours, naive = one.shipped, one.naive
    times = round(naive.cold / ours.cold, 1) if naive else None
    beside = (naive.cold, naive.warm, naive.peak) if naive else (None, None, None)
    return (
        one.name,
        one.function,
        *(ours.init, ours.first, ours.cold, ours.warm, ours.peak),
        *beside,
        times,
        _instructions(ours),
    )


def _instructions(ours: Measured) -> str | None:
    if ours.cold_instructions is None or ours.warm_instructions is None:
        return None
    return f"{ours.cold_instructions:.0f} + {ours.warm_instructions:.1f}"


def cold_verdicts(found: Sequence[ColdStart]) -> Iterator[Verdict | None]:
    """Hold the pages against their bars."""
    pages = {one.name: one.shipped for one in found if one.page}
    yield worst_of(
        "page, cold (INIT + first), CPU ms", bars.PORTAL_COLD_MS, {name: one.cold for name, one in pages.items()}
    )
    yield worst_of("page, peak memory, MB", bars.PORTAL_PEAK_MB, {name: one.peak for name, one in pages.items()})
    yield worst_of("page, warm, CPU ms", bars.PORTAL_WARM_MS, {name: one.warm for name, one in pages.items()})


def reads_table(counted: Sequence[Counted]) -> str:
    """Return section 2."""
    heads = (
        "what",
        "kind",
        "reads",
        "transactions",
        "other writes",
        "read units",
        "write units",
        "CPU ms",
        "other services",
    )
    rows = [_counted_row(one) for one in counted]
    note = "\nA creation also takes its number: one more write, of one unit. No bar is set for workers: nobody waits.\n"
    return table("2. DynamoDB requests and units, and warm CPU time in this process", heads, rows) + note


def _counted_row(one: Counted) -> tuple[Cell, ...]:
    others = ", ".join(f"{times} {name}" for name, times in one.others.items())
    return (
        *(one.name, str(one.kind), one.reads, one.transactions, one.single_writes),
        *(one.read_units, one.write_units, one.cpu_ms, others),
    )


def reads_verdicts(counted: Sequence[Counted]) -> Iterator[Verdict]:
    """Hold pages and commands against their bars, each that misses one by itself."""
    pages = [one for one in counted if one.kind is Kind.PAGE]
    commands = [one for one in counted if one.kind in {Kind.COMMAND, Kind.CREATION}]
    yield from _each("page, reads", bars.PAGE_READS, {one.name: one.reads for one in pages})
    yield from _each("command, reads", bars.COMMAND_READS, {one.name: one.reads for one in commands})
    yield from _each(
        "command, transactions", bars.COMMAND_TRANSACTIONS, {one.name: one.transactions for one in commands}
    )
    single = {one.name: one.single_writes - (one.kind is Kind.CREATION) for one in commands}
    yield from _each("command, writes outside the transaction", 0, single)


def _each(name: str, bar: float, measured: dict[str, int]) -> Iterator[Verdict]:
    missed = [Verdict(name, value, bar, one) for one, value in measured.items() if value > bar]
    met = worst_of(name, bar, {one: float(value) for one, value in measured.items() if value <= bar})
    yield from missed or ([met] if met else [])


def local_tables(found: Found) -> str:
    """Return section 3, beside the peers."""
    waits = [(one.name, one.tickets, one.ms.p50, one.ms.p95, one.ms.tries) for one in found.waits]
    rates = [(f"{one.name}, 8 clients", round(one.a_second, 1)) for one in found.rates]
    mails = [(f"reading a mail of {one.size // 1000} kB, CPU ms", one.cpu_ms) for one in found.mails.readings]
    more: list[tuple[Cell, ...]] = [
        *rates,
        *mails,
        (f"mails taken in a second, SMTP to pre-ticket, {found.mails.mails} at once", found.mails.a_second),
        ("tickets of one mail sent twice", found.mails.from_twice),
    ]
    return "\n".join(
        (
            table(
                "3. On the local cloud: waiting times, ms, one client",
                ("what", "tickets", "p50", "p95", "tries"),
                waits,
            ),
            table("   Rates and mails", ("what", "measured"), more),
            _beside_peers(found),
            peers.FAIRNESS + "\n",
        )
    )


def _beside_peers(found: Found) -> str:
    most = {one.name: f"{one.ms.p50:.0f}/{one.ms.p95:.0f}" for one in found.waits if one.tickets <= 10_000}  # noqa: PLR2004 - the peers' number
    rates = {one.name: f"{one.a_second:.1f}" for one in found.rates}
    readings = {str(one.size): f"{one.cpu_ms:.1f} (reading)" for one in found.mails.readings}
    ours = ((peers.WAITS, most), (peers.READINGS, readings), (peers.RATES, rates))
    rows = [(one.work, values.get(one.ours), *one.theirs) for several, values in ours for one in several]
    twice = (peers.TWICE.work, str(found.mails.from_twice), *peers.TWICE.theirs)
    return table("   Beside three helpdesks, 10,000 tickets", ("work", "Palier", *peers.PEERS), [*rows, twice])


def local_verdicts(found: Found) -> Iterator[Verdict | None]:
    """Hold the local cloud against its bars."""
    names = ((CREATE, bars.CREATE_P95_MS), (LIST, bars.LIST_P95_MS), (TICKET, bars.TICKET_P95_MS))
    for name, bar in names:
        measured = {f"{one.tickets} tickets": one.ms.p95 for one in found.waits if one.name == name}
        yield worst_of(f"{name}, p95 ms", bar, measured)
    lists = [one for one in found.waits if one.name == LIST]
    if len(lists) > 1:
        growth = f"{lists[0].tickets} to {lists[-1].tickets} tickets"
        yield Verdict(f"{LIST}, growth of p50", round(lists[-1].ms.p50 / lists[0].ms.p50, 2), bars.FLAT, growth)
    readings = {one.size: one.cpu_ms for one in found.mails.readings}
    yield Verdict("mail of 100 kB, CPU ms", readings[SMALL], bars.MAIL_100_KB_MS)
    yield Verdict("mail of 5 MB, CPU ms", readings[LARGE], bars.MAIL_5_MB_MS)
    yield Verdict("tickets of one mail sent twice", found.mails.from_twice, bars.TICKETS_OF_ONE_MAIL)


def cost_table(made: Bill) -> str:
    """Return section 4."""
    lines = (*made.lines, Line("together", 0, "", made.usd))
    rows = [(line.what, round(line.quantity, 2) or None, line.unit, f"{line.usd:.3f}") for line in lines]
    missing = f"\nNot counted, so not in it: {', '.join(made.missing)}\n" if made.missing else ""
    note = "\nWithout SMS (0.075 each) and without what a month costs by itself: domain, alarms, the sweeper.\n"
    title = f"4. AWS, 1,000 tickets from first mail to closing, USD (prices of {AS_OF}, from memory)"
    return table(title, ("what", "quantity", "unit", "USD"), rows) + note + missing


def verdict_table(verdicts: Sequence[Verdict]) -> str:
    """Return every bar, with who decides it."""
    rows = [(one.name, one.measured, one.bar, _MET if one.met else _MISSED, one.worst) for one in verdicts]
    return table("Bars", ("bar", "measured", "at most", "verdict", "decided by"), rows)
