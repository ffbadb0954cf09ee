"""Makes the README's pictures: plays the journey up to the appointment, and photographs what three people see.

PYTHONPATH=.:shared python -m tests.browser.journey.pictures
"""

import datetime as dt
import os
import tempfile
from email.utils import format_datetime
from pathlib import Path

from playwright.sync_api import Browser

from infra.local.settings import REPOSITORY
from infra.local.testing import start_local_cloud
from tests.browser import conftest as _finds_chromium  # noqa: F401 - what it does is set CHROMIUM
from tests.browser.journey import people as who
from tests.browser.journey.agency import Agency, make_agency
from tests.browser.journey.manager import Manager
from tests.browser.journey.requester import Requester
from tests.browser.journey.supplier import Supplier
from tests.browser.journey.viewer import Viewer
from tests.browser.preview.stage import chromium

PICTURES = REPOSITORY / "infra" / "pictures"
LARGEST = 200_000
SUBJECT = "Infiltration plafond salle de bain"


class PictureTooLargeError(Exception):
    """A picture that would weigh too much in a clone."""


def take(agency: Agency, browser: Browser) -> None:
    """Play, and stop three times to take a picture."""
    agency.cloud.send_mail(_mail())
    agency.cloud.settle()
    requester, manager, supplier = Requester(agency, browser), Manager(agency, browser), Supplier(agency, browser)
    requester.signs_in(*agency.first_password(who.CO_OWNER))
    number = requester.finds(SUBJECT)
    manager.open("/connexion")
    manager.signs_in(*agency.first_password(who.MANAGER))
    manager.finds(number, SUBJECT)
    manager.validates_by_keyboard("plomb")
    manager.notes("Déjà un sinistre ici en 2024, prévenir l’assurance.")
    supplier.opens_link_of_mail(number, "demande d’intervention")
    _keep(supplier, "supplier-link")
    supplier.accepts((dt.datetime.now(dt.UTC).date() + dt.timedelta(days=3)).isoformat())
    requester.sees_that(number, "Rendez-vous fixé")
    _keep(requester, "client-follow-up")
    agency.cloud.settle()
    manager.open(f"/gestion/tickets/{number}")
    _keep(manager, "staff-ticket")


def _mail() -> bytes:
    """The sample mail, written now."""
    raw = (REPOSITORY / "events" / "mail" / "iphone-photo.eml").read_bytes()
    lines = [line for line in raw.split(b"\n") if not line.startswith(b"Date:")]
    return f"Date: {format_datetime(dt.datetime.now(dt.UTC))}\n".encode() + b"\n".join(lines)


def _keep(viewer: Viewer, name: str) -> None:
    """Keep what a screen shows, without what is below it."""
    path = PICTURES / f"{name}.png"
    viewer.page.evaluate("scrollTo(0, 0)")
    viewer.page.screenshot(path=path, caret="initial")
    if path.stat().st_size > LARGEST:
        raise PictureTooLargeError(f"{path.name}: {path.stat().st_size} bytes")


def main() -> None:
    """Start a cloud, take the pictures, stop it."""
    PICTURES.mkdir(exist_ok=True)
    Requester.scale = Supplier.scale = 2
    os.environ["INBOUND_DOMAIN"] = "tickets.palier.example"
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        cloud = start_local_cloud(REPOSITORY / "template.yaml", Path(folder), durable=False)
        try:
            take(make_agency(cloud), browser)
        finally:
            cloud.stop()


if __name__ == "__main__":
    main()
