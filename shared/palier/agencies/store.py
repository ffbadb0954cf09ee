"""How agencies lie in the table, and which one answers under a host."""

import datetime as dt
from typing import Any

import msgspec

from palier.agencies.model import Agency, AgencyTexts
from palier.aws.keys import AgencyKeys, Key, platform_key
from palier.aws.table import Row, Table
from palier.kernel.errors import NotFoundError
from palier.kernel.ids import AgencyId

_AGENCIES = msgspec.json.Decoder(Agency)
_TEXTS = msgspec.json.Decoder(AgencyTexts)
_ANY_HOST = "*"
_HOSTS_KEPT = dt.timedelta(minutes=1)


class HostOwner(msgspec.Struct, frozen=True):
    """Whose host it is."""

    agency: AgencyId


class Front(msgspec.Struct, frozen=True):
    """What pages without a session know of the agency."""

    agency: Agency
    texts: AgencyTexts


class UnknownHostError(NotFoundError):
    """No agency answers under this host, and none is the default."""

    code = "UNKNOWN_HOST"


def settings_key(keys: AgencyKeys) -> Key:
    """Return where the agency and its settings are."""
    return keys.key("AGENCY", sk="SETTINGS")


def texts_key(keys: AgencyKeys) -> Key:
    """Return where the long texts are."""
    return keys.key("AGENCY", sk="TEXTS")


def host_key(host: str) -> Key:
    """Return where the agency of a host is; ``*`` is the default's."""
    return platform_key("HOST", sk=host.lower())


def listed_key(agency: AgencyId) -> Key:
    """Return where the list of agencies names this one."""
    return platform_key("AGENCIES", sk=agency)


def decode_agency(row: Row) -> Agency:
    """Read an agency with its settings."""
    return _AGENCIES.decode(row.body)


def decode_texts(row: Row | None) -> AgencyTexts:
    """Read the long texts; most agencies wrote none."""
    return AgencyTexts() if row is None else _TEXTS.decode(row.body)


def settings_row(keys: AgencyKeys, touched: dict[str, Any], version: int = 0) -> Row:
    """Write an agency: only what was touched, see ``resolution.py``."""
    return Row(settings_key(keys), "SETTINGS", msgspec.json.encode(touched, order="deterministic"), version)


def texts_row(keys: AgencyKeys, touched: dict[str, Any], version: int = 0) -> Row:
    """Write the long texts."""
    return Row(texts_key(keys), "TEXTS", msgspec.json.encode(touched, order="deterministic"), version)


def host_row(host: str, agency: AgencyId) -> Row:
    """Give a host to an agency."""
    return Row(host_key(host), "HOST", msgspec.json.encode(HostOwner(agency)))


def listed_row(agency: AgencyId) -> Row:
    """Name an agency in the list."""
    return Row(listed_key(agency), "AGENCY", msgspec.json.encode(HostOwner(agency)))


def list_agencies(table: Table) -> tuple[AgencyId, ...]:
    """Return the ids of all agencies."""
    return tuple(AgencyId(row.key.sk) for row in table.query("PLATFORM#AGENCIES").rows)


def read_agency(table: Table, agency: AgencyId) -> Agency:
    """Return one agency (one read)."""
    row = table.get(settings_key(AgencyKeys(agency)))
    if row is None:
        raise NotFoundError(agency)
    return decode_agency(row)


class Hosts:
    """Which agency answers under a host: looked up once a minute and process, since pages before sign-in ask it."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._known: dict[str, tuple[dt.datetime, AgencyId]] = {}

    def agency(self, host: str, now: dt.datetime) -> AgencyId:
        """Return the agency of this host, or the default one."""
        until, agency = self._known.get(host, (now, AgencyId("")))
        if now < until:
            return agency
        agency = self._look_up(host)
        if len(self._known) < 1000:  # noqa: PLR2004 - anybody may send any host
            self._known[host] = (now + _HOSTS_KEPT, agency)
        return agency

    def front(self, host: str, now: dt.datetime) -> Front:
        """Return the agency of a host with its texts."""
        keys = AgencyKeys(self.agency(host, now))
        rows = self._table.get_many([settings_key(keys), texts_key(keys)])
        if settings_key(keys) not in rows:
            raise UnknownHostError(host)
        return Front(decode_agency(rows[settings_key(keys)]), decode_texts(rows.get(texts_key(keys))))

    def _look_up(self, host: str) -> AgencyId:
        wanted = [host_key(name) for name in (host.partition(":")[0] or _ANY_HOST, _ANY_HOST)]
        rows = self._table.get_many(wanted)
        row = rows.get(wanted[0]) or rows.get(wanted[1])
        if row is None:
            raise UnknownHostError(host)
        return msgspec.json.decode(row.body, type=HostOwner).agency
