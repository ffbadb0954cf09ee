"""Places to start a test from: a request that waits, an order sent to a supplier. Made without a browser's window."""

import re
from typing import NamedTuple

from infra.demo.browser import Page
from tests.browser.journey import people as who
from tests.browser.journey.agency import Agency

_NUMBER = re.compile(r"/(?:demandes|tickets)/(\d+)")


class Order(NamedTuple):
    """An order that waits for the supplier's answer."""

    number: str
    link: str


def new_request(agency: Agency, title: str, by: str = who.NEIGHBOUR) -> str:
    """Let a client ask for an intervention; return the number of the pre-ticket."""
    client = agency.signed_in(by)
    page = client.open("/demandes/nouvelle")
    typed = {
        "kind": page.choice("kind", "Demande d’intervention"),
        "place": page.choice("place", "Parties communes"),
        "title": title,
        "description": "Elle goutte.",
    }
    return _number(client.submit(page, typed, to="/demandes"))


def new_order(agency: Agency, title: str) -> Order:
    """Let the manager create an order; return its number and the supplier's link."""
    manager = agency.signed_in(who.SECOND_MANAGER)
    typed = {
        "kind": "ODS",
        "place": "SYN-02",
        "subject": title,
        "description": "La lumière du palier reste éteinte.",
        "source": "phone",
        "supplier.0.id": who.SUPPLIER,
        "do": "save",
    }
    page = manager.submit(manager.open("/gestion/syndic/tickets/nouveau"), typed, to="/tickets/nouveau")
    return Order(_number(page), agency.supplier_link(who.SUPPLIER_EMAIL, title))


def _number(page: Page) -> str:
    found = _NUMBER.search(page.url)
    assert found, page.title
    return found[1]
