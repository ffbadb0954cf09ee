"""Lost races: read again and decide again, a few times (PLT-005)."""

from collections.abc import Callable
from typing import TypeVar

from palier.aws.changes import BusyError
from palier.kernel.errors import ConflictError

_TRIES = 5
_Result = TypeVar("_Result")


def decide_again(attempt: Callable[[], _Result]) -> _Result:
    """Run an attempt until nobody was faster; :class:`BusyError` when somebody always is."""
    for _ in range(_TRIES):
        try:
            return attempt()
        except ConflictError:
            continue
    raise BusyError
