"""How dates, durations, sizes and counts are written for French readers. Instants come in UTC with the zone to show."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from palier.web.views.common import Moment

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_NBSP = "\u00a0"
_MEGA = 1_000_000


def day(instant: dt.datetime, zone: ZoneInfo) -> str:
    """Write ``mardi 24 novembre 2026``."""
    local = instant.astimezone(zone)
    number = "1er" if local.day == 1 else str(local.day)
    return f"{_DAYS[local.weekday()]} {number}{_NBSP}{_MONTHS[local.month - 1]} {local.year}"


def hour(instant: dt.datetime, zone: ZoneInfo) -> str:
    """Write ``14 h 30``."""
    local = instant.astimezone(zone)
    return f"{local.hour}{_NBSP}h{_NBSP}{local.minute:02d}"


def day_and_hour(instant: dt.datetime, zone: ZoneInfo) -> str:
    """Write ``mardi 24 novembre 2026 à 14 h 30``."""
    return f"{day(instant, zone)} à {hour(instant, zone)}"


def short(instant: dt.datetime, zone: ZoneInfo) -> str:
    """Write ``24/11/2026 14:30`` for dense lists."""
    return instant.astimezone(zone).strftime("%d/%m/%Y %H:%M")


def moment(instant: dt.datetime, zone: ZoneInfo, *, dense: bool = False) -> Moment:
    """Write an instant for people and for machines."""
    return Moment((short if dense else day_and_hour)(instant, zone), instant.isoformat())


def duration(minutes: int) -> str:
    """Write ``1 h 30`` or ``45 min``."""
    hours, rest = divmod(minutes, 60)
    if hours == 0:
        return f"{rest}{_NBSP}min"
    return f"{hours}{_NBSP}h" + (f"{_NBSP}{rest:02d}" if rest else "")


def size(octets: int) -> str:
    """Write a file's size: ``320 ko``, ``1,4 Mo``."""
    if octets < _MEGA:
        return f"{max(1, round(octets / 1000))}{_NBSP}ko"
    return f"{octets / _MEGA:.1f}{_NBSP}Mo".replace(".", ",")


def phone(number: str) -> str:
    """Write a French number in pairs, ``06 39 98 00 01``; any other as it is."""
    digits = "0" + number[3:] if re.fullmatch(r"\+33\d{9}", number) else number
    return _NBSP.join(digits[i : i + 2] for i in range(0, 10, 2)) if re.fullmatch(r"0\d{9}", digits) else number


def wait(seconds: int) -> str:
    """Write how long to wait: ``45 secondes``, ``3 minutes``."""
    if seconds < 60:  # noqa: PLR2004 - a minute
        return f"{seconds}{_NBSP}seconde{'s' if seconds > 1 else ''}"
    minutes = -(-seconds // 60)
    return f"{minutes}{_NBSP}minute{'s' if minutes > 1 else ''}"


def list_of(names: tuple[str, ...]) -> str:
    """Write ``a, b et c``."""
    if len(names) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(names)
    return f"{', '.join(names[:-1])} et {names[-1]}"
