"""Mail scanners follow every link of every e-mail, with GET and HEAD: nothing may come of it (AUT-025)."""

import httpx
import pytest

from tests.functional.security.routes import SENDING, with_access
from tests.functional.security.scene import Scene, changed, state

Letters = list[str]


@pytest.fixture
def addresses(ours: Scene) -> Letters:
    """Every link to us of every e-mail of the journey, a password reset among them."""
    landlord = ours.agency.browser()
    landlord.submit("/mot-de-passe-oublie", "/mot-de-passe-oublie", {"login": ours.agency.logins["landlord"]})
    ours.cloud.settle()
    links = {link for letter in ours.agency.letters() for link in letter["links"]}
    found = sorted(httpx.URL(link).raw_path.decode() for link in links if link.startswith(ours.cloud.people_url))
    kinds = {address.split("/")[1] for address in found}
    assert kinds >= {"i", "reinitialisation", "gestion", "interventions"}, kinds
    return found


def test_following_every_link_changes_nothing(ours: Scene, addresses: Letters) -> None:
    before, scanner = state(ours), ours.agency.browser()
    for address in addresses:
        for method in ("GET", "HEAD", "OPTIONS"):
            answer = scanner.http.request(method, address, headers={"User-Agent": "Scanner/1.0"})
            assert answer.status_code < 500, (method, address)
    ours.cloud.settle()
    assert changed(before, state(ours)) == []


def test_every_link_still_opens_after_the_scan(ours: Scene, addresses: Letters) -> None:
    """Looking uses nothing up, and shows the person what the link is for."""
    browser = ours.agency.browser()
    for address in addresses:
        answer = browser.http.get(address)
        signed_out = answer.status_code == 303 and answer.headers["location"].startswith("/connexion")
        assert answer.status_code == 200 or signed_out, (address, answer.status_code)


def test_a_scanner_that_presses_buttons_changes_nothing(ours: Scene, addresses: Letters) -> None:
    """Posting to every form behind every link, without the token that only its page holds."""
    before, scanner = state(ours), ours.agency.browser()
    tokens = [address.split("/")[2] for address in addresses if address.startswith(("/i/", "/reinitialisation/"))]
    for rule in with_access("link", "public", methods=SENDING):
        for address in rule.addresses({"token": tokens}):
            answer = scanner.http.post(address, data={"answer": "accept", "message": "x", "password": "Abcdefg-1!"})
            assert answer.status_code in {403, 404, 415, 422}, (address, answer.status_code)
    for address in addresses:
        assert scanner.http.post(address).status_code in {403, 404, 415, 422}, address
    assert changed(before, state(ours)) == []
