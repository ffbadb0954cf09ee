"""Files go straight from a browser to S3, within the conditions that were signed and no others."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from infra.local.testing import LocalCloud

LIMIT = 1000


@pytest.fixture
def form(small_cloud: LocalCloud) -> dict[str, Any]:
    return small_cloud.client("s3").generate_presigned_post(  # type: ignore[no-any-return]
        small_cloud.outputs["FilesBucketName"],
        "incoming/demo/1/photo.png",
        Fields={"Content-Type": "image/png"},
        Conditions=[{"Content-Type": "image/png"}, ["content-length-range", 1, LIMIT]],
    )


def _send(form: dict[str, Any], content: bytes, **changed: str) -> httpx.Response:
    return httpx.post(form["url"], data={**form["fields"], **changed}, files={"file": ("photo.png", content)})


def test_a_file_within_the_conditions_is_stored(small_cloud: LocalCloud, form: dict[str, Any]) -> None:
    assert _send(form, b"png").status_code == 204
    s3, bucket = small_cloud.client("s3"), small_cloud.outputs["FilesBucketName"]
    stored = s3.get_object(Bucket=bucket, Key="incoming/demo/1/photo.png")
    assert (stored["Body"].read(), stored["ContentType"]) == (b"png", "image/png")


def test_a_file_too_large_is_refused(form: dict[str, Any]) -> None:
    assert _send(form, b"x" * (LIMIT + 1)).status_code == 400


@pytest.mark.parametrize("changed", [{"key": "files/demo/x"}, {"Content-Type": "text/html"}, {"policy": "e30="}])
def test_changed_fields_are_refused(form: dict[str, Any], changed: dict[str, str]) -> None:
    assert _send(form, b"x", **changed).status_code == 403


def test_nothing_is_read_without_a_signature(small_cloud: LocalCloud, form: dict[str, Any]) -> None:
    _send(form, b"png")
    bucket, key = small_cloud.outputs["FilesBucketName"], "incoming/demo/1/photo.png"
    assert httpx.get(f"{small_cloud.aws_url}/{bucket}/{key}").status_code == 403
    signed = small_cloud.client("s3").generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key})
    assert httpx.get(signed).content == b"png"


def test_a_browser_may_upload_from_the_peoples_address(small_cloud: LocalCloud, form: dict[str, Any]) -> None:
    asked = {"Origin": small_cloud.people_url, "Access-Control-Request-Method": "POST"}
    answer = httpx.options(form["url"], headers=asked)
    assert answer.headers["access-control-allow-origin"] in {"*", small_cloud.people_url}


def test_presigned_addresses_hold_while_the_clock_is_moved(small_cloud: LocalCloud, form: dict[str, Any]) -> None:
    small_cloud.advance("10d")
    assert _send(form, b"png").status_code == 204
