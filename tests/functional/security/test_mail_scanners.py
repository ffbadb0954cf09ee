"""Mail scanners follow every link of every e-mail, with GET and HEAD: nothing may come of it (AUT-025)."""

import httpx
import pytest

from tests.functional.security.routes import SENDING, with_access
from tests.functional.security.scene import Scene, changed, state

Letters = list[str]


@pytest.fixture(scope="module")
def addresses(pair: tuple[Scene, Scene]) -> Letters:
    """Every link to us of every e-mail of the journey, a password reset among them."""
    scene = pair[0]
    scene.cloud.advance("2m")  # asking again and again is slowed down
    renter = scene.agency.browser()
    renter.submit("/mot-de-passe-oublie", "/mot-de-passe-oublie", {"login": scene.agency.logins["renter"]})
    scene.cloud.settle()
    links = {link for letter in scene.agency.letters() for link in letter["links"]}
    found = sorted(httpx.URL(link).raw_path.decode() for link in links if link.startswith(scene.cloud.people_url))
    kinds = {address.split("/")[1] for address in found}
    assert kinds >= {"i", "reinitialisation", "gestion"}, kinds
    return found


def test_following_every_link_changes_nothing(ours: Scene, addresses: Letters) -> None:
    """And uses nothing up: each link answers after the scan as it did before."""
    before, scanner = state(ours), ours.agency.browser()
    answers = [scanner.http.get(address).status_code for address in addresses]
    for address in addresses:
        for method in ("GET", "HEAD", "OPTIONS"):
            answer = scanner.http.request(method, address, headers={"User-Agent": "Scanner/1.0"})
            assert answer.status_code < 500, (method, address)
    ours.cloud.settle()
    assert changed(before, state(ours)) == []
    assert [scanner.http.get(address).status_code for address in addresses] == answers
    newest = ours.agency.link(ours.agency.mail("renter"), "/reinitialisation/")
    assert [scanner.http.get(link).status_code for link in (newest, *ours.links.values())] == [200] * 3


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
