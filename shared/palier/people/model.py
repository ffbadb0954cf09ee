"""What is kept of a person who may sign in: his account, his sessions, his links to other parties."""

import datetime as dt
from enum import StrEnum

import msgspec

from palier.kernel.ids import PartyId
from palier.people.caller import Module, Space, StaffRole, Tie

MOST_TIES = 60
SPACE_ORDER = (Space.STAFF, Space.CO_OWNER, Space.LANDLORD, Space.RENTER, Space.SUPPLIER)


class PasswordState(StrEnum):
    """What the stored password is worth."""

    NONE = "none"  # nobody can sign in yet (AUT-028)
    SUPPLIED = "supplied"  # given by the agency: opens one session (AUT-008)
    SPENT = "spent"  # supplied, and its one session was opened
    PERSONAL = "personal"


class Account(msgspec.Struct, frozen=True, omit_defaults=True):
    """The login of one party, with what every page needs to know of him, so that a page reads one row.

    ``epoch`` is in every session: raising it ends them all. ``ties`` are at most :data:`MOST_TIES`.
    """

    party: PartyId
    login: str
    name: str
    email: str = ""
    password_hash: str = ""
    password: PasswordState = PasswordState.NONE
    allowed: bool = True
    epoch: int = 0
    role: StaffRole | None = None
    modules: frozenset[Module] = frozenset()
    supplier: bool = False
    ties: tuple[Tie, ...] = ()
    spaces: tuple[Space, ...] = ()
    more_ties: bool = False
    other_accounts: bool = False
    last_login: dt.datetime | None = None
    notify_documents: bool = True

    @property
    def must_change_password(self) -> bool:
        """Tell whether the password was given by somebody else."""
        return self.password is not PasswordState.PERSONAL


class Session(msgspec.Struct, frozen=True, omit_defaults=True):
    """One signed-in browser.

    ``opened_by`` is the party whose own session opened this one, ``primary`` the party whose links it came by
    (AUT-016); ``impersonated_by`` is the name of the staff user behind it (AUT-014).
    """

    host: str
    started: dt.datetime
    renewed: dt.datetime
    epoch: int
    space: Space | None = None
    opened_by: PartyId | None = None
    primary: PartyId | None = None
    impersonated_by: str | None = None


class OpenedSession(msgspec.Struct, frozen=True):
    """A session in somebody else's space that this party opened: ends with his own (sign-out everywhere)."""

    party: PartyId
    hashed: str


class LinkedParty(msgspec.Struct, frozen=True):
    """Another party whose account this one's login opens: *est super tiers de* (AUT-016)."""

    party: PartyId
    name: str


class LoginOwner(msgspec.Struct, frozen=True):
    """Whose login it is."""

    party: PartyId


class PasswordDraft(msgspec.Struct, frozen=True):
    """A temporary password shown to staff and not confirmed yet (AUT-012)."""

    password_hash: str
    shown_to: PartyId
    until: dt.datetime


class AuditEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who did what to whom, and when (PLT-009)."""

    at: dt.datetime
    who: str
    what: str
    about: str = ""
    detail: str = ""
