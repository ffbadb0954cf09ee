"""The product's own template deploys here, with every function; the recurring work runs without an error."""

from __future__ import annotations

import httpx

from infra.local.settings import REPOSITORY
from infra.local.testing import LocalCloud


def test_every_function_folder_is_deployed(cloud: LocalCloud) -> None:
    folders = {folder.parent.name for folder in (REPOSITORY / "functions").glob("*/app.py")}
    deployed = {name.removeprefix("palier-local-").replace("-", "_") for name in cloud.functions.values()}
    assert deployed == folders


def test_the_first_page_is_served(cloud: LocalCloud) -> None:
    """Without an agency yet: where it leads is the product's affair."""
    assert httpx.get(f"{cloud.people_url}/", timeout=30).status_code == 303


def test_the_sweeper_runs_when_its_time_has_come(cloud: LocalCloud) -> None:
    told = cloud.advance("1h")
    assert [one["name"] for one in told["fired"] if one["name"].endswith("sweeper")]
    assert told["settled"]
    assert "REPORT" in cloud.function_logs("SweeperFunction")
    assert "Traceback" not in cloud.function_logs("SweeperFunction")
