"""What functions send through SES and SNS, taken whole before they hear that it was accepted."""

# ruff: noqa: SLF001 - see the package's docstring

from __future__ import annotations

import base64
import re
import time
from collections.abc import Callable
from typing import Any

from infra.local.emulator.modules import OK, Modules

Answer = tuple[int, dict[str, str], bytes]
KeepEmail = Callable[[str, str, list[str], bytes], None]  # id, sender, recipients, raw MIME
KeepSms = Callable[[str, str], None]  # number, text


class Sending:
    def __init__(self, modules: Modules, keep_email: KeepEmail, keep_sms: KeepSms) -> None:
        self._ses, self._sns = modules.ses, modules.sns
        self._keep_email, self._keep_sms = keep_email, keep_sms
        self._send_raw, self._publish = self._ses._send_raw_email, self._sns._publish
        self._ses._send_raw_email = self._raw_email
        self._ses._smtp_relay = self._other_email
        self._sns._publish = self._message

    def _raw_email(self, parameters: dict[str, Any]) -> Answer:
        status, headers, body = self._send_raw(parameters)
        found = re.search(rb"<MessageId>([^<@]+)[^<]*", body)
        if status != OK or found is None:
            return status, headers, body
        raw = base64.b64decode(self._ses._p(parameters, "RawMessage.Data"))
        recipients = self._ses._collect_list(parameters, "Destinations.member")
        self._keep_email(found[1].decode(), self._ses._p(parameters, "Source"), recipients, raw)
        as_on_aws = b"<MessageId>" + found[1]  # without the domain that MiniStack adds
        return status, headers, body.replace(found[0], as_on_aws)

    def _other_email(self, source: str, recipients: list[str], message: str) -> None:
        """SES relays every e-mail here; a raw one (it starts with its new Message-ID) has been kept already."""
        if not message.startswith("Message-ID: <"):
            self._keep_email(f"other-{time.time_ns()}", source, list(recipients), message.encode())

    def _message(self, parameters: dict[str, Any]) -> Answer:
        answer: Answer = self._publish(parameters)
        number = self._sns._p(parameters, "PhoneNumber")
        if number and answer[0] == OK:
            self._keep_sms(number, self._sns._p(parameters, "Message"))
        return answer
