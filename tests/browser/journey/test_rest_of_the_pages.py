"""Every page of the access table, for each kind of person, on a phone and on a desk: nothing wrong, all by keyboard."""

from collections.abc import Iterator, Mapping, Sequence

import pytest
from playwright.sync_api import Browser

from tests.browser.journey import people as who
from tests.browser.journey.agency import PASSWORD, Agency
from tests.browser.journey.scenes import Order, new_order, new_request
from tests.browser.journey.viewer import DESK, PHONE, Viewer
from tests.functional.security.routes import with_access

pytestmark = pytest.mark.browser

CLIENTS = {"co-owner": who.NEIGHBOUR, "president": who.PRESIDENT, "landlord": who.LANDLORD, "renter": who.RENTER}
BOTH = pytest.mark.parametrize("width", [PHONE, DESK])
# Not pages: they lead elsewhere, are files, or are looked at in the journey with what they need.
NOT_HERE = ("/fichiers/{name}", "resume.pdf", "/extranet", "/reinitialisation/", "openapi")


class Stage:
    """What the pages are about."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        self.request = new_request(agency, "Boîte aux lettres forcée")
        self.order: Order = new_order(agency, "Gouttière percée")
        self.known: Mapping[str, Sequence[str]] = {
            "module": ("syndic", "gerance"),
            "number": (self.order.number, self.request),
            "action": (),  # those that the ticket's page offers are looked at from there
            "target": (),
            "category": ("immeubles", "coproprietaires", "proprietaires", "locataires", "intervenants", "equipe"),
            "record": ("SYN-02", who.NEIGHBOUR, who.LANDLORD, who.RENTER, who.SUPPLIER, who.SECOND_MANAGER),
            "token": (self.order.link.rpartition("/")[2],),
            "name": (),
        }


@pytest.fixture(scope="module")
def stage(agency: Agency) -> Stage:
    return Stage(agency)


def _pages(stage: Stage, *access: str) -> Iterator[str]:
    for rule in with_access(*access, methods=frozenset({"GET"})):
        if not any(one in rule.path for one in NOT_HERE) and all(stage.known[name] for name in rule.names):
            yield from rule.addresses(stage.known)


def _visit(viewer: Viewer, pages: Iterator[str], *, by_keyboard: bool = False) -> set[str]:
    """Look at each page there is for this person; return those that opened, he is refused the others."""
    opened = {page for page in dict.fromkeys(pages) if viewer.tries(page, by_keyboard=by_keyboard)}
    viewer.close()
    return opened


@BOTH
def test_pages_for_everybody(stage: Stage, browser: Browser, width: int) -> None:
    viewer = Viewer(browser, stage.agency.site, "everybody", width)
    opened = _visit(viewer, _pages(stage, "public"), by_keyboard=width == PHONE)
    assert opened >= {"/connexion", "/mentions-legales", "/mot-de-passe-oublie"}


@BOTH
def test_pages_of_the_staff(stage: Stage, browser: Browser, width: int) -> None:
    viewer = Viewer(browser, stage.agency.site, "staff", width)
    viewer.arrives(stage.agency.own_password(who.SECOND_MANAGER), PASSWORD)
    viewer.open(f"/gestion/tickets/{stage.order.number}")
    offered = viewer.page.locator(".toolbar a, .acts a").evaluate_all("all => all.map(one => one.pathname)")
    assert len(offered) >= 6
    pages = (*_pages(stage, "staff", "session", "password"), *offered)
    opened = _visit(viewer, iter(pages), by_keyboard=width == DESK)
    assert opened >= {"/gestion", "/gestion/syndic/tickets", f"/gestion/tickets/{stage.request}/valider", *offered}
    assert opened >= {f"/gestion/portefeuille/{one}" for one in stage.known["category"]}
    assert "/demandes" not in opened


def test_pages_of_an_accountant(stage: Stage, browser: Browser) -> None:
    """Who may do less is offered less, and refused politely (ROL)."""
    viewer = Viewer(browser, stage.agency.site, "accountant", DESK)
    viewer.arrives(stage.agency.own_password(who.ACCOUNTANT), PASSWORD)
    opened = _visit(viewer, (one for one in _pages(stage, "staff") if "/portefeuille/" not in one))
    assert "/gestion" in opened
    assert "/gestion/syndic/tickets/nouveau" not in opened


@BOTH
@pytest.mark.parametrize("person", CLIENTS)
def test_pages_of_clients(stage: Stage, browser: Browser, width: int, person: str) -> None:
    viewer = Viewer(browser, stage.agency.site, person, width)
    viewer.arrives(stage.agency.own_password(CLIENTS[person]), PASSWORD)
    by_keyboard = person == "co-owner" and width == PHONE
    opened = _visit(viewer, _pages(stage, "client", "session", "password"), by_keyboard=by_keyboard)
    assert opened >= {"/", "/demandes", "/demandes/nouvelle", "/interventions"}
    assert (f"/interventions/{stage.order.number}" in opened) == (person == "president")


@BOTH
def test_pages_behind_a_link(stage: Stage, browser: Browser, width: int) -> None:
    viewer = Viewer(browser, stage.agency.site, "link", width)
    viewer.open("/i/demo.nothing", "lien-mort", status=404)
    opened = _visit(viewer, _pages(stage, "link"), by_keyboard=width == PHONE)
    assert opened == {stage.order.link.removeprefix(stage.agency.site)}
