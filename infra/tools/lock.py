"""Resolves the dependencies into hash-pinned locks, without names of hosts or of this machine.

``python -m infra.tools.lock`` keeps what is pinned; with the name of a package it upgrades that one, with ``all``
everything.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {
    "requirements.lock": ("pyproject.toml", "--group", "local", "--group", "dev"),
    "infra/tools/checkov.lock": ("infra/tools/checkov.in",),
}
OPTIONS = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet")


def main(upgrade: str | None) -> None:
    """Write both locks."""
    chosen = () if upgrade is None else ("--upgrade",) if upgrade == "all" else ("--upgrade-package", upgrade)
    uv = Path(sys.executable).with_name("uv")
    for lock, sources in LOCKS.items():
        subprocess.run((uv, "pip", "compile", *sources, *OPTIONS, *chosen, "-o", lock), cwd=ROOT, check=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
