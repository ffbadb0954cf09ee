"""Keys of the one table. Every partition begins with an agency id, so that no query can cross agencies (PLT-003).

The only partitions outside an agency are ``PLATFORM#…``: which host belongs to which agency, and the list of agencies.
"""

from typing import NamedTuple

from palier.kernel.ids import AgencyId

_FORBIDDEN = "#"


class Key(NamedTuple):
    """Where an item lives: partition and sort key."""

    pk: str
    sk: str


class BadKeyPartError(ValueError):
    """A part of a key is empty or holds the separator: it could name somebody else's item."""


def join(*parts: str | int) -> str:
    """Join the parts of a key; refuses what could be read as other parts."""
    texts = [str(part) for part in parts]
    for text in texts:
        if not text or _FORBIDDEN in text:
            raise BadKeyPartError(text)
    return "#".join(texts)


class AgencyKeys:
    """Makes keys for one agency, and cannot make another's."""

    def __init__(self, agency: AgencyId) -> None:
        self.agency = agency

    def key(self, *partition: str | int, sk: str) -> Key:
        """Return the key of the item ``sk`` in one of the agency's partitions."""
        return Key(self.pk(*partition), sk)

    def pk(self, *partition: str | int) -> str:
        """Return a partition (of the table or of an index) of this agency."""
        return join(self.agency, *partition)


def platform_key(*partition: str, sk: str) -> Key:
    """Return a key outside every agency; see the module's text for what may live there."""
    return Key(join("PLATFORM", *partition), sk)
