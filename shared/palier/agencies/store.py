"""How agencies lie in the table, and which one answers under a host."""

import msgspec

from palier.agencies.model import Agency, AgencyTexts
from palier.aws.keys import AgencyKeys, Key, platform_key
from palier.aws.table import Row

_AGENCIES = msgspec.json.Decoder(Agency)
_TEXTS = msgspec.json.Decoder(AgencyTexts)


def settings_key(keys: AgencyKeys) -> Key:
    """Return where the agency and its settings are."""
    return keys.key("AGENCY", sk="SETTINGS")


def texts_key(keys: AgencyKeys) -> Key:
    """Return where the long texts are."""
    return keys.key("AGENCY", sk="TEXTS")


def host_key(host: str) -> Key:
    """Return where the agency of a host is."""
    return platform_key("HOST", sk=host.lower())


def decode_agency(row: Row) -> Agency:
    """Read an agency with its settings."""
    return _AGENCIES.decode(row.body)


def decode_texts(row: Row | None) -> AgencyTexts:
    """Read the long texts; none were written for most agencies."""
    return AgencyTexts() if row is None else _TEXTS.decode(row.body)
