"""The bars that the product must meet, and who meets them. Pure."""

from __future__ import annotations

from typing import NamedTuple

PORTAL_COLD_MS, PORTAL_PEAK_MB, PORTAL_WARM_MS = 300.0, 50.0, 6.0
PAGE_READS, COMMAND_READS, COMMAND_TRANSACTIONS = 2, 2, 1
CREATE_P95_MS, LIST_P95_MS, TICKET_P95_MS = 20.0, 25.0, 25.0
MAIL_100_KB_MS, MAIL_5_MB_MS = 30.0, 200.0
TICKETS_OF_ONE_MAIL = 1
FLAT = 1.5  # the list of the largest agency takes at most this many times the smallest's


class Verdict(NamedTuple):
    """What was measured beside its bar; ``measured`` is the worst when several were."""

    name: str
    measured: float
    bar: float
    worst: str = ""

    @property
    def met(self) -> bool:
        """Tell whether the bar is met: every bar is a ceiling."""
        return self.measured <= self.bar


def worst_of(name: str, bar: float, measured: dict[str, float]) -> Verdict | None:
    """Return the verdict on the worst of several; None when nothing was measured."""
    if not measured:
        return None
    worst = max(measured, key=lambda one: measured[one])
    return Verdict(name, measured[worst], bar, worst)
