"""A real e-mail becomes a closed service order, seen by the four people it concerns (38.2, 38.3)."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser

from infra.local.settings import REPOSITORY
from tests.browser.journey import people as who
from tests.browser.journey.agency import Agency
from tests.browser.journey.manager import Manager
from tests.browser.journey.requester import Requester
from tests.browser.journey.supplier import Supplier
from tests.browser.journey.viewer import plain

pytestmark = pytest.mark.browser

MAIL = (REPOSITORY / "events" / "mail" / "iphone-photo.eml").read_bytes()
SUBJECT = "Infiltration plafond salle de bain"
NOTE = "Déjà un sinistre ici en 2024, prévenir l’assurance."
EXCHANGE = "La vanne d’arrêt est derrière le lave-linge."
REPORT = "Joint de la douche du dessus refait."


@pytest.fixture
def requester(agency: Agency, browser: Browser) -> Iterator[Requester]:
    with closing(Requester(agency, browser)) as viewer:
        yield viewer


@pytest.fixture
def manager(agency: Agency, browser: Browser) -> Iterator[Manager]:
    with closing(Manager(agency, browser)) as viewer:
        yield viewer


@pytest.fixture
def supplier(agency: Agency, browser: Browser) -> Iterator[Supplier]:
    with closing(Supplier(agency, browser)) as viewer:
        yield viewer


def test_a_mail_becomes_a_closed_order(
    agency: Agency, manager: Manager, supplier: Supplier, requester: Requester
) -> None:
    """EML-001, EML-005, AUT-008, TCK-007, SLF-003…008, REM-010, REM-011, TCA-006, OUT-001, FUP-001…004, ROL-027."""
    number = _mail_becomes_pre_ticket(agency, manager, requester)
    _pre_ticket_becomes_appointment(agency, number, manager, supplier, requester)
    _appointment_becomes_invoice(agency, number, supplier, requester)
    _invoice_becomes_summary(number, manager, requester)
    requester.never_saw(NOTE, EXCHANGE, REPORT, "187,50")


def _mail_becomes_pre_ticket(agency: Agency, manager: Manager, requester: Requester) -> str:
    agency.cloud.send_mail(MAIL)
    assert "votre message" in agency.mail_to(who.CO_OWNER_EMAIL, SUBJECT)["subject"]
    link = next(one for one in agency.mail_to(who.MANAGER_EMAIL, SUBJECT)["links"] if "/gestion/tickets/" in one)
    requester.signs_in(*agency.first_password(who.CO_OWNER))
    number = requester.finds(SUBJECT)
    requester.sees_that(number, "Demande enregistrée")
    manager.signs_in_from(link, *agency.first_password(who.MANAGER))
    manager.finds(number, SUBJECT)
    manager.sees_photo("IMG_0042.jpeg")
    return number


def _pre_ticket_becomes_appointment(
    agency: Agency, number: str, manager: Manager, supplier: Supplier, requester: Requester
) -> None:
    manager.validates_by_keyboard("plomb")
    manager.notes(NOTE)
    requester.sees_that(number, "Demande validée par l’agence")
    supplier.opens_link_of_mail(number, "demande d’intervention")
    supplier.accepts(_in_three_days(agency.cloud.now()))
    manager.writes_to_supplier(EXCHANGE)
    requester.sees_that(number, "Rendez-vous fixé")
    requester.reads("entre 9 h 00 et 11 h 00")


def _appointment_becomes_invoice(agency: Agency, number: str, supplier: Supplier, requester: Requester) -> None:
    agency.cloud.advance("4d")  # every schedule in between fires, in order, at its own time
    supplier.finds_mails("êtes-vous sur place", "est-elle terminée")
    supplier.opens_link_of_mail(number, "est-elle terminée")
    supplier.ends(REPORT, "187,50")
    requester.sees_that(number, "Intervention terminée")


def _invoice_becomes_summary(number: str, manager: Manager, requester: Requester) -> None:
    manager.sees_the_whole_story(number, NOTE, EXCHANGE, REPORT)
    pdf = manager.closes_and_downloads(number)
    for text in (SUBJECT, who.SUPPLIER_NAME, who.BUILDING, "187,50 €", REPORT, "Karim Benali"):
        assert plain(text) in pdf
    requester.sees_that(number, "Ticket clos")


def _in_three_days(now: str) -> str:
    return (dt.datetime.fromisoformat(now).date() + dt.timedelta(days=3)).isoformat()
