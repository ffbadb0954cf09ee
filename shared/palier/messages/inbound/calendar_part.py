"""An invitation's few facts. Times and places are the sender's words; nothing is computed."""

import re
from typing import Final

from palier.messages.inbound.cleaning import one_line
from palier.messages.inbound.model import CalendarSummary

_UNFOLD: Final = re.compile(r"\r?\n[ \t]")
_LINE: Final = re.compile(r"(?m)^([A-Z-]{1,30})(?:;[^:\r\n]{0,300})?:([^\r\n]{0,2000})")
_EVENT: Final = ("SUMMARY", "DTSTART", "DTEND", "LOCATION", "ORGANIZER")
_WINDOW: Final = 100_000
_MAX_VALUE: Final = 200


def summarise_calendar(text: str) -> CalendarSummary | None:
    """Return the method and the first event's facts, None when the text is no calendar."""
    text = _UNFOLD.sub("", text[:_WINDOW])
    if "BEGIN:VCALENDAR" not in text:
        return None
    head, _, event = text.partition("BEGIN:VEVENT")
    method = next((value for name, value in _LINE.findall(head) if name == "METHOD"), "")
    facts: dict[str, str] = {}
    for name, value in _LINE.findall(event.partition("END:VEVENT")[0]):
        if name in _EVENT:
            facts.setdefault(name, one_line(_unescape(value), _MAX_VALUE))
    return CalendarSummary(
        method=one_line(method, 20).upper(),
        summary=facts.get("SUMMARY", ""),
        starts=facts.get("DTSTART", ""),
        ends=facts.get("DTEND", ""),
        location=facts.get("LOCATION", ""),
        organizer=facts.get("ORGANIZER", "").removeprefix("mailto:").removeprefix("MAILTO:"),
    )


def _unescape(value: str) -> str:
    return value.replace("\\n", " ").replace("\\N", " ").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
