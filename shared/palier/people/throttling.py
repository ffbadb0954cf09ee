"""How wrong guesses are slowed down (AUT-033). Pure: the state comes in, the state goes out.

Nothing waits for the first few failures; then each failure doubles the wait, up to an hour. A day without failure
forgets them. What is counted is the typed login and the source address, whether or not the login exists.
"""

import datetime as dt

import msgspec

FIRST_WAIT = dt.timedelta(seconds=15)
LONGEST_WAIT = dt.timedelta(hours=1)
MEMORY = dt.timedelta(hours=24)
_MOST_DOUBLINGS = 10


class Failures(msgspec.Struct, frozen=True):
    """How many guesses failed, and when the last one did."""

    count: int
    last: dt.datetime


class Limit(msgspec.Struct, frozen=True):
    """How many failures cost nothing."""

    free: int


PER_LOGIN = Limit(free=4)
PER_ADDRESS = Limit(free=30)  # a whole office may share one address
PER_RESET = Limit(free=2)


def wait_after(count: int, limit: Limit) -> dt.timedelta:
    """Return how long to wait after so many failures."""
    over = count - limit.free
    if over <= 0:
        return dt.timedelta(0)
    doublings = min(over - 1, _MOST_DOUBLINGS)
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << doublings))


def seconds_to_wait(failures: Failures | None, limit: Limit, now: dt.datetime) -> int:
    """Return for how many seconds the next guess is refused unseen; 0 when it is looked at."""
    if failures is None:
        return 0
    left = failures.last + wait_after(failures.count, limit) - now
    return max(0, -int(-left.total_seconds() // 1))


def one_more(failures: Failures | None, now: dt.datetime) -> Failures:
    """Count one failure."""
    if failures is None or now - failures.last >= MEMORY:
        return Failures(1, now)
    return Failures(failures.count + 1, max(now, failures.last))
