"""The date a mail bears, in English or French, with or without zone, right or absurd."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

_DATE: Final = re.compile(
    r"(\d{1,2})[\s.-]{1,3}([A-Za-zéèêûôà]{3,10})\.?[\s.,-]{1,3}(\d{4}|\d{2})[\s,à]{1,4}"
    r"(\d{1,2})[:.h](\d{1,2})(?:[:.](\d{1,2}))?(?:\.\d{1,9})?\s{0,3}([+-]\d{2}:?\d{2}|[A-Za-z]{1,5})?"
)
_ASCTIME: Final = re.compile(
    r"([A-Za-z]{3})\s{1,3}(\d{1,2})\s{1,2}(\d{1,2}):(\d{2}):(\d{2})\s{1,2}(?:([A-Z]{1,5})\s)?(\d{4})"
)
_ISO: Final = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d{1,9})?\s?(Z|[+-]\d{2}:?\d{2})?"
)
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan janv janvier january",
            "feb fev fév févr fevr février february",
            "mar mars march",
            "apr avr avril april",
            "may mai",
            "jun juin june",
            "jul juil juillet july",
            "aug aoû aout août august",
            "sep sept septembre september",
            "oct octobre october",
            "nov novembre november",
            "dec déc décembre december",
        ),
        start=1,
    )
    for name in names.split()
}
_ZONES: Final = {
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "bst": 1, "wet": 0, "west": 1, "cet": 1, "met": 1, "cest": 2, "mest": 2, "eet": 2, "eest": 3, "msk": 3,
}  # fmt: skip
_CENTURY_PIVOT: Final = 70
_MAX_OFFSET_MINUTES: Final = 16 * 60
_SECONDS: Final = 59


def parse_date(text: str) -> datetime | None:
    """Return the instant in UTC, None when the text has none. A missing zone is read as UTC."""
    text = text[:200]
    found = _rfc(text) or _asctime(text) or _iso(text)
    if found is None:
        return None
    numbers, zone = found
    year, month, day, hour, minute, second = numbers
    try:
        return datetime(year, month, day, hour, minute, min(second, _SECONDS), tzinfo=_zone(zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


_Found = tuple[tuple[int, int, int, int, int, int], str]


def _rfc(text: str) -> _Found | None:
    match = _DATE.search(text)
    month = _MONTHS.get(match[2].lower()) if match else None
    if match is None or month is None:
        return None
    return (_year(match[3]), month, int(match[1]), int(match[4]), int(match[5]), int(match[6] or 0)), match[7] or ""


def _asctime(text: str) -> _Found | None:
    match = _ASCTIME.search(text)
    month = _MONTHS.get(match[1].lower()) if match else None
    if match is None or month is None:
        return None
    return (int(match[7]), month, int(match[2]), int(match[3]), int(match[4]), int(match[5])), match[6] or ""


def _iso(text: str) -> _Found | None:
    match = _ISO.search(text)
    if match is None:
        return None
    return (int(match[1]), int(match[2]), int(match[3]), int(match[4]), int(match[5]), int(match[6] or 0)), match[
        7
    ] or ""


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004 - written in full
        return year
    return year + (1900 if year >= _CENTURY_PIVOT else 2000)


def _zone(written: str) -> timezone:
    if written[:1] in {"+", "-"}:
        digits = written[1:].replace(":", "")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        if minutes <= _MAX_OFFSET_MINUTES:
            return timezone(timedelta(minutes=minutes if written[0] == "+" else -minutes))
    return timezone(timedelta(hours=_ZONES.get(written.lower(), 0)))
