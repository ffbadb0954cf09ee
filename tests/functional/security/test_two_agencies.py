"""Nobody of one agency reaches anything of another, by any route: generated from the access table (PLT-003).

Every text of the other agency holds its mark: not a byte of it may come back, and nothing there may change.
"""

import pytest

from tests.functional.agencies import Browser
from tests.functional.security.objects import (
    fields_of,
    forged_cursors,
    names_objects,
    objects_of,
    send,
    shown,
)
from tests.functional.security.routes import READING, Rule, access_table, with_access
from tests.functional.security.scene import Scene, changed, state

CALLERS = {"staff": "admin", "client": "owner", "session": "admin", "password": "owner"}
WAYS = ("suite", "lieu", "numero", "cursor", "q", "key", "pour", "fichiers", "onglet")


def _rules(scene: Scene, *access: str) -> list[tuple[Rule, str]]:
    rules = [rule for rule in with_access(*access) if names_objects(rule)]
    return [(rule, address) for rule in rules for address in rule.addresses(objects_of(scene))]


def _prepared(scene: Scene, who: str) -> Browser:
    """A browser with a good form token at hand, so that nothing is refused for want of one."""
    browser = scene.agency.people[who]
    browser.get("/espaces" if who == "admin" else "/")
    browser.get("/gestion/syndic/tickets/nouveau" if who == "admin" else "/demandes/nouvelle")
    assert browser.token
    return browser


@pytest.mark.parametrize("access", list(CALLERS))
def test_every_object_of_another_agency_is_not_there(ours: Scene, theirs: Scene, access: str) -> None:
    browser, before, wrong = _prepared(ours, CALLERS[access]), state(theirs), []
    for rule, address in _rules(theirs, access):
        answer = send(browser, rule, address, {**fields_of(theirs), "upload": theirs.upload})
        refused = answer.status_code in {403, 404} or _leads_to_no_object(answer.headers.get("location", ""))
        if not refused or theirs.agency.mark in shown(answer):
            wrong.append((rule.method, address, answer.status_code))
    assert wrong == []
    assert changed(before, state(theirs)) == []


def _leads_to_no_object(location: str) -> bool:
    return location in {"/connexion", "/gestion/portefeuille/immeubles"}


def test_a_link_opens_nothing_of_another_agency(ours: Scene, theirs: Scene) -> None:
    """A token with the other agency's name on it; the other's files and uploads behind one's own link."""
    secret, browser = ours.token.partition(".")[2], ours.agency.browser()
    browser.get(ours.links["plumber"])
    before = state(theirs)
    renamed = {**objects_of(theirs), "token": [f"{theirs.agency.slug}.{secret}"]}
    for rule in with_access("link"):
        for address in rule.addresses(renamed):
            answer = send(browser, rule, address, fields_of(theirs))
            assert answer.status_code == 404, (rule, address)
            assert theirs.agency.mark not in shown(answer)
    link = ours.links["plumber"]
    taken = browser.post(f"{link}/message", {"message": "Photo", "upload": theirs.upload})
    assert taken.status_code == 400
    assert changed(before, state(theirs)) == []


def test_a_key_reads_and_removes_nothing_of_another_agency(ours: Scene, theirs: Scene) -> None:
    before = state(theirs)
    for rule, address in _rules(theirs, "api key"):
        answer = ours.agency.api(rule.method, address, {})
        told_nothing = answer.status_code == 404 or '"outcome":"unchanged"' in answer.text.replace(" ", "")
        assert told_nothing, (rule, address, answer.status_code, answer.text)
        assert theirs.agency.mark not in shown(answer)
    assert changed(before, state(theirs)) == []


def test_a_key_names_nothing_of_another_agency(ours: Scene, theirs: Scene) -> None:
    """Lines that point at the other's building, lot and people are refused as pointing nowhere."""
    before, other = state(theirs), theirs.agency
    lines: dict[str, dict[str, object]] = {
        "lots": {"building": other.id("S"), "reference": "9"},
        "ownerships": {"party": ours.agency.id("owner"), "lot": other.id("S1")},
        "tenancies": {"party": other.id("renter"), "lot": ours.agency.id("G1")},
        "council": {"party": other.id("owner"), "building": ours.agency.id("S")},
        "relations": {"super_party": ours.agency.id("owner"), "party": other.id("owner")},
        "accounts": {"party": other.id("owner"), "space": "co_owner", "published": True},
    }
    for collection, line in lines.items():
        body = {"lines": [{"id": f"cross-{collection}", **line}]}
        report = ours.agency.api("POST", f"/api/v1/{collection}", body).json()["lines"][0]
        assert report["outcome"] == "refused", (collection, report)
        assert other.mark not in str(report)
    assert changed(before, state(theirs)) == []


@pytest.mark.parametrize("who", ["admin", "owner"])
def test_cursors_and_searches_show_only_ones_own_agency(ours: Scene, theirs: Scene, who: str) -> None:
    browser, before = _prepared(ours, who), state(theirs)
    hostile = [*forged_cursors(theirs), theirs.order, theirs.agency.id("S"), f"incoming/beta/{theirs.upload}"]
    rules = [rule for rule in with_access(*CALLERS, methods=READING) if not names_objects(rule)]
    for rule in rules:
        for address in rule.addresses(objects_of(ours, few=True)):
            for value in hostile:
                answer = browser.http.get(address, params=dict.fromkeys(WAYS, value))
                assert answer.status_code in {200, 303, 403, 404}, (address, value, answer.status_code)
                assert theirs.agency.mark not in shown(answer), (address, value)
    assert changed(before, state(theirs)) == []


def test_api_cursors_show_only_ones_own_agency(ours: Scene, theirs: Scene) -> None:
    for word in ("YmV0YS5vd25lcg", *forged_cursors(theirs)):
        for collection in objects_of(ours)["collection"]:
            answer = ours.agency.api("GET", f"/api/v1/{collection}?cursor={word}")
            assert answer.status_code in {200, 400}, (collection, answer.text)
            assert theirs.agency.mark not in answer.text


@pytest.mark.parametrize("field", ["place", "assigned", "supplier.0.id"])
def test_a_form_names_nothing_of_another_agency(ours: Scene, theirs: Scene, field: str) -> None:
    manager, page = ours.agency.people["manager"], "/gestion/syndic/tickets/nouveau"
    manager.get(page)
    before, named = (state(ours), state(theirs)), fields_of(theirs)[field]
    answer = manager.post(page, {**fields_of(ours), field: named})
    assert answer.status_code == 400
    assert theirs.agency.mark not in answer.text
    assert [changed(one, state(scene)) for one, scene in zip(before, (ours, theirs), strict=True)] == [[], []]


def test_a_session_does_not_open_the_other_agencys_address(ours: Scene, theirs: Scene) -> None:
    """AUT-001: under the other's host name, and with the other's name written into the cookie."""
    cookie = ours.agency.people["admin"].cookie
    elsewhere = theirs.agency.browser()
    for worn in (cookie, cookie.replace(ours.agency.slug, theirs.agency.slug, 1)):
        elsewhere.http.cookies.set("palier", worn)
        assert elsewhere.http.get("/gestion").headers["location"].startswith("/connexion")
    forwarded = elsewhere.http.get("/gestion", headers={"X-Forwarded-Host": theirs.agency.host})
    assert forwarded.headers["location"].startswith("/connexion")


def test_login_of_one_agency_is_nobody_in_the_other(ours: Scene, theirs: Scene) -> None:
    stranger = theirs.agency.browser()
    stranger.get("/connexion")
    answer = stranger.post("/connexion", {"login": ours.agency.logins["manager"], "password": "Correct-Horse-9!"})
    assert answer.status_code == 422
    assert "palier" not in {name for name in answer.cookies if name != "palier-form"}


def test_the_same_addresses_show_the_mark_to_those_who_may(theirs: Scene) -> None:
    """Guards the tests above: what they ask for is there, and full of the mark."""
    seen = {rule.path for rule in access_table() if _shows_mark(theirs, rule)}
    assert seen >= {
        "/gestion/tickets/{number}",
        "/gestion/tickets/{number}/{action}",
        "/gestion/portefeuille/{category}/{record}",
        "/interventions/{number}",
        "/demandes/{number}",
        "/i/{token}",
    }


def _shows_mark(scene: Scene, rule: Rule) -> bool:
    who = {"staff": "manager", "client": "owner", "link": "owner"}.get(rule.access)
    if rule.method != "GET" or who is None or not names_objects(rule):
        return False
    browser = scene.agency.people[who]
    return any(scene.agency.mark in browser.http.get(address).text for address in rule.addresses(objects_of(scene)))
