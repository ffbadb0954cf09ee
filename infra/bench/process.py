"""One Lambda process: AWS's runtime client around a handler, from its start to its last event, with its cost.

Costs are CPU time of the whole process (the kernel's clock, every thread), which other work on the machine disturbs
much less than elapsed time; waiting for the table is not in it. Linux only.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

from infra.bench.runtime_api import Report, RuntimeApi, answer_of, serve

_PATIENCE = 120.0
_REFUSED = 400


class RunError(Exception):
    """The process did not start, or an invocation failed; the message holds what it said."""


class Program(NamedTuple):
    """What is run: the handler, the folders that Python finds things in, the environment of the function."""

    handler: str
    path: tuple[Path, ...]
    environment: dict[str, str]


@dataclass
class Costs:
    """What one process cost: CPU ms of INIT, of the first event and of each later one; the peak in MB."""

    init: float = 0.0
    first: float = 0.0
    warm: list[float] = field(default_factory=list)
    peak: float = 0.0

    @property
    def cold(self) -> float:
        """What the first visitor waits for."""
        return self.init + self.first


def run(program: Program, events: Iterable[bytes], wrap: Sequence[str] = ()) -> Costs:
    """Start the process, hand it the events in turn, stop it. Raises :class:`RunError`."""
    costs = Costs()
    with tempfile.TemporaryFile() as log, serve() as api, _started(program, api, log, wrap) as process:
        try:
            _expect(api, process, "next")
            costs.init = _cpu_ms(process.pid)
            spent = [_invoke(api, process, event) for event in events]
        except RunError as error:
            raise RunError(f"{error}\n{_tail(log)}") from error
        costs.first, costs.warm = spent[0], spent[1:]
        costs.peak = _peak_mb(process.pid)
    return costs


@contextmanager
def _started(
    program: Program, api: RuntimeApi, log: IO[bytes], wrap: Sequence[str]
) -> Iterator[subprocess.Popen[bytes]]:
    command = [*wrap, sys.executable, "-S", "-m", "awslambdaric", program.handler]
    process = subprocess.Popen(
        command,
        env=_environment(program, api.address),
        cwd=program.path[0],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment(program: Program, address: str) -> dict[str, str]:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "TZ": ":UTC",
        "PYTHONPATH": os.pathsep.join(str(folder) for folder in program.path),
        "PYTHONDONTWRITEBYTECODE": "1",  # Lambda's folders are read-only
        "PYTHONHASHSEED": "0",
        "AWS_LAMBDA_RUNTIME_API": address,
        "_HANDLER": program.handler,
        "AWS_EXECUTION_ENV": f"AWS_Lambda_python{version}",
        "AWS_LAMBDA_FUNCTION_NAME": "bench",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
        "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/bench",
        "AWS_LAMBDA_LOG_STREAM_NAME": "bench",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        **program.environment,
    }


def _invoke(api: RuntimeApi, process: subprocess.Popen[bytes], event: bytes) -> float:
    before = _cpu_ms(process.pid)
    api.events.put(event)
    said = _expect(api, process, "response")
    status = answer_of(said.body).get("statusCode", 200)
    if status >= _REFUSED:
        raise RunError(f"the handler answered {status}: {said.body[:600]!r}")
    _expect(api, process, "next")
    return _cpu_ms(process.pid) - before


def _expect(api: RuntimeApi, process: subprocess.Popen[bytes], kind: str) -> Report:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            report = api.reports.get(timeout=0.2)
        except queue.Empty:
            if process.poll() is not None:
                raise RunError(f"the process ended with {process.returncode}") from None
            continue
        if report.kind != kind:
            raise RunError(f"{report.kind} instead of {kind}: {report.body[:1500]!r}")
        return report
    raise RunError(f"no {kind} in {_PATIENCE:.0f} s")


def _tail(log: IO[bytes]) -> str:
    log.seek(0)
    return log.read()[-3000:].decode("utf-8", "replace")


def _cpu_ms(pid: int) -> float:
    clock = (~pid << 3) | 2  # how Linux names the CPU clock of another process
    return time.clock_gettime(clock) * 1000


def _peak_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
