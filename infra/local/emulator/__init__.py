"""MiniStack 1.5.33, made durable and observable. The only package that touches its private parts.

What is added, and why, is in `infra/local/README.md`. The environment must be set (`settings.functions_environment`)
before an `Emulator` is made: MiniStack reads it while it is imported.
"""

from __future__ import annotations

from infra.local.emulator.facade import Emulator
from infra.local.emulator.modules import EmulatorError
from infra.local.emulator.scheduling import Schedule

__all__ = ["Emulator", "EmulatorError", "Schedule"]
