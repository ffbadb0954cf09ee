"""The staff's landing page and the ticket list (TLI): dense, one line a ticket, colour never alone."""

import msgspec

from palier.web.views.common import Link, Moment, Paging, StatusTag


class ModuleChoice(msgspec.Struct, frozen=True):
    """A module the member of staff may enter (ROL-024), with what waits in it."""

    title: str
    url: str
    detail: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    icon: str = "building"


class StaffHome(msgspec.Struct, frozen=True):
    """``/gestion``."""

    greeting: str
    modules: tuple[ModuleChoice, ...]
    links: tuple[Link, ...] = ()


class TicketRow(msgspec.Struct, frozen=True):
    """One ticket of the list (TLI-004, TLI-008).

    ``description`` is shown on demand, shortened by the caller.
    """

    number: str
    url: str
    created: Moment
    modified: Moment
    status: StatusTag
    place: str
    subject: str
    kind: str
    kind_label: str = ""
    description: str = ""
    suppliers: tuple[str, ...] = ()
    urgent: bool = False
    unread: bool = False
    attachments: int = 0
    invoice: bool = False
    manager: str = ""


class TicketListPage(msgspec.Struct, frozen=True):
    """``/gestion/{module}/tickets``.

    The number jump is a GET to ``jump_url`` with ``numero``; search is ``q``.
    """

    module_label: str
    tabs: tuple[Link, ...]
    rows: tuple[TicketRow, ...]
    mine: bool
    mine_url: str
    everyone_url: str
    new_url: str
    jump_url: str
    paging: Paging = Paging()
    jump_value: str = ""
    jump_error: str = ""
    search_url: str = ""
    search_value: str = ""
    empty: str = "Aucun ticket dans cet onglet."
