"""The portfolio as the staff reads it (PTF): lists by category, one record with its access. Pure."""

from zoneinfo import ZoneInfo

from palier.kernel.ids import PartyId
from palier.people.caller import CouncilRole, Module
from palier.people.model import Account
from palier.portfolio.choices import BuildingChoice
from palier.portfolio.dossier import Dossier, PlaceRole, live
from palier.portfolio.keys import Category
from palier.portfolio.sheets import BuildingSheet, PersonLine
from palier.web import french
from palier.web.views.common import Button, Fact, Link, Paging
from palier.web.views.portfolio import RecordListPage, RecordPage, RecordRow, RecordTable

BASE = "/gestion/portefeuille"
BUILDINGS = "immeubles"
CATEGORIES = {
    "coproprietaires": (Category.CO_OWNER, "Copropriétaires"),
    "proprietaires": (Category.LANDLORD, "Propriétaires"),
    "locataires": (Category.RENTER, "Locataires"),
    "intervenants": (Category.SUPPLIER, "Intervenants"),
    "equipe": (Category.STAFF, "Équipe"),
    "identites": (Category.EVERYBODY, "Identités"),
}
_MODULES = {Module.SYNDIC: "Syndic", Module.GERANCE: "Gérance"}
_ROLES = {
    PlaceRole.OWNER: "Propriétaire",
    PlaceRole.RENTER: "Locataire",
    PlaceRole.COUNCIL: "Conseil syndical",
    PlaceRole.CARETAKER: "Gardien",
}
_COUNCIL = {CouncilRole.MEMBER: "Membre du conseil syndical", CouncilRole.PRESIDENT: "Président du conseil syndical"}


def _tabs(current: str) -> tuple[Link, ...]:
    names = {BUILDINGS: "Immeubles", **{slug: title for slug, (_, title) in CATEGORIES.items()}}
    return tuple(Link(title, f"{BASE}/{slug}", current=slug == current) for slug, title in names.items())


def buildings_page(buildings: tuple[BuildingChoice, ...], wanted: str) -> RecordListPage:
    """List the buildings, those whose name or address holds ``wanted``."""
    needle = wanted.casefold()
    found = [one for one in buildings if needle in f"{one.name} {one.address}".casefold()]
    rows = tuple(
        RecordRow(one.name, f"{BASE}/{BUILDINGS}/{one.id}", (one.address, _MODULES[one.module])) for one in found
    )
    return RecordListPage(
        title="Immeubles",
        categories=_tabs(BUILDINGS),
        columns=("Adresse", "Métier"),
        rows=rows,
        search_url=f"{BASE}/{BUILDINGS}",
        search_value=wanted,
        search_hint="Nom ou adresse",
    )


def people_page(slug: str, lines: tuple[PersonLine, ...], wanted: str, following: str) -> RecordListPage:
    """List people of one category, those whose name begins with ``wanted``."""
    _, title = CATEGORIES[slug]
    return RecordListPage(
        title=title,
        categories=_tabs(slug),
        columns=("Ville", "E-mail", "Téléphone"),
        rows=tuple(_line(slug, one) for one in lines),
        search_url=f"{BASE}/{slug}",
        search_value=wanted,
        search_hint="Début du nom de famille",
        paging=Paging(next_url=f"{BASE}/{slug}?q={wanted}&suite={following}" if following else ""),
    )


def _line(slug: str, one: PersonLine) -> RecordRow:
    council = (_COUNCIL[one.council],) if one.council in _COUNCIL else ()
    resident = ("Résident",) if one.resident else ()
    return RecordRow(
        one.name, f"{BASE}/{slug}/{one.party}", (one.city, one.email, french.phone(one.phone)), council + resident
    )


def building_record(sheet: BuildingSheet) -> RecordPage:
    """Show a building with its lots and its people."""
    building = sheet.building
    lots = tuple(RecordRow(lot.label, "", (lot.floor, str(lot.tantiemes or ""))) for lot in sheet.lots)
    people = tuple(
        RecordRow(one.name, f"{BASE}/identites/{one.party}", (_ROLES[one.role], _lot(sheet, one.lot)))
        for one in sheet.people
    )
    return RecordPage(
        title=building.name,
        category="Immeuble",
        facts=(
            Fact("Adresse", str(building.address)),
            Fact("Métier", _MODULES[building.module]),
            Fact("Digicode", " / ".join(building.door_codes)),
        ),
        back_url=f"{BASE}/{BUILDINGS}",
        tables=(
            RecordTable("Lots", ("Étage", "Tantièmes"), lots, "Aucun lot publié.", "lots"),
            RecordTable("Personnes", ("Qualité", "Lot"), people, "Personne n’est publié ici.", "personnes"),
        ),
    )


def _lot(sheet: BuildingSheet, wanted: str | None) -> str:
    lot = sheet.lot(wanted) if wanted else None
    return lot.label if lot else ""


def person_record(slug: str, dossier: Dossier, account: Account | None, zone: ZoneInfo, *, may_act: bool) -> RecordPage:
    """Show a person (PTF-002): what is published of him, his access, and what the staff may do."""
    here = f"{BASE}/{slug}/{dossier.id}"
    acts = may_act and account is not None
    return RecordPage(
        title=dossier.name,
        category=CATEGORIES[slug][1],
        facts=_facts(dossier),
        back_url=f"{BASE}/{slug}",
        access_facts=_access(account, zone),
        tables=(_places(dossier),),
        impersonate=_impersonate(here, account) if acts and account else None,
        temporary_password_url=f"{here}/mot-de-passe" if acts else "",
    )


def _impersonate(here: str, account: Account) -> Button | None:
    enterable = account.role is None and account.allowed and account.spaces
    return Button("Se connecter en tant que…", f"{here}/espace") if enterable else None


def _facts(dossier: Dossier) -> tuple[Fact, ...]:
    card, contact = dossier.party or dossier.supplier, dossier.contact
    said = (
        ("Adresse", str(card.address) if card else ""),
        ("E-mail", ", ".join(contact.emails)),
        ("Mobile", ", ".join(map(french.phone, contact.mobiles))),
        ("Téléphone", ", ".join(map(french.phone, contact.phones))),
        ("Activités", ", ".join(dossier.supplier.trades) if dossier.supplier else ""),
    )
    return tuple(Fact(label, value) for label, value in said if value)


def _access(account: Account | None, zone: ZoneInfo) -> tuple[Fact, ...]:
    if account is None:
        return (Fact("Connexion autorisée", "Non\u00a0: aucun compte publié"),)
    last = french.day_and_hour(account.last_login, zone) if account.last_login else "Jamais"
    return (
        Fact("Identifiant", account.login),
        Fact("Connexion autorisée", "Oui" if account.allowed else "Non"),
        Fact("Dernière connexion", last),
    )


def _places(dossier: Dossier) -> RecordTable:
    rows = tuple(
        RecordRow(
            one.place.building_name, f"{BASE}/{BUILDINGS}/{one.place.building}", (_ROLES[one.role], one.place.lot_label)
        )
        for one in live(dossier)
    )
    return RecordTable("Biens et immeubles", ("Qualité", "Lot"), rows, "Aucun bien publié.", "biens")


def record_url(slug: str, party: PartyId) -> str:
    """Return the address of a record."""
    return f"{BASE}/{slug}/{party}"
