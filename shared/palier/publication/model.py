"""A publication: lines to import, what came of each, and the portfolio that they change. Knows no storage."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from palier.kernel.errors import PalierError
from palier.kernel.ids import PartyId
from palier.portfolio.dossier import Dossier
from palier.portfolio.links import Caretaking, CouncilSeat, LedgerAccount, Ownership, Relation, Tenancy
from palier.portfolio.model import Building, Lot, Party, StaffUser, Supplier


class Collection(StrEnum):
    """The kinds of records of the back office, in an order in which they can be sent."""

    STAFF = "staff"
    BUILDINGS = "buildings"
    LOTS = "lots"
    PARTIES = "parties"
    SUPPLIERS = "suppliers"
    OWNERSHIPS = "ownerships"
    TENANCIES = "tenancies"
    COUNCIL = "council"
    CARETAKERS = "caretakers"
    RELATIONS = "relations"
    ACCOUNTS = "accounts"


Record = (
    StaffUser
    | Building
    | Lot
    | Party
    | Supplier
    | Ownership
    | Tenancy
    | CouncilSeat
    | Caretaking
    | Relation
    | LedgerAccount
)
RECORDS: Mapping[Collection, type[Record]] = {
    Collection.STAFF: StaffUser,
    Collection.BUILDINGS: Building,
    Collection.LOTS: Lot,
    Collection.PARTIES: Party,
    Collection.SUPPLIERS: Supplier,
    Collection.OWNERSHIPS: Ownership,
    Collection.TENANCIES: Tenancy,
    Collection.COUNCIL: CouncilSeat,
    Collection.CARETAKERS: Caretaking,
    Collection.RELATIONS: Relation,
    Collection.ACCOUNTS: LedgerAccount,
}


class Outcome(StrEnum):
    """What came of a line."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    REFUSED = "refused"


class Remark(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that could not be taken as it was sent: a number that is no mobile, an address without @."""

    code: str
    field: str
    detail: str = ""


class Line(msgspec.Struct, frozen=True):
    """One line of a batch, read: the record as we keep it, or only its id when it is to be removed."""

    number: int
    id: str
    record: Record | None = None
    remarks: tuple[Remark, ...] = ()


class LineReport(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the back office is told of one line. ``initial_password`` is said once and kept nowhere
    (AUT-006).
    """

    line: int
    id: str
    outcome: Outcome
    code: str = ""
    detail: str = ""
    field: str = ""
    login: str = ""
    initial_password: str = ""
    remarks: tuple[Remark, ...] = ()


class LineRefusedError(PalierError):
    """A line that cannot be taken; the others of its batch are."""

    def __init__(self, code: str, field: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.field = field


class World(msgspec.Struct, frozen=True):
    """The part of the portfolio that a batch may touch.

    ``in_use`` names records of the batch's collection that others in the table still name.
    """

    records: Mapping[tuple[Collection, str], Record] = {}
    dossiers: Mapping[PartyId, Dossier] = {}
    in_use: frozenset[str] = frozenset()

    def dossier(self, party: PartyId) -> Dossier:
        """Return the dossier of a party, an empty one for a party never heard of."""
        return self.dossiers.get(party) or Dossier(party)

    def building(self, identifier: str | None) -> Building | None:
        """Return a building, if it is known."""
        found = self.records.get((Collection.BUILDINGS, identifier or ""))
        return found if isinstance(found, Building) else None

    def lot(self, identifier: str | None) -> Lot | None:
        """Return a lot, if it is known."""
        found = self.records.get((Collection.LOTS, identifier or ""))
        return found if isinstance(found, Lot) else None

    def with_record(self, collection: Collection, identifier: str, record: Record | None) -> "World":
        """Return the world with a record put in or taken out."""
        kept = {key: value for key, value in self.records.items() if key != (collection, identifier)}
        if record is not None:
            kept[collection, identifier] = record
        return msgspec.structs.replace(self, records=kept)

    def with_dossier(self, dossier: Dossier) -> "World":
        """Return the world with a dossier replaced."""
        kept = {**self.dossiers, dossier.id: dossier}
        if dossier.is_empty:
            del kept[dossier.id]
        return msgspec.structs.replace(self, dossiers=kept)
