"""The ticket list of the staff (TLI-001…008, TLI-013): cards to rows, tabs and paging."""

from zoneinfo import ZoneInfo

import msgspec

from palier.tickets import words
from palier.tickets.cards import Card
from palier.tickets.status import OVER, Tab
from palier.web import french
from palier.web.views.common import Link, Paging
from palier.web.views.staff_list import TicketListPage, TicketRow

TABS = {
    Tab.OPEN: "Tickets en cours",
    Tab.PENDING: "Tickets en attente",
    Tab.APPOINTMENT: "Proposition de RDV",
    Tab.QUOTE: "Devis reçu",
    Tab.INVOICE: "Facture reçue",
    Tab.CLOSED: "Clôturés",
    Tab.ALL: "Tous",
}
MODULES = {"syndic": "Syndic", "gerance": "Gérance"}


class Shown(msgspec.Struct, frozen=True):
    """What the reader asked to see."""

    module: str
    tab: Tab
    mine: bool
    zone: ZoneInfo
    next: str = ""
    jump_error: str = ""
    jump_value: str = ""
    may_create: bool = False


def belongs(card: Card, tab: Tab, manager: str | None) -> bool:
    """Tell whether a card read from a wider index is in this tab, and this manager's when one is given."""
    if tab is Tab.CLOSED and card.status not in OVER:
        return False
    return manager is None or card.manager == manager


def list_page(cards: tuple[Card, ...], shown: Shown) -> TicketListPage:
    """Return the page of a list."""
    base = f"/gestion/{shown.module}/tickets"
    return TicketListPage(
        module_label=MODULES[shown.module],
        tabs=tuple(
            Link(label, _url(base, tab, mine=shown.mine), current=tab is shown.tab) for tab, label in TABS.items()
        ),
        rows=tuple(row(card, shown.zone) for card in cards),
        mine=shown.mine,
        mine_url=_url(base, shown.tab, mine=True),
        everyone_url=_url(base, shown.tab, mine=False),
        new_url=f"{base}/nouveau" if shown.may_create else "",
        jump_url=base,
        paging=Paging(next_url=f"{_url(base, shown.tab, mine=shown.mine)}&suite={shown.next}" if shown.next else ""),
        jump_error=shown.jump_error,
        jump_value=shown.jump_value,
    )


def _url(base: str, tab: Tab, *, mine: bool) -> str:
    return f"{base}?onglet={tab}&miens={'1' if mine else '0'}"


def row(card: Card, zone: ZoneInfo) -> TicketRow:
    """Return one line of the list."""
    kind, kind_label = words.TYPES[card.type]
    return TicketRow(
        number=str(card.number),
        url=f"/gestion/tickets/{card.number}",
        created=french.moment(card.created, zone, dense=True),
        modified=french.moment(card.modified, zone, dense=True),
        status=words.tag(card.status),
        place=card.place or "Lieu à préciser",
        subject=card.subject,
        kind=kind,
        kind_label=kind_label,
        description=card.excerpt,
        suppliers=card.suppliers,
        urgent=card.urgent,
        unread=card.unread,
        attachments=card.attachments,
        invoice=card.invoiced,
    )
