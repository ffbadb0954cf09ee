"""The local-only pages under `/_local/`: mailbox, incoming mail, logins, clock. None of it exists on AWS."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from email import message_from_bytes
from email.policy import default
from email.utils import getaddresses, parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote

from infra.local import pages
from infra.local.clock import BackwardsError, ClockError, MovedClock, instant_of, iso, seconds_in
from infra.local.http import Reply, Request, as_json, page
from infra.local.inbound import InboundMail, NotReadyError, UnknownDomainError
from infra.local.mailbox import Letter, Mailbox
from infra.local.timetable import Advance, Timetable

_ID = r"(?P<id>[0-9]{8}-[0-9a-f]{6})"


class Site:
    def __init__(
        self, mailbox: Mailbox, clock: MovedClock, timetable: Timetable, inbound: InboundMail, logins: Path
    ) -> None:
        self._mailbox, self._clock, self._timetable = mailbox, clock, timetable
        self._inbound, self._logins_file = inbound, logins

    async def answer(self, request: Request) -> Reply:
        if request.method == "POST" and not _same_origin(request):
            return as_json({"error": "cross-origin requests are refused"}, 403)
        for method, pattern, view in self._routes():
            match = re.fullmatch(pattern, request.path)
            if match and method == request.method.replace("HEAD", "GET"):
                return await view(request, **match.groupdict())
        return page(pages.missing(), 404)

    def _routes(self) -> list[tuple[str, str, Callable[..., Awaitable[Reply]]]]:
        return [
            ("GET", "/_local/?", self._index),
            ("GET", "/_local/mail", self._list),
            ("GET", f"/_local/mail/{_ID}", self._letter),
            ("GET", f"/_local/mail/{_ID}/html", self._html),
            ("GET", f"/_local/mail/{_ID}/raw", self._raw),
            ("GET", f"/_local/mail/{_ID}/attachments/(?P<number>[0-9]+)", self._attachment),
            ("GET", "/_local/outbox.json", self._outbox),
            ("POST", "/_local/inbound-mail", self._mail_in),
            ("GET", "/_local/logins", self._logins),
            ("GET", "/_local/clock", self._tell_time),
            ("POST", "/_local/clock", self._move_time),
        ]

    async def _index(self, _request: Request) -> Reply:
        return page(pages.index(self._clock.now(), len(self._mailbox.newest_first()), self._inbound.domain))

    # Mailbox --------------------------------------------------------------------------------------------------

    async def _list(self, request: Request) -> Reply:
        letters = [self._mailbox.letter(envelope) for envelope in self._mailbox.newest_first()[:200]]
        wanted = request.query.get("to", [""])[0].strip().lower()
        if wanted:
            letters = [letter for letter in letters if wanted in ", ".join(letter.envelope.to).lower()]
        return page(pages.mailbox(letters, wanted))

    async def _letter(self, _request: Request, id: str) -> Reply:  # noqa: A002 - named by the route
        letter = self._mailbox.find(id)
        return page(pages.letter(letter)) if letter else page(pages.missing(), 404)

    async def _html(self, _request: Request, id: str) -> Reply:  # noqa: A002 - named by the route
        """What the iframe shows: no script, no form, no request to anywhere but images."""
        letter = self._mailbox.find(id)
        if letter is None:
            return page(pages.missing(), 404)
        policy = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
        policy += "style-src 'unsafe-inline'; img-src * data: cid:"
        body = pages.framed(letter.html).encode()
        return Reply(body, headers={"Content-Security-Policy": policy})

    async def _raw(self, _request: Request, id: str) -> Reply:  # noqa: A002 - named by the route
        raw = self._mailbox.raw(id)
        if raw is None:
            return page(pages.missing(), 404)
        return Reply(raw, "message/rfc822", headers={"Content-Disposition": f'attachment; filename="{id}.eml"'})

    async def _attachment(self, _request: Request, id: str, number: str) -> Reply:  # noqa: A002 - named by the route
        found = self._mailbox.attachment(id, int(number))
        if found is None:
            return page(pages.missing(), 404)
        attachment, content = found
        disposition = f"attachment; filename*=UTF-8''{quote(attachment.name, safe='')}"
        return Reply(content, attachment.type, headers={"Content-Disposition": disposition})

    async def _outbox(self, request: Request) -> Reply:
        letters = (self._mailbox.letter(envelope) for envelope in self._mailbox.newest_first())
        return as_json([_as_data(letter, request.origin) for letter in letters])

    # Incoming mail --------------------------------------------------------------------------------------------

    async def _mail_in(self, request: Request) -> Reply:
        """Same path as SMTP; the envelope comes from `?from=` and `?to=`, else from the message's headers."""
        message = message_from_bytes(request.body, policy=default)
        headers = [str(value) for name in ("To", "Cc", "Bcc") for value in message.get_all(name, [])]
        recipients = request.query.get("to") or [address for _, address in getaddresses(headers)]
        sender = request.query.get("from", [parseaddr(str(message.get("From", "")))[1]])[0]
        try:
            key = await asyncio.to_thread(self._inbound.receive, sender, recipients, request.body)
        except UnknownDomainError as error:
            return as_json({"error": str(error)}, 422)
        except NotReadyError as error:
            return as_json({"error": str(error)}, 503)
        return as_json({"key": key}, 202)

    # Logins and clock -----------------------------------------------------------------------------------------

    async def _logins(self, request: Request) -> Reply:
        known = json.loads(self._logins_file.read_text("utf-8")) if self._logins_file.exists() else []
        if "application/json" in request.headers.get("accept", ""):
            return as_json(known)
        return page(pages.logins(known))

    async def _tell_time(self, request: Request) -> Reply:
        if "text/html" in request.headers.get("accept", ""):
            return page(pages.clock(self._clock.now(), self._clock.offset))
        return as_json(self._time())

    async def _move_time(self, request: Request) -> Reply:
        is_form = request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
        try:
            asked = _form(request.body) if is_form else _object(request.body)
            advance = await asyncio.to_thread(self._advance, asked)
        except BackwardsError as error:
            return as_json({"error": str(error)}, 409)
        except ClockError as error:
            return as_json({"error": str(error)}, 400)
        if is_form:
            return page(pages.clock(self._clock.now(), self._clock.offset, advance))
        return as_json({**self._time(), "fired": advance.fired, "settled": advance.settled})

    def _advance(self, asked: dict[str, Any]) -> Advance:
        if asked.get("at"):
            return self._timetable.advance_to(instant_of(str(asked["at"])))
        if asked.get("advance"):
            return self._timetable.advance_by(seconds_in(str(asked["advance"])))
        raise ClockError('say {"advance": "3d"} or {"at": "2027-06-14T21:59:50Z"}')

    def _time(self) -> dict[str, Any]:
        return {"now": iso(self._clock.now()), "offset_seconds": round(self._clock.offset, 3)}


def _same_origin(request: Request) -> bool:
    """A page of another site must not move the clock or send mail; programs send no Origin."""
    return request.headers.get("origin", request.origin) == request.origin


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body or b"{}")
    except ValueError as error:
        raise ClockError("the body is not JSON") from error
    if not isinstance(value, dict):
        raise ClockError("the body is not a JSON object")
    return value


def _form(body: bytes) -> dict[str, Any]:
    return {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


def _as_data(letter: Letter, origin: str) -> dict[str, Any]:
    envelope = letter.envelope
    return {
        "id": envelope.id,
        "kind": envelope.kind,
        "to": ", ".join(envelope.to),
        "from": envelope.sender,
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "links": letter.links,
        "attachments": [
            {
                "name": attachment.name,
                "type": attachment.type,
                "size": attachment.size,
                "url": f"{origin}/_local/mail/{envelope.id}/attachments/{number}",
            }
            for number, attachment in enumerate(letter.attachments)
        ],
        "sent_at": envelope.sent_at,
        "headers": letter.headers,
    }
