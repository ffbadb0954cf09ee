"""Who is asking: what a session and its account say about a signed-in person. Knows no storage and no HTTP."""

from enum import StrEnum

import msgspec

from palier.kernel.ids import AgencyId, BuildingId, LotId, PartyId


class Module(StrEnum):
    """The agency's two businesses (ROL-024)."""

    GERANCE = "gerance"
    SYNDIC = "syndic"


class Space(StrEnum):
    """The space a person is in (AUT-019)."""

    CO_OWNER = "co_owner"
    LANDLORD = "landlord"
    RENTER = "renter"
    SUPPLIER = "supplier"
    STAFF = "staff"


class CouncilRole(StrEnum):
    """Place in the co-owners' council of one building."""

    NONE = "none"
    MEMBER = "council_member"
    PRESIDENT = "council_president"


class StaffRole(StrEnum):
    """Role of a staff user; the agency may add others."""

    PRINCIPAL = "principal"
    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    ASSISTANT = "assistant"
    ACCOUNTANT = "accountant"
    OTHER = "other"


class Permission(StrEnum):
    """What a role may be allowed to do (ROL-021…023 and the matrix of section 2.1)."""

    TICKET_CREATE = "ticket_create"
    TICKET_EDIT = "ticket_edit"
    TICKET_SEE_OTHERS = "ticket_see_others"
    TICKET_DELETE = "ticket_delete"
    PORTFOLIO_READ = "portfolio_read"
    PORTFOLIO_ACT = "portfolio_act"
    SETTINGS = "settings"


class Tie(msgspec.Struct, frozen=True):
    """Why a client may see a building or a lot: he owns, lets or rents there (ROL-026)."""

    space: Space
    building: BuildingId
    building_name: str
    lot: LotId | None = None
    lot_label: str = ""
    council: CouncilRole = CouncilRole.NONE


class Caller(msgspec.Struct, frozen=True):
    """A signed-in person, as one request sees him.

    ``secret`` is the raw session cookie: it keys form tokens and must never be logged. ``ties`` are those of
    the current ``space``, at most sixty of the account's; ``more_ties`` says that the table holds others.
    ``impersonated_by`` is the name of the staff user behind the session, ``impersonator`` his party.
    """

    agency: AgencyId
    agency_name: str
    zone: str
    party: PartyId
    name: str
    space: Space
    secret: str
    role: StaffRole | None = None
    permissions: frozenset[Permission] = frozenset()
    modules: frozenset[Module] = frozenset()
    ties: tuple[Tie, ...] = ()
    email: str = ""
    must_change_password: bool = False
    impersonated_by: str | None = None
    other_accounts: bool = False
    spaces: tuple[Space, ...] = ()
    more_ties: bool = False
    impersonator: PartyId | None = None

    def may(self, permission: Permission) -> bool:
        """Tell whether the caller's role has a permission."""
        return permission in self.permissions
