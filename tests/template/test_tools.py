"""The small programs behind `make`: each can say no."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from infra.tools import chromium, deploy, restore, secrets, sizes

ROOT = sizes.ROOT


def test_a_long_function_is_found_and_its_docstring_is_forgiven() -> None:
    docstring = '    """' + "text\n" * 30 + '    """\n'
    assert list(sizes.too_long(Path("a.py"), f"def f():\n{docstring}    return 1\n")) == []
    body = "    x = 1\n" * sizes.MOST_LINES_OF_FUNCTION
    assert len(list(sizes.too_long(Path("a.py"), f"def f():\n{body}"))) == 1


def test_a_long_file_is_found() -> None:
    assert len(list(sizes.too_long(Path("a.py"), "x = 1\n" * sizes.MOST_LINES_OF_FILE))) == 1


def test_a_file_excused_for_its_length_still_exists_and_is_still_long() -> None:
    for name in sizes.EXCUSED:
        assert len((ROOT / name).read_text("utf-8").splitlines()) >= sizes.MOST_LINES_OF_FILE


# Put together here, so that the scan of this very file finds nothing.
@pytest.mark.parametrize(
    "line",
    [
        "key = " + "AKIA" + "ABCDEFGHIJKLMNOP",
        "aws_secret_access_key = " + "a" * 40,
        "-----BEGIN " + "RSA PRIVATE KEY-----",
        "ghp_" + "a" * 36,
        "https://user:" + "pass" + "word@host.example/",
    ],
)
def test_a_credential_is_found(line: str) -> None:
    assert [number for number, _ in secrets.found_in(f"first line\n{line}\n")] == [2]


@pytest.mark.parametrize(
    "line", ["http://127.0.0.1:8080/", "arn:aws:iam::000000000000:role/x", "git@host:path", "AKIA"]
)
def test_what_only_resembles_a_credential_is_not(line: str) -> None:
    assert list(secrets.found_in(line)) == []


def test_deploying_needs_the_name_of_a_known_environment() -> None:
    samconfig = (ROOT / "samconfig.toml").read_text("utf-8")
    assert deploy.environment_named("prod", samconfig) == "prod"
    for name in ("", "default", "version", "elsewhere"):
        with pytest.raises(deploy.CannotDeployError, match="staging"):
            deploy.environment_named(name, samconfig)


def test_a_chromium_that_does_not_exist_is_not_found() -> None:
    assert chromium.find({"CHROMIUM": "/nowhere/chromium"}) is None
    assert chromium.find({"PATH": "/nowhere", "HOME": "/nowhere"}) is None


def test_a_chromium_on_the_path_is_found(tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    assert chromium.find({"PATH": str(tmp_path), "HOME": "/nowhere"}) == program


def test_the_lock_names_no_host_and_no_path_of_a_machine() -> None:
    for name in ("requirements.lock", "infra/tools/checkov.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text
        assert "index-url" not in text
        assert "/tmp" not in text  # noqa: S108 - looked for, not written to


class Missing(Exception):  # noqa: N818 - plays botocore's class
    """The item exists."""


class FakeTable:
    """As much of DynamoDB as a restoration uses."""

    def __init__(self, *items: dict[str, dict[str, str]]) -> None:
        self.items = {item["pk"]["S"]: item for item in items}
        self.exceptions = SimpleNamespace(ConditionalCheckFailedException=Missing)

    def put_item(self, *, TableName: str, Item: Any, ConditionExpression: str = "") -> None:  # noqa: N803 - AWS's names
        assert TableName == "live"
        if ConditionExpression and Item["pk"]["S"] in self.items:
            raise Missing
        self.items[Item["pk"]["S"]] = Item


def item(pk: str, body: str) -> dict[str, dict[str, str]]:
    return {"pk": {"S": pk}, "body": {"S": body}}


@pytest.mark.parametrize(("overwrite", "counts", "body"), [(False, (1, 1), "now"), (True, (2, 0), "then")])
def test_restoring_writes_what_is_missing_and_replaces_only_when_told(
    overwrite: bool, counts: tuple[int, int], body: str
) -> None:
    live = FakeTable(item("a#1", "now"))
    restored = [item("a#1", "then"), item("a#2", "then")]
    assert restore.put_back(cast("Any", live), restored, "live", overwrite=overwrite) == counts
    assert live.items["a#1"]["body"]["S"] == body
    assert "a#2" in live.items


def test_restoring_one_agency_leaves_the_others_alone() -> None:
    assert restore.belongs(item("demo#TICKET#1", ""), "demo")
    assert not restore.belongs(item("demo2#TICKET#1", ""), "demo")
    assert restore.belongs(item("demo2#TICKET#1", ""), None)
