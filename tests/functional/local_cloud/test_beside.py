"""A second local cloud beside the first, and what makes a start fail with a reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import httpx
import pytest

from infra.local.testing import LocalCloud, StartError, start_local_cloud
from tests.functional.local_cloud.conftest import FIXTURE
from tests.functional.local_cloud.stack import invoke


def test_two_clouds_share_nothing(small_cloud: LocalCloud, tmp_path: Path) -> None:
    other = start_local_cloud(FIXTURE, tmp_path / "other")
    try:
        invoke(other, "SenderFunction", {"number": "+33639980009", "text": "only here"})
        other.advance("1d")
        assert [message["text"] for message in other.outbox()] == ["only here"]
        assert "only here" not in [message["text"] for message in small_cloud.outbox()]
    finally:
        other.stop()


def test_a_port_in_use_is_said_plainly(small_cloud: LocalCloud, tmp_path: Path) -> None:
    taken = int(small_cloud.people_url.rpartition(":")[2])
    with pytest.raises(StartError, match=rf"port {taken} is in use.*set PORT"):
        start_local_cloud(FIXTURE, tmp_path / "taken", port=taken)


def test_two_clouds_on_one_folder_are_refused(small_cloud: LocalCloud) -> None:
    with pytest.raises(StartError, match=r"another local cloud runs on .*set DATA_DIR"):
        start_local_cloud(FIXTURE, small_cloud.data_dir)
    assert httpx.get(f"{small_cloud.people_url}/").status_code == 200


def test_a_function_without_its_code_is_an_error_at_start(tmp_path: Path) -> None:
    shutil.copytree(FIXTURE.parent, tmp_path / "stack")
    (tmp_path / "stack" / "probe" / "app.py").unlink()
    with pytest.raises(StartError, match=r"WebFunction: its handler app\.web should be in .*app\.py"):
        start_local_cloud(tmp_path / "stack" / "template.yaml", tmp_path / "data")


def test_a_handler_that_does_not_exist_is_an_error_at_start(tmp_path: Path) -> None:
    shutil.copytree(FIXTURE.parent, tmp_path / "stack")
    code = tmp_path / "stack" / "probe" / "app.py"
    code.write_text(code.read_text().replace("def worker(", "def helper("))
    with pytest.raises(StartError, match=r"WorkerFunction: .* defines no 'worker'"):
        start_local_cloud(tmp_path / "stack" / "template.yaml", tmp_path / "data")


def test_a_function_deployed_without_code_answers_with_an_error(small_cloud: LocalCloud) -> None:
    """The emulator alone would answer 200, with a made-up body."""
    made = small_cloud.client("lambda")
    role = made.get_function_configuration(FunctionName=small_cloud.functions["WebFunction"])["Role"]
    made.create_function(
        FunctionName="empty", Runtime="python3.13", Handler="app.web", Role=role, PackageType="Image",
        Code={"ImageUri": "nothing"},
    )  # fmt: skip
    answer = made.invoke(FunctionName="empty", Payload=b"{}")
    assert answer["FunctionError"]


def test_the_start_page_is_reached_without_a_stack(ministack: LocalCloud) -> None:
    assert httpx.get(f"{ministack.people_url}/").status_code == 503
    assert httpx.get(f"{ministack.people_url}/_local/").status_code == 200
