"""Jobs of a ticket's partition and the files made for them. The only code here that knows the table and S3."""

import functools
from typing import TYPE_CHECKING

import boto3
import msgspec

from palier.agencies.model import Agency
from palier.agencies.store import decode_agency, settings_key
from palier.aws.changes import Changes
from palier.aws.keys import Key
from palier.aws.settings import setting
from palier.aws.table import Row, Table
from palier.kernel.errors import NotFoundError
from palier.kernel.ids import AgencyId
from palier.tickets.store import JOB, File, Job, Tickets, read_file

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


@functools.cache
def _client() -> "S3Client":
    return boto3.client("s3")


def read_stored(key: str) -> bytes:
    """Return the content of a stored file."""
    return _client().get_object(Bucket=setting("FILES_BUCKET"), Key=key)["Body"].read()


def keep_pdf(key: str, content: bytes) -> None:
    """Store a document; the same one again replaces it."""
    _client().put_object(Bucket=setting("FILES_BUCKET"), Key=key, Body=content, ContentType="application/pdf")


class Asked(msgspec.Struct, frozen=True):
    """A job with the ticket it is about, as one query found them."""

    job: Job
    row: Row
    file: File


class JobStore:
    """The jobs of one agency."""

    def __init__(self, table: Table, agency: AgencyId) -> None:
        self._table = table
        self._tickets = Tickets(table, agency)

    def agency(self) -> Agency:
        """Read the agency. Raises :class:`NotFoundError`."""
        row = self._table.get(settings_key(self._tickets.keys))
        if row is None:
            raise NotFoundError(f"settings of {self._tickets.keys.agency}")
        return decode_agency(row)

    def read(self, key: Key) -> Asked | None:
        """Read a job and its whole ticket, in one query; None when the job or the ticket is gone."""
        rows = self._table.query(key.pk).rows
        row = next((one for one in rows if one.key == key and one.kind == JOB), None)
        if row is None or not any(one.kind == "HEAD" for one in rows):
            return None
        return Asked(msgspec.json.decode(row.body, type=Job), row, read_file(rows))

    def mark_made(self, asked: Asked, job: Job) -> None:
        """Write that a document was made. Raises :class:`ConflictError` when the ticket moved on meanwhile.

        The ticket's version decides, not the job's alone: asking again writes the job's first version anew.
        """
        changes = Changes()
        changes.replace(msgspec.structs.replace(self._tickets.job_row(job), version=asked.row.version))
        changes.require(asked.file.loaded.row)
        changes.commit()
