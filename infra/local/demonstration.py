"""Loads the demonstration agency once per data folder, in a process of its own.

Of its own, so that loading does not slow the cloud that it loads into, and ends with it.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from infra.local.settings import REPOSITORY

_LOAD = "import sys; from infra.demo.load import load; load(*sys.argv[1:])"


class Demonstration:
    def __init__(self, data_dir: Path) -> None:
        self._done = data_dir / "demo.done"
        self._process: subprocess.Popen[bytes] | None = None

    def is_wanted(self) -> bool:
        return not self._done.exists() and importlib.util.find_spec("infra.demo") is not None

    def load(self, people_url: str, aws_url: str, settle: Callable[[], object]) -> bool:
        """False when it failed. A load that was interrupted starts again, since it repeats safely."""
        path = os.pathsep.join(str(folder) for folder in (REPOSITORY / "shared", REPOSITORY))
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-c", _LOAD, people_url, aws_url]
        self._process = subprocess.Popen(command, cwd=REPOSITORY, env=environment)
        if self._process.wait() != 0:
            return False
        settle()
        self._done.touch()
        return True

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()
