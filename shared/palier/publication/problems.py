"""Refusals of the API as RFC 9457 problems: a stable ``code``, an HTTP status, one sentence for the log
reader.
"""

from typing import Any, NamedTuple

from palier.kernel.errors import InvalidInputError, PalierError


class Said(NamedTuple):
    """How a code is said over HTTP."""

    status: int
    title: str


SAID = {
    "BAD_API_KEY": Said(401, "No API key, or one that is not valid."),
    "SCOPE_MISSING": Said(403, "The key has no scope for this."),
    "NOT_FOUND": Said(404, "No such record."),
    "UNKNOWN_COLLECTION": Said(404, "No such collection."),
    "UNKNOWN_LOGIN": Said(404, "The party has no login."),
    "PASSWORD_CHOSEN": Said(409, "The person chose a password already."),
    "CONFLICT": Said(409, "Somebody else was writing the same records."),
    "STILL_IN_USE": Said(409, "Other records still name this one."),
    "BODY_TOO_LARGE": Said(413, "The body is over a megabyte."),
    "WRONG_MEDIA_TYPE": Said(415, "The body is not application/json."),
    "BAD_BATCH": Said(400, "The body is not a batch."),
    "TOO_MANY_LINES": Said(400, "The batch has too many lines."),
    "BAD_FORMAT": Said(400, "The identifier is not one."),
    "INVALID_INPUT": Said(400, "A parameter is not valid."),
    "BAD_IDEMPOTENCY_KEY": Said(400, "The Idempotency-Key is not 1 to 255 visible ASCII characters."),
    "IDEMPOTENCY_KEY_REUSED": Said(422, "The Idempotency-Key was used with another request."),
    "RATE_LIMITED": Said(429, "Too many requests in this minute."),
    "BUSY": Said(503, "The service is busy: nothing was written."),
}
_OTHER = Said(500, "The service failed.")


def problem(error: PalierError) -> tuple[int, dict[str, Any]]:
    """Return the status and the body of a refusal."""
    said = SAID.get(error.code, _OTHER)
    body: dict[str, Any] = {
        "type": f"urn:palier:problem:{error.code.lower()}",
        "title": said.title,
        "status": said.status,
        "code": error.code,
    }
    if error.detail and error.detail != error.code:
        body["detail"] = error.detail
    if isinstance(error, InvalidInputError):
        body["fields"] = error.fields
    return said.status, body
