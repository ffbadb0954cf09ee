"""The portfolio's pages, and what the staff does to an account: see a space, give a password (AUT-012, AUT-014)."""

import secrets
from urllib.parse import quote

from palier.aws.keys import AgencyKeys
from palier.kernel.errors import NotFoundError
from palier.kernel.ids import BuildingId, PartyId
from palier.people.caller import Permission
from palier.people.commands import confirm_temporary_password, impersonate, show_temporary_password
from palier.people.passwords import temporary_password
from palier.people.sessions import impersonation_cookies
from palier.people.store import account_key, decode_account
from palier.portfolio import pages
from palier.portfolio.keys import Category, party_key
from palier.portfolio.ordering import sortable
from palier.portfolio.store import decode_dossier, get_building_sheet, load_directory, search_people
from palier.web import forms
from palier.web.answers import Answer, SeeOther
from palier.web.form_tokens import new_form_token
from palier.web.render import page
from palier.web.shell import shell_for
from palier.web.site import Visit
from palier.web.staff.tickets import require
from palier.web.views.common import Button, Link
from palier.web.views.portfolio import TemporaryPasswordPage
from palier.web.views.staff_forms import ActionPage

_LONGEST_START = 300


def keys_of(visit: Visit) -> AgencyKeys:
    """Return the keys of the caller's agency."""
    return AgencyKeys(visit.caller.agency)


def show_portfolio(visit: Visit) -> Answer:
    """Begin with the buildings."""
    del visit
    return SeeOther(f"{pages.BASE}/{pages.BUILDINGS}")


def list_records(visit: Visit, category: str) -> Answer:
    """List one category."""
    require(visit, Permission.PORTFOLIO_READ)
    wanted, shell = visit.request.query.get("q", "").strip(), shell_for(visit, current=pages.BASE)
    if category == pages.BUILDINGS:
        directory = load_directory(visit.site.table, keys_of(visit))
        modules = visit.caller.modules
        buildings = tuple(one for one in directory.buildings if one.module in modules)
        return page("staff/records.html", shell=shell, page=pages.buildings_page(buildings, wanted))
    kind, _ = known(category)
    found = search_people(visit.site.table, keys_of(visit), kind, wanted, _start_of(visit, wanted))
    view = pages.people_page(category, found.lines, quote(wanted), quote(found.next or ""))
    return page("staff/records.html", shell=shell, page=view)


def _start_of(visit: Visit, wanted: str) -> str | None:
    """Return where the list goes on, if the address names a place among the names that are searched."""
    start = visit.request.query.get("suite", "")
    fits = start.startswith(sortable(wanted) if wanted else "") and len(start) <= _LONGEST_START
    return start if start and fits else None


def known(category: str) -> tuple[Category, str]:
    """Return a category by its name in the address. Raises :class:`NotFoundError`."""
    found = pages.CATEGORIES.get(category)
    if found is None:
        raise NotFoundError
    return found


def show_record(visit: Visit, category: str, record: str) -> Answer:
    """Show one building or person."""
    require(visit, Permission.PORTFOLIO_READ)
    shell = shell_for(visit, current=pages.BASE)
    if category == pages.BUILDINGS:
        sheet = get_building_sheet(visit.site.table, keys_of(visit), BuildingId(record))
        if sheet.building.module not in visit.caller.modules:
            raise NotFoundError
        return page("staff/record.html", shell=shell, page=pages.building_record(sheet))
    known(category)
    where, account_at = party_key(keys_of(visit), PartyId(record)), account_key(keys_of(visit), PartyId(record))
    rows = visit.site.table.get_many((where, account_at))
    if where not in rows:
        raise NotFoundError
    account = decode_account(rows[account_at]) if account_at in rows else None
    may_act = visit.caller.may(Permission.PORTFOLIO_ACT)
    view = pages.person_record(category, decode_dossier(rows[where]), account, visit.zone, may_act=may_act)
    return page("staff/record.html", shell=shell, page=view)


def ask_password(visit: Visit, category: str, record: str) -> Answer:
    """Ask whether to make a temporary password (AUT-012)."""
    require(visit, Permission.PORTFOLIO_ACT)
    known(category)
    if visit.site.table.get(account_key(keys_of(visit), PartyId(record))) is None:
        raise NotFoundError
    here = pages.record_url(category, PartyId(record))
    view = ActionPage(
        title="Re-générer un mot de passe temporaire",
        form=forms.state(f"{here}/mot-de-passe", new_form_token(visit.caller.secret)),
        submit_label="Afficher un mot de passe",
        back=Link("La fiche", here),
        intro=("Un nouveau mot de passe s’affiche. Il ne remplace l’ancien que si vous le validez ensuite.",),
    )
    return page("staff/action.html", shell=shell_for(visit, current=pages.BASE), page=view)


def show_password(visit: Visit, category: str, record: str) -> Answer:
    """Show a temporary password once; it opens nothing until it is confirmed."""
    known(category)
    made, here = temporary_password(secrets.choice), pages.record_url(category, PartyId(record))
    account = show_temporary_password(visit.site.table, visit.session, PartyId(record), made, visit.site.clock.now())
    view = TemporaryPasswordPage(
        name=account.name,
        login=account.login,
        password=made,
        save=Button("Valider", f"{here}/mot-de-passe/valider"),
        discard_url=here,
    )
    return page("staff/temporary_password.html", shell=shell_for(visit, current=pages.BASE), page=view)


def confirm_password(visit: Visit, category: str, record: str) -> Answer:
    """Make the password that was shown the person's."""
    known(category)
    confirm_temporary_password(visit.site.table, visit.session, PartyId(record), visit.site.clock.now())
    return SeeOther(f"{pages.record_url(category, PartyId(record))}?message=fait")


def enter_space(visit: Visit, category: str, record: str) -> Answer:
    """Open a client's space as he sees it (AUT-014)."""
    known(category)
    token, now = secrets.token_urlsafe(32), visit.site.clock.now()
    cookie = impersonate(visit.site.table, visit.session, PartyId(record), token, now)
    return SeeOther("/", impersonation_cookies(cookie, visit.caller.secret, secure=visit.request.secure))
