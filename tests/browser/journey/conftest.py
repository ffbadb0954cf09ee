"""One cloud, one agency, one Chromium for the whole suite."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from infra.local.settings import REPOSITORY
from infra.local.testing import LocalCloud, start_local_cloud
from tests.browser.journey.agency import Agency, make_agency
from tests.browser.journey.pages import AXE, SCREENSHOTS
from tests.browser.preview.stage import chromium


@pytest.fixture(scope="session", autouse=True)
def _machine() -> None:
    if "CHROMIUM" not in os.environ:
        pytest.skip("NO CHROMIUM on this machine: the journey is not tested (CHROMIUM=path)")
    shutil.rmtree(SCREENSHOTS, ignore_errors=True)
    if not AXE.exists():
        pytest.skip("axe-core is absent: python infra/assets/build.py --tests")


@pytest.fixture(scope="session")
def cloud(_machine: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("INBOUND_DOMAIN", "tickets.palier.example")  # what the sample mails are written to
        running = start_local_cloud(REPOSITORY / "template.yaml", tmp_path_factory.mktemp("journey"), durable=False)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def agency(cloud: LocalCloud) -> Agency:
    return make_agency(cloud)


@pytest.fixture(scope="session")
def browser(_machine: None) -> Iterator[Browser]:
    with chromium() as started:
        yield started
