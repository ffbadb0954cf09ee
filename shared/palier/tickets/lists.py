"""Which lists a ticket stands in: its places in the indexes (TLI-001, TLI-005, TLI-013). Pure."""

from palier.aws.keys import AgencyKeys
from palier.kernel.clock import iso
from palier.tickets.model import Ticket
from palier.tickets.status import OVER, STATUSES, Tab

WAITING_TABS = frozenset({Tab.PENDING, Tab.APPOINTMENT, Tab.QUOTE, Tab.INVOICE})
Places = dict[str, tuple[str, str]]


def lists_of(keys: AgencyKeys, ticket: Ticket) -> Places:
    """Return the (partition, order) of a ticket in each index where it stands."""
    draft, tab, pk = ticket.draft, STATUSES[ticket.status].tab, keys.pk
    modified, number = f"{iso(ticket.modified_at)}|{ticket.number:09d}", f"{ticket.number:09d}"
    lists = {"all_list": (pk("TICKETS", draft.module), modified)}
    if tab in WAITING_TABS:
        lists["by_tab"] = (pk("TAB", draft.module, tab), modified)
    if ticket.status not in OVER:
        lists["open_list"] = (pk("OPEN", draft.module), modified)
    if draft.place:
        lists["by_place"] = (pk("PLACE", draft.place.building), number)
    if draft.requester and draft.requester.party:
        lists["by_person"] = (pk("PERSON", draft.requester.party), number)
    return lists | _manager_lists(keys, ticket, modified)


def _manager_lists(keys: AgencyKeys, ticket: Ticket, modified: str) -> Places:
    manager, module = ticket.draft.manager, ticket.draft.module
    if manager is None or manager.party is None:
        return {}
    lists = {"by_manager": (keys.pk("MANAGER", manager.party, module), modified)}
    if ticket.status not in OVER:
        lists["open_by_manager"] = (keys.pk("MANAGER", manager.party, module, "OPEN"), modified)
    return lists
