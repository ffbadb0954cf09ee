"""Checkov lives in an environment of its own: its pins conflict with ours. Installed from hashes on first use."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / ".tools" / "checkov"
LOCK = ROOT / "infra" / "tools" / "checkov.lock"
COMMAND = (HOME / "bin" / "checkov", "--config-file", "infra/tools/checkov.yaml")


def install() -> None:
    """Make its environment match its lock; does nothing when it already does."""
    stamp = HOME / "lock"
    if stamp.exists() and stamp.read_bytes() == LOCK.read_bytes():
        return
    uv = Path(sys.executable).with_name("uv")
    environment = os.environ | {"VIRTUAL_ENV": str(HOME), "UV_PYTHON_DOWNLOADS": "never"}
    subprocess.run((uv, "venv", "--quiet", "--clear", "--python", sys.executable, HOME), check=True)
    subprocess.run((uv, "pip", "sync", "--quiet", "--require-hashes", LOCK), env=environment, check=True)
    stamp.write_bytes(LOCK.read_bytes())
