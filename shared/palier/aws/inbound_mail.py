"""Mail as SES left it in the inbound bucket, and its attachments kept as files. Knows neither mail nor tickets."""

import functools
from typing import TYPE_CHECKING

import boto3

from palier.aws.settings import setting
from palier.kernel.ids import AgencyId

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


@functools.cache
def _client() -> "S3Client":
    return boto3.client("s3")


def read_raw(key: str) -> bytes:
    """Return a raw mail from the inbound bucket."""
    return _client().get_object(Bucket=setting("INBOUND_BUCKET"), Key=key)["Body"].read()


def keep_file(agency: AgencyId, folder: str, name: str, media_type: str, content: bytes) -> str:
    """Store a file of a mail and return its key. The same mail again writes the same keys."""
    key = f"files/{agency}/mail/{folder}/{name}"
    _client().put_object(
        Bucket=setting("FILES_BUCKET"), Key=key, Body=content, ContentType=media_type, ServerSideEncryption="AES256"
    )
    return key
