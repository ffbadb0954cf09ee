"""Medians and percentiles of what was measured. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple


class Spread(NamedTuple):
    """How long something took, over several tries: half of them took at most ``p50``, 95 of 100 at most ``p95``."""

    p50: float
    p95: float
    tries: int


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of the values does not exceed."""
    if not values:
        raise ValueError("nothing was measured")
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)]


def spread(values: Sequence[float]) -> Spread:
    """Return the median and the 95th percentile."""
    return Spread(percentile(values, 0.5), percentile(values, 0.95), len(values))
