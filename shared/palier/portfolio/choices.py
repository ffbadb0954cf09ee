"""What forms offer to choose from: buildings, suppliers by trade, staff (TCK-010, TCK-011, TCK-026). Pure."""

from collections.abc import Mapping

import msgspec

from palier.kernel.ids import BuildingId, PartyId
from palier.people.caller import Module, StaffRole
from palier.portfolio.model import Building, Contact, Correspondent, StaffUser, Supplier
from palier.portfolio.ordering import fold

OTHER_TRADES = "Autres"


class BuildingChoice(msgspec.Struct, frozen=True, omit_defaults=True):
    """A building in a list."""

    id: BuildingId
    module: Module
    name: str
    address: str = ""
    single_owner: bool = False
    manager: PartyId | None = None
    assistant: PartyId | None = None
    accountant: PartyId | None = None


class SupplierChoice(msgspec.Struct, frozen=True, omit_defaults=True):
    """A supplier in a list, with all that the ticket form fills in (TCK-026, TCK-027)."""

    id: PartyId
    name: str
    trades: tuple[str, ...] = ()
    contact: Contact = Contact()
    correspondents: tuple[Correspondent, ...] = ()
    council_visible: bool = True


class StaffChoice(msgspec.Struct, frozen=True, omit_defaults=True):
    """A staff user in a list."""

    id: PartyId
    name: str
    role: StaffRole
    modules: frozenset[Module] = frozenset()
    email: str = ""
    phone: str = ""


class Directory(msgspec.Struct, frozen=True):
    """Everything that forms choose from, each in the order it is shown."""

    buildings: tuple[BuildingChoice, ...] = ()
    suppliers: tuple[SupplierChoice, ...] = ()
    staff: tuple[StaffChoice, ...] = ()

    def buildings_of(self, module: Module) -> tuple[BuildingChoice, ...]:
        """Return the buildings of one business (ROL-024)."""
        return tuple(choice for choice in self.buildings if choice.module is module)

    def building(self, wanted: str) -> BuildingChoice | None:
        """Return one building of the list."""
        return next((choice for choice in self.buildings if choice.id == wanted), None)

    def supplier(self, wanted: str) -> SupplierChoice | None:
        """Return one supplier of the list."""
        return next((choice for choice in self.suppliers if choice.id == wanted), None)

    def staff_user(self, wanted: str) -> StaffChoice | None:
        """Return one staff user of the list."""
        return next((choice for choice in self.staff if choice.id == wanted), None)

    def by_trade(self) -> Mapping[str, tuple[SupplierChoice, ...]]:
        """Return the suppliers under each of their trades, those without one under *Autres*, which comes
        last.
        """
        trades = {trade for choice in self.suppliers for trade in choice.trades}
        grouped = {trade: self._of_trade(trade) for trade in sorted(trades, key=fold)}
        without = tuple(choice for choice in self.suppliers if not choice.trades)
        return {**grouped, OTHER_TRADES: grouped.get(OTHER_TRADES, ()) + without} if without else grouped

    def _of_trade(self, trade: str) -> tuple[SupplierChoice, ...]:
        return tuple(choice for choice in self.suppliers if trade in choice.trades)


def building_choice(building: Building) -> BuildingChoice:
    """Make the list entry of a building."""
    return BuildingChoice(
        id=building.id,
        module=building.module,
        name=building.name,
        address=str(building.address),
        single_owner=building.single_owner,
        manager=building.manager,
        assistant=building.assistant,
        accountant=building.accountant,
    )


def supplier_choice(supplier: Supplier) -> SupplierChoice:
    """Make the list entry of a supplier."""
    return SupplierChoice(
        id=supplier.id,
        name=supplier.name,
        trades=supplier.trades,
        contact=supplier.contact,
        correspondents=supplier.correspondents,
        council_visible=supplier.council_visible,
    )


def staff_choice(user: StaffUser) -> StaffChoice:
    """Make the list entry of a staff user."""
    contact = user.contact
    return StaffChoice(
        id=user.id,
        name=user.name,
        role=user.role,
        modules=user.modules,
        email=contact.emails[0] if contact.emails else "",
        phone=(contact.phones or contact.mobiles or ("",))[0],
    )
