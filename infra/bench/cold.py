"""Section 1: what the first visitor of a function waits for, and the next ones; as shipped beside a naive package.

Each round runs both packages one after the other, so that a slow moment of the machine weighs on both.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from infra.bench.builds import Build, Builds, make_builds
from infra.bench.cases import Case, cases
from infra.bench.gateway import event_bytes
from infra.bench.process import Costs, Program, RunError, run
from infra.bench.results import ColdStart, Measured
from infra.bench.stage import Stage

_INSTRUCTIONS = re.compile(r"^(?:totals|summary): (\d+)", re.MULTILINE)
_WARMING = 3  # warm invocations thrown away: the first ones still fill caches
_COUNTED = 10  # warm invocations under callgrind, fifty times slower


def measure(
    stage: Stage, rounds: int, warm: int, *, naive: bool = True, callgrind: bool = False, say: Callable[[str], None]
) -> tuple[tuple[ColdStart, ...], Builds]:
    """Measure every case."""
    with tempfile.TemporaryDirectory() as folder:
        say("building the layers, as shipped and naively…")
        builds = make_builds(Path(folder))
        found = []
        for case in cases(stage):
            say(f"cold start: {case.name}")
            try:
                found.append(_measure(case, builds, stage, rounds, warm, naive=naive, callgrind=callgrind))
            except RunError as error:
                say(f"  {case.name} could not be measured: {error}")
        return tuple(found), builds


def _measure(
    case: Case, builds: Builds, stage: Stage, rounds: int, warm: int, *, naive: bool, callgrind: bool
) -> ColdStart:
    packages = [builds.shipped, *([builds.naive] if naive else [])]
    costs: dict[str, list[Costs]] = {build.name: [] for build in packages}
    for build in packages:
        _once(case, build, stage, 0)  # fills the file cache, and fails early
    for _ in range(rounds):
        for build in packages:
            costs[build.name].append(_once(case, build, stage, warm + _WARMING))
    counted = {build.name: _instructions(case, build, stage) if callgrind else (None, None) for build in packages}
    made = {name: _median(several, *counted[name]) for name, several in costs.items()}
    return ColdStart(case.name, case.function, case.page, made["shipped"], made.get("naive"))


def _once(case: Case, build: Build, stage: Stage, warm: int, wrap: tuple[str, ...] = ()) -> Costs:
    program = Program(case.handler, build.path(case.function), dict(stage.environment))
    return run(program, _events(case, warm + 1), wrap)


def _events(case: Case, count: int) -> Iterator[bytes]:
    return (event_bytes(case.ask()) for _ in range(count))


def _median(costs: list[Costs], cold_instructions: float | None, warm_instructions: float | None) -> Measured:
    warm = list(itertools.chain.from_iterable(one.warm[_WARMING:] for one in costs))
    return Measured(
        init=median(one.init for one in costs),
        first=median(one.first for one in costs),
        cold=median(one.cold for one in costs),
        warm=median(warm) if warm else 0.0,
        peak=max(one.peak for one in costs),
        cold_instructions=cold_instructions,
        warm_instructions=warm_instructions,
    )


def _instructions(case: Case, build: Build, stage: Stage) -> tuple[float | None, float | None]:
    """Count instructions, which no other work on the machine disturbs; nothing where valgrind is missing."""
    if shutil.which("valgrind") is None:
        return None, None
    cold, more = (_counted(case, build, stage, warm) for warm in (0, _COUNTED))
    return cold, (more - cold) / _COUNTED


def _counted(case: Case, build: Build, stage: Stage, warm: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "callgrind"
        _once(case, build, stage, warm, ("valgrind", "--tool=callgrind", f"--callgrind-out-file={out}"))
        found = _INSTRUCTIONS.search(out.read_text("utf-8", "replace"))
    if found is None:
        raise RunError("callgrind counted nothing")
    return int(found[1]) / 1e6


def import_times(stage: Stage, function: str, count: int = 25) -> list[tuple[float, str]]:
    """Return where INIT goes: the slowest imports of a function as shipped, own time in ms, the slowest first."""
    with tempfile.TemporaryDirectory() as folder:
        build = make_builds(Path(folder)).shipped
        import subprocess

        path = os.pathsep.join(str(one) for one in build.path(function))
        said = subprocess.run(
            [sys.executable, "-S", "-X", "importtime", "-c", "import app"],
            env={"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **stage.environment},
            cwd=build.functions / function,
            check=True,
            capture_output=True,
            text=True,
        ).stderr
    lines = (line.removeprefix("import time:").split("|") for line in said.splitlines() if "|" in line)
    times = [(int(own) / 1000, name.strip()) for own, _, name in lines if own.strip().isdigit()]
    return sorted(times, reverse=True)[:count]
