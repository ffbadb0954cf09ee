"""The records of the back office as they come over the wire. Field by field they are those of ``portfolio``.

pydantic is allowed here and in ``api.py``/``openapi.py`` only: nothing on the page path imports this.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from palier.people.caller import CouncilRole, Module, Space, StaffRole
from palier.portfolio.model import PartyKind
from palier.publication.model import Collection


def _known_zone(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ValueError("not a time zone of the IANA database") from error
    return zone


def _printable(text: str) -> str:
    if any(not char.isprintable() for char in text):
        raise ValueError("holds characters that cannot be printed")
    return text


Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,59}$")]
Text = Annotated[str, StringConstraints(max_length=200), AfterValidator(_printable)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=120), AfterValidator(_printable)]
Zone = Annotated[str, StringConstraints(max_length=40), AfterValidator(_known_zone)]
Several = Field(default=(), max_length=20)


class _Wire(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


class AddressLines(_Wire):
    """A postal address."""

    line_1: Text = ""
    line_2: Text = ""
    line_3: Text = ""
    postcode: Text = ""
    city: Text = ""


class ContactLines(_Wire):
    """Ways of reaching somebody. Mobiles may be written as in France; overseas prefixes are recognised."""

    emails: tuple[Text, ...] = Several
    mobiles: tuple[Text, ...] = Several
    phones: tuple[Text, ...] = Several


class CorrespondentLine(_Wire):
    """A named person inside a company."""

    name: Name
    function: Text = ""
    contact: ContactLines = ContactLines()


class RecordLine(_Wire):
    """What every record has: its identifier in the back office."""

    id: Identifier
    removed: Literal[False] = False


class RemovedLine(_Wire):
    """A record that the back office no longer publishes."""

    id: Identifier
    removed: Literal[True]


class StaffLine(RecordLine):
    """A staff user and his role in the portal."""

    last_name: Name
    first_name: Text = ""
    civility: Text = ""
    role: StaffRole = StaffRole.OTHER
    modules: tuple[Module, ...] = tuple(Module)
    contact: ContactLines = ContactLines()


class BuildingLine(RecordLine):
    """A condominium, or a building let by one landlord."""

    module: Module
    name: Name
    address: AddressLines = AddressLines()
    zone: Zone = "Europe/Paris"
    door_codes: tuple[Text, ...] = Several
    single_owner: bool = False
    manager: Identifier | None = None
    assistant: Identifier | None = None
    accountant: Identifier | None = None


class LotLine(RecordLine):
    """A lot of a building that was published before."""

    building: Identifier
    reference: Name
    nature: Text = ""
    address: AddressLines = AddressLines()
    block: Text = ""
    floor: Text = ""
    door_code: Text = ""
    criterion_2: Text = ""
    tantiemes: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    furnished: bool = False


class PartyLine(RecordLine):
    """A person or a company; for a company ``last_name`` is its name."""

    last_name: Name
    first_name: Text = ""
    civility: Text = ""
    kind: PartyKind = PartyKind.PERSON
    address: AddressLines = AddressLines()
    contact: ContactLines = ContactLines()
    correspondents: tuple[CorrespondentLine, ...] = Several


class SupplierLine(RecordLine):
    """A company that intervenes, with its trades."""

    name: Name
    trades: tuple[Name, ...] = Several
    address: AddressLines = AddressLines()
    contact: ContactLines = ContactLines()
    correspondents: tuple[CorrespondentLine, ...] = Several
    council_visible: bool = True


class OwnershipLine(RecordLine):
    """A party owns a lot, or a whole single-owner building; ``until`` is the day of the sale."""

    party: Identifier
    lot: Identifier | None = None
    building: Identifier | None = None
    until: dt.date | None = None
    resident: bool = False

    @model_validator(mode="after")
    def _one_place(self) -> "OwnershipLine":
        if (self.lot is None) == (self.building is None):
            raise ValueError("name either a lot or a building")
        return self


class TenancyLine(RecordLine):
    """A party rents a lot; ``until`` is the day of departure."""

    party: Identifier
    lot: Identifier
    until: dt.date | None = None


class CouncilLine(RecordLine):
    """A co-owner sits in the council of a building; ``until`` is the end of the mandate."""

    party: Identifier
    building: Identifier
    role: Literal[CouncilRole.MEMBER, CouncilRole.PRESIDENT] = CouncilRole.MEMBER
    until: dt.date | None = None


class CaretakerLine(RecordLine):
    """A party looks after a building."""

    party: Identifier
    building: Identifier


class RelationLine(RecordLine):
    """``super_party`` opens the accounts of ``party`` with his own login."""

    super_party: Identifier
    party: Identifier


class AccountLine(RecordLine):
    """A ledger account, and whether it is published to the portal."""

    party: Identifier
    space: Literal[Space.CO_OWNER, Space.LANDLORD, Space.RENTER, Space.SUPPLIER]
    building: Identifier | None = None
    number: Text = ""
    published: bool = False


LINES: Mapping[Collection, type[RecordLine]] = {
    Collection.STAFF: StaffLine,
    Collection.BUILDINGS: BuildingLine,
    Collection.LOTS: LotLine,
    Collection.PARTIES: PartyLine,
    Collection.SUPPLIERS: SupplierLine,
    Collection.OWNERSHIPS: OwnershipLine,
    Collection.TENANCIES: TenancyLine,
    Collection.COUNCIL: CouncilLine,
    Collection.CARETAKERS: CaretakerLine,
    Collection.RELATIONS: RelationLine,
    Collection.ACCOUNTS: AccountLine,
}
