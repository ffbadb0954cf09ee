"""The wire format of the back office's API: a batch in, a report out. Knows no storage."""

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from pydantic import BaseModel, ValidationError

from palier.kernel.errors import NotFoundError, PalierError
from palier.publication.contacts import usable
from palier.publication.lines import LINES, RemovedLine
from palier.publication.model import (
    RECORDS,
    Collection,
    Line,
    LineRefusedError,
    LineReport,
    Outcome,
    Record,
    Remark,
)

# 100 is what DynamoDB reads or writes in one request, so that a batch is a few requests and ends well within the
# 29 seconds of API Gateway, even when each of its lines needs a password hashed.
MOST_LINES = 100
LARGEST_BODY = 1024 * 1024

_Model = TypeVar("_Model", bound=BaseModel)
_CODES = {"missing": "MISSING", "extra_forbidden": "UNKNOWN_FIELD", "string_pattern_mismatch": "BAD_FORMAT"}


class UnknownCollectionError(NotFoundError):
    """There is no such kind of record."""

    code = "UNKNOWN_COLLECTION"


class BodyTooLargeError(PalierError):
    """The body is over a megabyte."""

    code = "BODY_TOO_LARGE"


class BadBatchError(PalierError):
    """The body is not ``{"lines": [{…}, …]}``."""

    code = "BAD_BATCH"


class TooManyLinesError(PalierError):
    """The batch has more lines than one request takes."""

    code = "TOO_MANY_LINES"


class _Batch(msgspec.Struct, forbid_unknown_fields=True):
    lines: list[dict[str, Any]]


class Report(msgspec.Struct, frozen=True):
    """What came of a batch. ``replayed``: it was taken before under the same ``Idempotency-Key``."""

    collection: Collection
    received: int
    counts: dict[str, int]
    lines: tuple[LineReport, ...]
    replayed: bool = False


def collection_named(name: str) -> Collection:
    """Return a collection; raises :class:`UnknownCollectionError`."""
    try:
        return Collection(name)
    except ValueError as error:
        raise UnknownCollectionError(name) from error


def read_batch(collection: Collection, body: bytes) -> tuple[list[Line], list[LineReport]]:
    """Return the lines that can be read, and the reports of those that cannot."""
    if len(body) > LARGEST_BODY:
        raise BodyTooLargeError
    try:
        batch = msgspec.json.decode(body, type=_Batch)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadBatchError(str(error)) from error
    if len(batch.lines) > MOST_LINES:
        raise TooManyLinesError(f"{len(batch.lines)} lines, at most {MOST_LINES}")
    lines: list[Line] = []
    refused: list[LineReport] = []
    for number, raw in enumerate(batch.lines, start=1):
        try:
            lines.append(read_line(collection, number, raw))
        except LineRefusedError as error:
            why = (error.code, error.detail, error.field)
            refused.append(LineReport(number, _id_of(raw), Outcome.REFUSED, *why))
    return lines, refused


def read_line(collection: Collection, number: int, raw: dict[str, Any]) -> Line:
    """Read one line; raises :class:`LineRefusedError` naming the first field that is wrong."""
    if raw.get("removed") is True:
        gone = _validate(RemovedLine, raw)
        return Line(number, gone.id)
    read = _validate(LINES[collection], raw)
    remarks: list[Remark] = []
    content = usable(read.model_dump(mode="json", exclude={"removed"}), remarks)
    record: Record = msgspec.convert(content, type=RECORDS[collection])
    return Line(number, read.id, record, tuple(remarks))


def removal(identifier: str) -> Line:
    """Return the line of a single removal; raises :class:`LineRefusedError` for what cannot be an
    identifier.
    """
    return Line(1, _validate(RemovedLine, {"id": identifier, "removed": True}).id)


def written(collection: Collection, record: Record) -> dict[str, Any]:
    """Return a record as the API gives it back: every field, in the shape it is sent in."""
    line = LINES[collection].model_validate(msgspec.to_builtins(record))
    return line.model_dump(mode="json", exclude={"removed"})


def make_report(collection: Collection, reports: Sequence[LineReport]) -> Report:
    """Sum up a batch."""
    counts = {outcome.value: 0 for outcome in Outcome}
    for report in reports:
        counts[report.outcome] += 1
    ordered = tuple(sorted(reports, key=lambda report: report.line))
    return Report(collection, len(reports), counts, ordered)


def _validate(model: type[_Model], raw: dict[str, Any]) -> _Model:
    try:
        return model.model_validate(raw)
    except ValidationError as invalid:
        first = invalid.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise LineRefusedError(_CODES.get(first["type"], "INVALID"), field, first["msg"]) from invalid


def _id_of(raw: dict[str, Any]) -> str:
    identifier = raw.get("id")
    return identifier[:60] if isinstance(identifier, str) else ""
