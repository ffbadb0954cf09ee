"""``make bench``: measures, prints tables and verdicts, writes ``bench.json``. ``ARGS=--help`` tells the choices."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from infra.bench import cold, cost, local, reads, report
from infra.bench.bars import Verdict
from infra.bench.layout import table
from infra.bench.stage import Stage, staged
from infra.local.settings import REPOSITORY

SECTIONS = ("cold", "reads", "local", "cost")
Say = Callable[[str], None]


def main() -> None:
    """Measure what was chosen."""
    warnings.filterwarnings("ignore", module="aws_lambda_powertools")
    chosen, start = _arguments(), time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - start:5.0f} s] {text}", file=sys.stderr, flush=True)

    if chosen.profile:
        _profile(chosen.profile)
        return
    verdicts, data = _measure(chosen, say)
    print(report.verdict_table(verdicts))
    print(_circumstances())
    written = {"python": platform.python_version(), "load": os.getloadavg(), **data, "bars": _data(verdicts)}
    chosen.out.write_text(json.dumps(written, indent=1, ensure_ascii=False), "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--only", default=",".join(SECTIONS), help=f"some of {', '.join(SECTIONS)}, with commas")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions: a first look")
    parser.add_argument("--large", action="store_true", help="the lists with 100,000 tickets too (ten more minutes)")
    parser.add_argument("--callgrind", action="store_true", help="count instructions too, where valgrind is installed")
    parser.add_argument("--no-naive", action="store_true", help="leave the naive package out")
    parser.add_argument("--profile", metavar="FUNCTION", default="", help="only say where INIT of a function goes")
    parser.add_argument("--out", type=Path, default=REPOSITORY / "bench.json", help="where the figures go")
    chosen = parser.parse_args()
    chosen.only = tuple(chosen.only.split(","))
    unknown = set(chosen.only) - set(SECTIONS)
    if unknown:
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    return chosen


def _measure(chosen: argparse.Namespace, say: Say) -> tuple[list[Verdict], dict[str, Any]]:
    verdicts: list[Verdict] = []
    data: dict[str, Any] = {}
    if {"cold", "reads", "cost"} & set(chosen.only):
        with tempfile.TemporaryDirectory() as folder, staged(Path(folder)) as stage:
            _softly(say, lambda: _cold(chosen, stage, verdicts, data, say))
            _softly(say, lambda: _reads(chosen, stage, verdicts, data, say))
    if "local" in chosen.only:
        _softly(say, lambda: _local(chosen, verdicts, data, say))
    return verdicts, data


def _softly(say: Say, section: Callable[[], None]) -> None:
    try:
        section()
    except Exception:  # noqa: BLE001 - a section that breaks must not cost the figures of the others
        say(f"this section broke off:\n{traceback.format_exc()}")


def _local(chosen: argparse.Namespace, verdicts: list[Verdict], data: dict[str, Any], say: Say) -> None:
    sizes = (1_000, 10_000, 100_000) if chosen.large else (1_000, 10_000)
    found = local.measure(sizes, 30 if chosen.quick else 100, 2 if chosen.quick else 5, say)
    print(report.local_tables(found))
    _keep(verdicts, report.local_verdicts(found))
    data["local"] = _data(found)


def _cold(chosen: argparse.Namespace, stage: Stage, verdicts: list[Verdict], data: dict[str, Any], say: Say) -> None:
    if "cold" not in chosen.only:
        return
    rounds, warm = (2, 10) if chosen.quick else (5, 25)
    starts, builds = cold.measure(stage, rounds, warm, naive=not chosen.no_naive, callgrind=chosen.callgrind, say=say)
    print(report.cold_table(starts))
    sizes = [(one.name, one.files, one.unpacked / 1e6, one.zipped / 1e6) for one in builds.sizes]
    print(table("   The layers", ("layer", "files", "MB unpacked", "MB zipped"), sizes))
    _keep(verdicts, report.cold_verdicts(starts))
    data["cold"] = _data(starts)


def _reads(chosen: argparse.Namespace, stage: Stage, verdicts: list[Verdict], data: dict[str, Any], say: Say) -> None:
    if not {"reads", "cost"} & set(chosen.only):
        return
    say("requests and units of every page and command")
    counted = reads.count_all(stage, say)
    if "reads" in chosen.only:
        print(report.reads_table(counted))
        _keep(verdicts, report.reads_verdicts(counted))
        data["reads"] = _data(counted)
    if "cost" in chosen.only:
        made = cost.bill(counted)
        print(report.cost_table(made))
        data["cost"] = {**_data(made), "usd": made.usd}


def _keep(verdicts: list[Verdict], more: Iterable[Verdict | None]) -> None:
    verdicts += [one for one in more if one is not None]


def _profile(function: str) -> None:
    with tempfile.TemporaryDirectory() as folder, staged(Path(folder)) as stage:
        rows = [(name, own) for own, name in cold.import_times(stage, function)]
    print(table(f"INIT of {function}: the slowest imports, ms of their own", ("module", "ms"), rows))


def _circumstances() -> str:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load}: above 1, waiting says little."


def _data(value: Any) -> Any:
    """Turn results into what JSON knows; what can be called is left out."""
    if hasattr(value, "_asdict"):
        return {name: _data(one) for name, one in value._asdict().items() if not callable(one)}
    if isinstance(value, list | tuple):
        return [_data(one) for one in value]
    if isinstance(value, dict):
        return {name: _data(one) for name, one in value.items()}
    return value


if __name__ == "__main__":
    main()
