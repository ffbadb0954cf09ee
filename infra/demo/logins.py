"""The logins shown on the local pages. Each person signs in once with the password that the agency gave him and
chooses the demonstration's, through the pages: the product has no other way in.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from infra.demo.agency import ADMINISTRATOR, Admin, one_time_password
from infra.demo.browser import Browser, UnexpectedPageError

PASSWORD = "Palier-2026!"  # noqa: S105 - shown to everybody, on a machine that only its user reaches
LoginOf = Callable[[str], tuple[str, str]]


class Shown(NamedTuple):
    """One login of the demonstration: what it shows, whose it is."""

    label: str
    party: str


def shown(records: Mapping[Any, list[dict[str, Any]]]) -> list[Shown]:
    """Choose who shows what, from the files themselves."""
    named = {f"{one.get('first_name', '')} {one['last_name']}".strip(): one["id"] for one in records["parties"]}
    seats = {one["role"]: one["party"] for one in records["council"] if one["building"] == "SYN-01"}
    published = {one["party"] for one in records["accounts"] if one["published"]}
    renter = next(one["party"] for one in records["tenancies"] if one["party"] in published)
    landlord = next(one["party"] for one in records["ownerships"] if one["id"] == "O-GER-01-13")
    co_owner = next(one["party"] for one in records["ownerships"] if one["id"] == "O-SYN-01-20")
    return [
        Shown("Direction", "U-SITTELLE"),
        Shown("Gestionnaire (syndic et gérance)", "U-HUPPE"),
        Shown("Gestionnaire (syndic)", "U-MARTINET"),
        Shown("Gestionnaire (gérance)", "U-COURLIS"),
        Shown("Assistant", "U-LINOTTE"),
        Shown("Comptable", "U-VERDIER"),
        Shown("Présidente ou président de conseil syndical", seats["council_president"]),
        Shown("Membre de conseil syndical", seats["council_member"]),
        Shown("Copropriétaire", co_owner),
        Shown("Propriétaire bailleur", landlord),
        Shown("Bailleur de trois sociétés (super tiers)", named["Aurélien Cormoran"]),
        Shown("Locataire", renter),
        Shown("Copropriétaire et locataire", named["Sarah Alouette-Tilleul"]),
    ]


def open_login(site: str, login: str, given: str) -> None:
    """Sign in with the password that the agency gave, and choose the demonstration's."""
    browser = Browser(site)
    if not signs_in(browser, login, given):
        raise UnexpectedPageError(f"{login} cannot sign in")
    page = browser.open("/mot-de-passe")
    browser.submit(page, {"password": PASSWORD, "again": PASSWORD}, to="/mot-de-passe")


def signs_in(browser: Browser, login: str, password: str) -> bool:
    """Tell whether the login opens with this password; the browser is signed in then."""
    page = browser.open("/connexion")
    try:
        answer = browser.submit(page, {"login": login, "password": password}, to="/connexion")
    except UnexpectedPageError:
        return False
    return not answer.url.endswith("/connexion")


def open_all(site: str, admin: Admin, people: list[Shown], login_of: LoginOf) -> list[dict[str, str]]:
    """Open every login shown, and return what the local page shows of them."""
    if not signs_in(Browser(site), ADMINISTRATOR, PASSWORD):
        open_login(site, ADMINISTRATOR, one_time_password(admin, ADMINISTRATOR))
    found = [_entry(site, "Administrateur", ADMINISTRATOR)]
    for one in people:
        login, password = login_of(one.party)
        if password:  # without one, an earlier load came this far
            open_login(site, login, password)
        found.append(_entry(site, one.label, login))
    return found


def _entry(site: str, label: str, login: str) -> dict[str, str]:
    return {"label": label, "url": f"{site}/connexion", "login": login, "password": PASSWORD}
