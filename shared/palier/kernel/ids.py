"""Identifiers. Plain strings at run time, distinct types for the reader and for mypy."""

import secrets
from typing import NewType, Protocol

AgencyId = NewType("AgencyId", str)
PartyId = NewType("PartyId", str)
BuildingId = NewType("BuildingId", str)
LotId = NewType("LotId", str)
TicketNumber = NewType("TicketNumber", int)
EngagementId = NewType("EngagementId", str)
UploadId = NewType("UploadId", str)


class IdSource(Protocol):
    """Where new identifiers come from; an argument wherever one is needed."""

    def new(self) -> str:
        """Return an identifier nobody can guess and nobody had before."""
        ...


class RandomIds:
    """128 bits from the system's generator, in 22 URL-safe characters."""

    def new(self) -> str:
        """Return a fresh identifier."""
        return secrets.token_urlsafe(16)
