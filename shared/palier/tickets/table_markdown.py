"""The transition table as Markdown, to be held against section 38. ``table.md`` is made by it and checked by a test."""

from palier.tickets.status import Status
from palier.tickets.table import NEW, OPEN, ROWS, Arm, Cancel, Row


def as_markdown() -> str:
    """Return the whole table."""
    head = (
        "# What may happen to a ticket",
        "",
        "Made from `table.py` by `python -m infra.tables`; a test keeps it true. One row is one row of section 38.",
        "",
        "| Section | Event (by) | In status | Next | Messages | Timers |",
        "|---|---|---|---|---|---|",
    )
    return "\n".join((*head, *(_line(row) for row in ROWS), ""))


def _line(row: Row) -> str:
    messages = "; ".join(f"`{one.template}`{'+S' if one.sms else ''} to {one.to.value}" for one in row.tell)
    timers = ", ".join(_timer(one) for one in row.timers)
    then = f"`{row.then}`" if row.then else "same"
    unread = ", unread" if row.unread else ""
    who = ", ".join(one.value for one in row.by)
    return (
        f"| {row.section} | {row.event} ({who}) | {_when(row)} | {then}{unread} | {messages or '–'} | {timers or '–'} |"
    )


def _when(row: Row) -> str:
    if row.when == NEW:
        return "–"
    if set(row.when) >= set(OPEN) - {Status.PENDING_VALIDATION}:
        return "any open" if Status.PENDING_VALIDATION in row.when else "any open but pre-tickets"
    return ", ".join(f"`{one}`" for one in row.when)


def _timer(rule: Arm | Cancel) -> str:
    if isinstance(rule, Arm):
        return f"arm `t.{rule.kind}`"
    return "cancel " + (", ".join(f"`t.{one}`" for one in rule.kinds) or "all")
