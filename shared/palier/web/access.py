"""Who may call a route. Every route names one of these; a route without one cannot be declared (deny by default).

The names here are the first gate only: every object is checked again against the caller by the domain.
"""

from enum import StrEnum

from palier.kernel.errors import ForbiddenError
from palier.people.caller import Caller, Space

CLIENT_SPACES = frozenset({Space.CO_OWNER, Space.LANDLORD, Space.RENTER})


class Access(StrEnum):
    """The callers of a route."""

    PUBLIC = "public"  # anybody: sign-in pages, assets
    ANY_SESSION = "session"  # whoever is signed in, in whatever space
    PASSWORD_CHANGE = "password"  # noqa: S105 - signed in, first password still to be replaced (AUT-008)
    CLIENT = "client"  # co-owner, landlord, renter
    STAFF = "staff"  # the agency's people
    LINK = "link"  # whoever holds the link: checked by the view through the link's row
    API_KEY = "api key"  # the back office


class PasswordChangeNeededError(ForbiddenError):
    """Signed in with a first or temporary password: only the change form is open (AUT-008)."""

    code = "PASSWORD_CHANGE_NEEDED"


def admit(caller: Caller, access: Access) -> None:
    """Let a signed-in caller through one gate, or raise :class:`ForbiddenError`."""
    if access is Access.PASSWORD_CHANGE:
        return
    if caller.must_change_password:
        raise PasswordChangeNeededError
    if access is Access.CLIENT and caller.space not in CLIENT_SPACES:
        raise ForbiddenError
    if access is Access.STAFF and caller.space is not Space.STAFF:
        raise ForbiddenError
