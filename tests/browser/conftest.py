"""Finds the Chromium of the machine for every browser test; without one they are skipped, and say so."""

import os

from infra.tools.chromium import find

if (_path := find()) is not None:
    os.environ.setdefault("CHROMIUM", str(_path))
