"""``/`` for a client: his buildings and lots, his contact, the agency's hours (PRT-011…014, PRT-019, PRT-024).

Two requests: the session, and the agency's directory, which knows both the buildings and who looks after them.
"""

import datetime as dt

from palier.agencies.model import ContactProfile, Period
from palier.aws.keys import AgencyKeys
from palier.kernel.ids import BuildingId, PartyId
from palier.people.caller import Space
from palier.portfolio.choices import BuildingChoice, Directory, StaffChoice
from palier.portfolio.store import load_directory
from palier.web import french
from palier.web.access import Access, admit
from palier.web.answers import Answer, SeeOther
from palier.web.client.common import now
from palier.web.render import page
from palier.web.shell import shell_for
from palier.web.site import Visit
from palier.web.views.client import BuildingBlock, ClientHome, HoursLine, LotLine
from palier.web.views.common import ContactCard, Fact
from palier.web.views.notices import ConfirmationPage

_DAYS = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche")
_ROLES = {
    ContactProfile.MANAGER: "Gestionnaire",
    ContactProfile.ASSISTANT: "Assistant",
    ContactProfile.ACCOUNTANT: "Comptable",
}
_MOST_BUILDINGS = 20
SUPPLIER_HOME = ConfirmationPage(
    "Vos interventions",
    paragraphs=("Pour répondre à une demande, ouvrez le lien reçu par e-mail ou par SMS : il suffit à tout.",),
)


def show_home(visit: Visit) -> Answer:
    """Show the home page; the agency's people have theirs elsewhere."""
    if visit.caller.space is Space.STAFF:
        return SeeOther("/gestion")
    if visit.caller.space is Space.SUPPLIER:
        return page("notices/confirmation.html", shell=shell_for(visit), page=SUPPLIER_HOME)
    admit(visit.caller, Access.CLIENT)
    directory = load_directory(visit.site.table, AgencyKeys(visit.caller.agency))
    hours, open_now = _hours(visit)
    view = ClientHome(
        greeting=f"Bonjour {visit.caller.name}",
        buildings=tuple(_block(visit, one, directory.building(one)) for one in _ids(visit)),
        contact=_contact(visit, directory),
        open_now=open_now,
        hours=hours,
        new_request_url="/demandes/nouvelle" if visit.agency.settings.requests_enabled else "",
    )
    return page("client/home.html", shell=shell_for(visit, current="/"), page=view)


def _ids(visit: Visit) -> tuple[BuildingId, ...]:
    return tuple(dict.fromkeys(tie.building for tie in visit.caller.ties))[:_MOST_BUILDINGS]


def _block(visit: Visit, building: BuildingId, known: BuildingChoice | None) -> BuildingBlock:
    ties = [tie for tie in visit.caller.ties if tie.building == building]
    lots = tuple(LotLine(tie.lot_label) for tie in ties if tie.lot_label)
    count = (Fact("Nombre de lots", str(len(lots))),) if visit.caller.space is Space.LANDLORD and lots else ()
    return BuildingBlock(ties[0].building_name, _address(known), count, lots)


def _address(known: BuildingChoice | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in known.address.split(",") if line.strip()) if known else ()


def _contact(visit: Visit, directory: Directory) -> ContactCard | None:
    """Return who the client turns to: the profile that the agency chose, else the agency itself (PRT-019, PRT-024)."""
    settings = visit.agency.settings
    co_owner = visit.caller.space is Space.CO_OWNER
    profile = settings.contact_profile_co_owner if co_owner else settings.contact_profile_landlord_renter
    first = next((known for one in _ids(visit) if (known := directory.building(one))), None)
    party: PartyId | None = getattr(first, profile.value, None)
    return (_person(directory.staff_user(party), _ROLES[profile]) if party else None) or _agency(visit)


def _person(known: StaffChoice | None, role: str) -> ContactCard | None:
    if known is None:
        return None
    phones = ((known.phone, "".join(known.phone.split())),) if known.phone else ()
    return ContactCard(known.name, role, emails=(known.email,) if known.email else (), phones=phones)


def _agency(visit: Visit) -> ContactCard | None:
    contact = visit.agency.settings.agency_contact
    phones = ((contact.phone, "".join(contact.phone.split())),) if contact.phone else ()
    emails = (contact.email,) if contact.email else ()
    return ContactCard(visit.agency.name, lines=contact.address, emails=emails, phones=phones)


def _hours(visit: Visit) -> tuple[tuple[HoursLine, ...], str]:
    """Return the week and whether the agency is open now (PRT-014): never for renters, never with several offices."""
    settings = visit.agency.settings
    week = settings.hours_week
    hidden = settings.office_multi or not settings.hours_display or visit.caller.space is Space.RENTER
    if hidden or not any(week):
        return (), ""
    local = now(visit).astimezone(visit.zone)
    lines = tuple(
        HoursLine(_DAYS[day], french.list_of(tuple(map(_period, periods))) or "Fermé", today=day == local.weekday())
        for day, periods in enumerate(week[:7])
    )
    today = week[local.weekday()] if local.weekday() < len(week) else ()
    return lines, "Ouvert actuellement" if any(_holds(one, local) for one in today) else ""


def _period(period: Period) -> str:
    return f"{period.opens}\u2013{period.closes}".replace(":", "\u00a0h\u00a0")


def _holds(period: Period, local: dt.datetime) -> bool:
    return period.opens <= local.strftime("%H:%M") < period.closes
