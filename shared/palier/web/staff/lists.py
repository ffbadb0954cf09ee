"""``/gestion`` and the ticket lists. One read for the session, one query for the page."""

from palier.kernel.errors import ForbiddenError, NotFoundError
from palier.people.caller import Module, Permission
from palier.tickets.cards import Card
from palier.tickets.lists import WAITING_TABS
from palier.tickets.staff.listing import MODULES, Shown, belongs, list_page
from palier.tickets.status import Tab
from palier.tickets.store import Listed, Tickets
from palier.web.answers import Answer, SeeOther
from palier.web.cursor import read_cursor, write_cursor
from palier.web.render import page
from palier.web.shell import shell_for
from palier.web.site import Visit
from palier.web.views.staff_list import ModuleChoice, StaffHome

_WIDER = 4
_LONGEST_NUMBER = 12


def show_home(visit: Visit) -> Answer:
    """Show the module choice; with one module, go straight to its tickets (ROL-024)."""
    modules = sorted(visit.caller.modules)
    if len(modules) == 1:
        return SeeOther(f"/gestion/{modules[0]}/tickets")
    choices = tuple(ModuleChoice(MODULES[one], f"/gestion/{one}/tickets", "Tickets et demandes") for one in modules)
    view = StaffHome(greeting=f"Bonjour {visit.caller.name}", modules=choices)
    return page("staff/home.html", shell=shell_for(visit, current="/gestion"), page=view)


def module_of(visit: Visit, module: str) -> Module:
    """Return the module of the address. Raises if the caller does not work in it."""
    if module not in MODULES:
        raise NotFoundError
    if Module(module) not in visit.caller.modules:
        raise ForbiddenError
    return Module(module)


def list_tickets(visit: Visit, module: str) -> Answer:
    """Show one tab of a module's tickets, or jump to a number."""
    where = module_of(visit, module)
    query = visit.request.query
    wanted = query.get("numero", "").strip()
    if wanted.isascii() and wanted.isdigit() and len(wanted) <= _LONGEST_NUMBER:
        return SeeOther(f"/gestion/tickets/{int(wanted)}")
    tab = next((one for one in Tab if one.value == query.get("onglet", "")), Tab.OPEN)
    mine = query.get("miens", "1") == "1" or not visit.caller.may(Permission.TICKET_SEE_OTHERS)
    cards, following = _cards(visit, where, tab, mine=mine)
    shown = Shown(
        module=where.value,
        tab=tab,
        mine=mine,
        zone=visit.zone,
        next=following,
        jump_error="Indiquez un numéro de ticket." if wanted else "",
        jump_value=wanted,
        may_create=visit.caller.may(Permission.TICKET_CREATE),
    )
    shell = shell_for(visit, current=f"/gestion/{where}/tickets")
    return page("staff/tickets.html", shell=shell, page=list_page(cards, shown))


def _cards(visit: Visit, module: Module, tab: Tab, *, mine: bool) -> tuple[tuple[Card, ...], str]:
    size = visit.agency.module(module).tickets_page_size
    listed = _listed(visit, module, tab, mine=mine, size=size)
    manager = visit.caller.party if mine else None
    fitting = tuple(card for card in listed.cards if belongs(card, tab, manager))
    return fitting, write_cursor(listed.next)


def _listed(visit: Visit, module: Module, tab: Tab, *, mine: bool, size: int) -> Listed:
    """Read wider where cards of others or open tickets are left out afterwards."""
    store = Tickets(visit.site.table, visit.caller.agency)
    start = read_cursor(visit.request.query.get("suite", ""), visit.caller.agency)
    if mine and tab not in WAITING_TABS:
        limit = size * 2 if tab is Tab.CLOSED else size
        return store.of_manager(visit.caller.party, module, tab, limit=limit, start=start)
    limit = size * _WIDER if tab in WAITING_TABS and mine else size
    return store.of_module(module, tab, limit=limit, start=start)
