"""The files bucket: signed forms to upload with, what was uploaded, short links to download with.

A file goes straight from the browser to ``incoming/<agency>/<upload id>``. The upload id is
``<128 random bits>/<name>``: nobody can guess it, and it is looked up under the caller's own agency, so that
another agency's id finds nothing and the bucket need not be listed. Once checked it is copied to
``files/<agency>/…``, where nothing is overwritten: a file sent again under the same signed form gets another key,
because its content's tag is in it. What is never attached is removed by the bucket's own rule.
Knows no ticket, no page and no file format.
"""

import functools
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import msgspec
from botocore.config import Config
from botocore.exceptions import ClientError

from palier.aws.item import shared_connection
from palier.aws.settings import region, setting
from palier.kernel.errors import PalierError
from palier.kernel.ids import AgencyId, IdSource, RandomIds, UploadId

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

UPLOAD_SECONDS = 15 * 60
DOWNLOAD_SECONDS = 2 * 60
HEAD = 4096  # bytes to judge a file by
FORM_KEY = "${filename}"  # the store puts the browser's own name there
_UPLOAD_ID = re.compile(r"[A-Za-z0-9_-]{22}/[^/\x00-\x1f\x7f]{1,200}")
_GONE = frozenset({"404", "403", "NoSuchKey", "AccessDenied", "InvalidRange", "PreconditionFailed"})


class UploadMissingError(PalierError):
    """Nothing was uploaded under this id for this agency, or it is not an upload's id at all."""

    code = "UPLOAD_MISSING"


class Presigned(msgspec.Struct, frozen=True):
    """A signed form: post ``fields`` and then the file to ``url``; it will be known as ``id``."""

    id: UploadId
    url: str
    fields: dict[str, str]


class Uploaded(msgspec.Struct, frozen=True):
    """What lies under an upload id: the declared type, the size and the first bytes."""

    name: str
    media_type: str
    size: int
    head: bytes
    tag: str


class Files:
    """The files of all agencies; every call names one. The client is made at the first call, or by :meth:`warm`."""

    def __init__(self, ids: IdSource | None = None) -> None:
        self._ids = ids or RandomIds()

    def warm(self) -> None:
        """Make the client now (INIT) rather than in somebody's first upload."""
        _client()

    def origin(self) -> str:
        """Return where browsers reach the bucket, for the content security policy. Costs no client of its own."""
        door = str(shared_connection().client.meta.endpoint_url)
        if (urlsplit(door).hostname or "").endswith(".amazonaws.com"):
            return f"https://{setting('FILES_BUCKET')}.s3.{region()}.amazonaws.com"
        return door.rstrip("/")

    def presign_upload(self, agency: AgencyId, name: str, media_type: str, size: int) -> Presigned:
        """Sign the upload of one file whose name, type and size were checked: exactly these are then accepted."""
        upload = UploadId(f"{self._ids.new()}/{name}")
        conditions: list[object] = [{"Content-Type": media_type}, ["content-length-range", 1, size]]
        return self._sign(upload, _incoming(agency, upload), {"Content-Type": media_type}, conditions)

    def presign_form(self, agency: AgencyId, back: str, largest: int) -> Presigned:
        """Sign a plain HTML form for one file that is not chosen yet; the store then sends the browser ``back``.

        The answer's key, which the store adds to ``back``, tells the id: see :func:`upload_of_key`.
        """
        upload = UploadId(f"{self._ids.new()}/{FORM_KEY}")
        fields = {"success_action_redirect": back}
        conditions: list[object] = [fields.copy(), ["content-length-range", 1, largest]]
        return self._sign(upload, _incoming(agency, upload), fields, conditions)

    def inspect(self, agency: AgencyId, upload: UploadId) -> Uploaded:
        """Read what was uploaded, its first bytes only. Raises :class:`UploadMissingError`."""
        if _UPLOAD_ID.fullmatch(upload) is None:
            raise UploadMissingError
        try:
            found = _client().get_object(
                Bucket=setting("FILES_BUCKET"), Key=_incoming(agency, upload), Range=f"bytes=0-{HEAD - 1}"
            )
        except ClientError as error:
            raise _missing(error) from error
        size = int(found.get("ContentRange", "").rpartition("/")[2] or found["ContentLength"])
        name = upload.partition("/")[2]
        return Uploaded(name, found["ContentType"], size, found["Body"].read(), found["ETag"])

    def keep(self, agency: AgencyId, upload: UploadId, seen: Uploaded, name: str, media_type: str) -> str:
        """Copy what was inspected to where it stays, and return its key. Doing it again gives the same key."""
        bucket, source = setting("FILES_BUCKET"), _incoming(agency, upload)
        key = f"files/{agency}/{upload.partition('/')[0]}-{_letters(seen.tag)}/{name}"
        try:
            _client().copy_object(
                Bucket=bucket,
                Key=key,
                CopySource={"Bucket": bucket, "Key": source},
                CopySourceIfMatch=seen.tag,
                ContentType=media_type,
                MetadataDirective="REPLACE",
            )
        except ClientError as error:
            raise _missing(error) from error
        return key

    def presign_download(self, agency: AgencyId, key: str, name: str, media_type: str, *, inline: bool) -> str:
        """Sign a short link to one kept file of this agency. Raises :class:`UploadMissingError` for any other key."""
        if not key.startswith(f"files/{agency}/"):
            raise UploadMissingError
        return _client().generate_presigned_url(
            "get_object",
            Params={
                "Bucket": setting("FILES_BUCKET"),
                "Key": key,
                "ResponseContentDisposition": disposition(name, inline=inline),
                "ResponseContentType": media_type,
            },
            ExpiresIn=DOWNLOAD_SECONDS,
        )

    def _sign(self, upload: UploadId, key: str, fields: dict[str, str], conditions: list[object]) -> Presigned:
        form = _client().generate_presigned_post(
            setting("FILES_BUCKET"), key, Fields=fields, Conditions=conditions, ExpiresIn=UPLOAD_SECONDS
        )
        return Presigned(upload, form["url"], form["fields"])


def upload_of_key(agency: AgencyId, key: str) -> UploadId:
    """Return the upload id that the store's redirect names. Raises :class:`UploadMissingError` for any other key."""
    upload = UploadId(key.removeprefix(f"incoming/{agency}/"))
    if upload == key or _UPLOAD_ID.fullmatch(upload) is None:
        raise UploadMissingError
    return upload


def disposition(name: str, *, inline: bool) -> str:
    """Write a ``Content-Disposition`` that no name can break out of (RFC 6266)."""
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)
    return f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _incoming(agency: AgencyId, upload: UploadId) -> str:
    return f"incoming/{agency}/{upload}"


def _letters(tag: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", tag)[:32]


def _missing(error: ClientError) -> Exception:
    """Without the right to list, a key that is not there is answered by 403: both mean that nothing is there."""
    return UploadMissingError() if error.response["Error"]["Code"] in _GONE else error


@functools.cache
def _client() -> "S3Client":
    import boto3

    # Signature 4 and the bucket in the host name: the only form that every region accepts for signed forms.
    config = Config(
        signature_version="s3v4", s3={"addressing_style": "virtual"}, connect_timeout=3, read_timeout=8,
        retries={"total_max_attempts": 3},
    )  # fmt: skip
    return boto3.client("s3", region_name=region(), config=config)
