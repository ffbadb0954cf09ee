"""`make check`: every judgement that needs no running system. All of them run: the first failure hides none."""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from infra.tools import checkov

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
PYTHON_FOLDERS = ("shared", "functions", "infra", "layers", "tests")
RULES = ("--regions", "eu-west-3", "--append-rules", "infra/lint/rules")


class Check(NamedTuple):
    """One judgement: what it is called, and the command that makes it."""

    name: str
    command: tuple[str | Path, ...]


def python(module: str, *arguments: str) -> tuple[str | Path, ...]:
    """Return the command that runs one of our modules."""
    return (sys.executable, "-m", module, *arguments)


CHECKS = (
    Check("format", (BIN / "ruff", "format", "--check", "--quiet")),
    Check("lint", (BIN / "ruff", "check", "--quiet")),
    Check("sizes", python("infra.tools.sizes")),
    Check("secrets", python("infra.tools.secrets")),
    Check("imports", (BIN / "lint-imports", "--cache-dir", ".tools/imports")),
    Check("types", (BIN / "mypy", *PYTHON_FOLDERS)),
    Check("routes", python("infra.routes")),
    Check("template", (BIN / "cfn-lint", "--regions", "eu-west-3", "--template", "template.yaml")),
    Check("translation", python("infra.tools.translate")),
    Check("rules", (BIN / "cfn-lint", *RULES, "--template", ".tools/template.json")),
    Check("security", checkov.COMMAND),
)


def passes(check: Check) -> bool:
    """Run one check; its output is shown only when it fails."""
    start = time.monotonic()
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "shared")))}
    result = subprocess.run(check.command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    took = time.monotonic() - start
    print(f"{'ok    ' if result.returncode == 0 else 'FAILED'} {check.name:<12} {took:5.1f} s", flush=True)
    if result.returncode:
        print(result.stdout + result.stderr, flush=True)
    return result.returncode == 0


def main() -> int:
    """Run the checks that were asked for, or all; 1 if one fails."""
    parser = argparse.ArgumentParser(prog="python -m infra.tools.check", description=__doc__)
    parser.add_argument("only", nargs="*", help="names of checks: " + ", ".join(c.name for c in CHECKS))
    only = parser.parse_args().only
    chosen = [check for check in CHECKS if not only or check.name in only]
    if any(check.name == "security" for check in chosen):
        checkov.install()
    failed = [check.name for check in chosen if not passes(check)]
    print(
        f"{len(chosen) - len(failed)} of {len(chosen)} checks pass" + (f"; not {', '.join(failed)}" if failed else "")
    )
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
