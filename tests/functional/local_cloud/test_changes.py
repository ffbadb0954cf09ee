"""Code and template may change while data stays."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from infra.local.testing import LocalCloud, start_local_cloud
from tests.functional.local_cloud.conftest import FIXTURE


@pytest.fixture
def template(tmp_path: Path) -> Path:
    shutil.copytree(FIXTURE.parent, tmp_path / "stack")
    return tmp_path / "stack" / "template.yaml"


@pytest.fixture
def cloud(template: Path, tmp_path: Path) -> Iterator[LocalCloud]:
    running = start_local_cloud(template, tmp_path / "data", watch=True)
    yield running
    if running.process.poll() is None:
        running.stop()


def test_edited_code_counts_without_a_restart(cloud: LocalCloud, template: Path) -> None:
    assert "edited" not in httpx.get(f"{cloud.people_url}/").json()
    code = template.parent / "probe" / "app.py"
    code.write_text(code.read_text().replace('seen["now"] =', 'seen["edited"] = True\n    seen["now"] ='))
    deadline = time.monotonic() + 15
    while "edited" not in httpx.get(f"{cloud.people_url}/").json():
        assert time.monotonic() < deadline


def test_a_changed_template_keeps_the_data(cloud: LocalCloud, template: Path, tmp_path: Path) -> None:
    table, bucket = cloud.outputs["TableName"], cloud.outputs["FilesBucketName"]
    item = {"pk": {"S": "a"}, "sk": {"S": "b"}, "g1pk": {"S": "g"}}
    cloud.client("dynamodb").put_item(TableName=table, Item=item)
    cloud.client("s3").put_object(Bucket=bucket, Key="a", Body=b"kept")
    cloud.stop()
    keys = "{AttributeName: pk, AttributeType: S}, "
    index = "{IndexName: open, KeySchema: [{AttributeName: g1pk, KeyType: HASH}], Projection: {ProjectionType: ALL}}"
    text = template.read_text().replace(keys, f"{keys}{{AttributeName: g1pk, AttributeType: S}}, ")
    text = text.replace(
        "      StreamSpecification", f"      GlobalSecondaryIndexes: [{index}]\n      StreamSpecification"
    )
    template.write_text(text.replace("MemorySize: 256", "MemorySize: 512"))

    again = start_local_cloud(template, tmp_path / "data")
    try:
        found = again.client("dynamodb").query(
            TableName=table,
            IndexName="open",
            KeyConditionExpression="g1pk = :g",
            ExpressionAttributeValues={":g": {"S": "g"}},
        )
        assert found["Items"] == [item]
        assert again.client("s3").get_object(Bucket=bucket, Key="a")["Body"].read() == b"kept"
    finally:
        again.stop()
