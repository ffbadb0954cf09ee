"""Which tickets a client may follow (FUP-001, FUP-006, FUP-007, ROL-016, ROL-026). Pure.

A ticket is closed to a client unless a line here opens it: the agency shows tickets of this module at all, and he asked
for it or one of his ties is among those that the ticket is visible to.
"""

from collections.abc import Callable

from palier.agencies.model import Agency
from palier.kernel.errors import NotFoundError
from palier.people.caller import Caller, CouncilRole, Space, Tie
from palier.tickets.cards import Card
from palier.tickets.model import Ticket, TicketType, Visibility

_AT_PLACE = Callable[[Tie], bool]
MODULE_OF = {Space.CO_OWNER: "syndic", Space.LANDLORD: "gerance", Space.RENTER: "gerance"}


def module_of(space: Space) -> str:
    """Return the business that a client's space belongs to."""
    return MODULE_OF.get(space, "")


def follows_tickets(agency: Agency, caller: Caller) -> bool:
    """Tell whether the caller has the page *Suivi d'interventions* at all (FUP-001)."""
    return agency.settings.tickets_enabled and agency.module(module_of(caller.space)).tickets_client_display


def shows_pre_tickets(agency: Agency, caller: Caller) -> bool:
    """Tell whether pre-tickets are among them (FUP-002)."""
    return agency.module(module_of(caller.space)).tickets_pre_tickets_visible


def is_requester(ticket: Ticket, caller: Caller) -> bool:
    """Tell whether the caller asked for this ticket."""
    requester = ticket.draft.requester
    return requester is not None and requester.party == caller.party


def may_follow(ticket: Ticket, caller: Caller, agency: Agency) -> bool:
    """Tell whether the caller sees this ticket among the interventions he follows."""
    place = ticket.draft.place
    if not _is_shown(ticket.draft.module, ticket.type, caller, agency):
        return False
    if is_requester(ticket, caller):
        return True
    if place is None:
        return False

    def at_lot(tie: Tie) -> bool:
        return tie.lot is not None and tie.lot == place.lot

    return _is_tied(ticket.draft.visibility, ticket.draft.module, place.building, at_lot, caller)


def check_follow(ticket: Ticket, caller: Caller, agency: Agency) -> Ticket:
    """Return the ticket if the caller may see it; raises :class:`NotFoundError`, which tells nothing, otherwise."""
    if not may_follow(ticket, caller, agency):
        raise NotFoundError
    return ticket


def may_see_card(card: Card, caller: Caller, agency: Agency) -> bool:
    """Tell the same of a line of a list."""
    if not _is_shown(card.module, card.type, caller, agency):
        return False
    if card.requester == caller.party:
        return True
    if not card.building:
        return False

    def at_lot(tie: Tie) -> bool:
        return tie.lot is not None and tie.lot == card.lot

    return _is_tied(card.visibility, card.module, card.building, at_lot, caller)


def _is_shown(module: str, kind: TicketType, caller: Caller, agency: Agency) -> bool:
    settings = agency.module(module)
    if not (agency.settings.tickets_enabled and settings.tickets_client_display) or module != module_of(caller.space):
        return False
    return kind is not TicketType.PRE or settings.tickets_pre_tickets_visible


def _is_tied(visible: tuple[Visibility, ...], module: str, building: str, at_lot: _AT_PLACE, caller: Caller) -> bool:
    here = [tie for tie in caller.ties if tie.building == building]
    tests = _SYNDIC if module == "syndic" else _GERANCE
    return any(tests[one](tie, at_lot) for one in visible if one in tests for tie in here)


_Test = Callable[[Tie, _AT_PLACE], bool]
_SYNDIC: dict[Visibility, _Test] = {
    Visibility.COUNCIL: lambda tie, _: tie.space is Space.CO_OWNER and tie.council is not CouncilRole.NONE,
    Visibility.ALL_CO_OWNERS: lambda tie, _: tie.space is Space.CO_OWNER,
}
_GERANCE: dict[Visibility, _Test] = {
    Visibility.RENTER: lambda tie, at_lot: tie.space is Space.RENTER and at_lot(tie),
    Visibility.LANDLORD: lambda tie, at_lot: tie.space is Space.LANDLORD and (tie.lot is None or at_lot(tie)),
}
