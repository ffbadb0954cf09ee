"""One thing that people, machines or time do to the product: prepared before anything is counted, then done once."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from infra.bench.desk import Desk
from infra.bench.results import Kind

Do = Callable[[], object]
TICKET = "/gestion/tickets/{number}"


class Visit(NamedTuple):
    """One thing to count; ``prepare`` makes what it needs, and returns the doing."""

    name: str
    kind: Kind
    function: str
    prepare: Callable[[Desk], Do]
