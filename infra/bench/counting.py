"""Counts what the code of this process asks of AWS, by standing in the one door that every SDK client goes through."""

# ruff: noqa: SLF001 - that one door has no public name

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from botocore.client import BaseClient

from infra.bench.capacity import READS, TRANSACTIONS, WRITES, read_units, write_units

_WRITING = TRANSACTIONS | WRITES


@dataclass
class Count:
    """What was asked while counting. ``others`` are requests to other services, as ``s3.PutObject``."""

    reads: int = 0
    transactions: int = 0
    single_writes: int = 0
    read_units: float = 0.0
    write_units: float = 0.0
    others: Counter[str] = field(default_factory=Counter)
    cpu_ms: float = 0.0

    def add(self, service: str, operation: str, asked: dict[str, Any], answer: dict[str, Any]) -> None:
        """Note one request."""
        if service != "dynamodb":
            self.others[f"{service}.{operation}"] += 1
            return
        self.reads += operation in READS
        self.transactions += operation in TRANSACTIONS
        self.single_writes += operation in WRITES
        self.read_units += read_units(operation, asked, answer)
        self.write_units += write_units(answer) if operation in _WRITING else 0.0


@contextmanager
def counting() -> Iterator[Count]:
    """Count every request that is made meanwhile, and the CPU time of this process."""
    door: Any = BaseClient  # its types do not tell of the one method that everything goes through
    count, genuine = Count(), door._make_api_call

    def counted(client: BaseClient, operation: str, asked: dict[str, Any]) -> Any:
        service = client.meta.service_model.service_name
        if service == "dynamodb" and operation in _WRITING:
            asked = {**asked, "ReturnConsumedCapacity": "TOTAL"}
        answer: dict[str, Any] = {}
        try:
            answer = genuine(client, operation, asked)
        finally:
            count.add(service, operation, asked, answer)
        return answer

    door._make_api_call = counted
    start = time.process_time()
    try:
        yield count
    finally:
        count.cpu_ms = (time.process_time() - start) * 1000
        door._make_api_call = genuine
