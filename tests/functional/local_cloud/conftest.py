"""The fixture stack, started once per session; and what its functions noted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local.testing import LocalCloud, start_local_cloud

FIXTURE = Path(__file__).parent / "fixture" / "template.yaml"


@pytest.fixture(scope="session")
def small_cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    running = start_local_cloud(FIXTURE, tmp_path_factory.mktemp("small"))
    yield running
    running.stop()
