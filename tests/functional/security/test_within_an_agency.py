"""Inside one agency: clients apart from each other (ROL-026), staff within their module and rights (ROL-021…024)."""

import pytest

from tests.functional.security.objects import fields_of, objects_of, send, shown
from tests.functional.security.routes import SENDING, with_access
from tests.functional.security.scene import Scene, changed, own_mark, state

OWN = {"owner": "leak", "neighbour": "question", "renter": "boiler"}


@pytest.mark.parametrize("who", list(OWN))
def test_a_client_finds_nothing_of_the_others(ours: Scene, who: str) -> None:
    browser, before = ours.agency.people[who], state(ours)
    browser.get("/demandes/nouvelle")
    others = [own_mark(ours, other) for other in OWN if other != who]
    numbers = [number for number in ours.numbers if number != getattr(ours, OWN[who])]
    for rule in with_access("client"):
        if "number" not in rule.names:
            continue
        for address in rule.addresses({**objects_of(ours), "number": numbers}):
            answer = send(browser, rule, address, {"message": "Bonjour"})
            assert answer.status_code in {403, 404}, (rule.method, address, answer.status_code)
            assert ours.agency.mail("plumber") not in shown(answer)
    for page in ("/", "/demandes", "/interventions", "/demandes/nouvelle", "/espaces"):
        assert not [mark for mark in others if mark in browser.http.get(page).text], page
    assert changed(before, state(ours)) == []


@pytest.mark.parametrize("who", list(OWN))
def test_a_client_finds_what_is_his(ours: Scene, who: str) -> None:
    """Guards the test above."""
    page = ours.agency.people[who].get(f"/demandes/{getattr(ours, OWN[who])}")
    assert (page.status_code, own_mark(ours, who) in page.text) == (200, True)


def test_a_client_asks_only_about_his_own_places(ours: Scene) -> None:
    owner, before = ours.agency.people["owner"], state(ours)
    owner.get("/demandes/nouvelle")
    for place in (f"{ours.agency.id('S')}/{ours.agency.id('S2')}", f"{ours.agency.id('G')}/", "/", "x"):
        wish = {"kind": "Autre demande", "place": place, "title": "T", "description": "D"}
        assert owner.post("/demandes", wish).status_code == 400, place
    assert owner.http.get(f"/interventions?lieu={ours.agency.id('G')}").text.count("Fuite") <= 1
    assert changed(before, state(ours)) == []


def test_internal_notes_and_talk_with_the_supplier_stay_inside(ours: Scene) -> None:
    """ROL-027: neither the supplier nor a client reads a note."""
    supplier = ours.agency.browser().get(ours.links["plumber"]).text
    assert "Note interne" not in supplier
    assert own_mark(ours, "owner") not in supplier
    assert "Note interne" in ours.agency.people["manager"].get(f"/gestion/tickets/{ours.order}").text


def test_a_link_opens_one_engagement_only(ours: Scene) -> None:
    """The painter's link shows nothing of the plumber's order, his files neither."""
    painter = ours.agency.browser()
    page = painter.get(ours.links["painter"])
    assert page.status_code == 200
    assert "plumber" not in page.text
    for name in objects_of(ours)["name"]:
        assert painter.http.get(f"{ours.links['painter']}/fichiers/{name}").status_code == 404


def test_staff_without_the_module_finds_nothing_of_it(ours: Scene) -> None:
    """ROL-024: a syndic manager among the tickets and the buildings of gérance."""
    browser, before = ours.agency.people["syndic"], state(ours)
    browser.get("/gestion/syndic/tickets/nouveau")
    lettings = {**objects_of(ours), "number": [ours.boiler], "module": ["gerance"]}
    for rule in with_access("staff"):
        if not {"number", "module"} & set(rule.names):
            continue
        for address in rule.addresses(lettings):
            answer = send(browser, rule, address, fields_of(ours))
            assert answer.status_code in {403, 404}, (rule.method, address, answer.status_code)
            assert own_mark(ours, "renter") not in shown(answer)
    assert browser.http.get(f"/gestion/portefeuille/immeubles/{ours.agency.id('G')}").status_code in {403, 404}
    assert changed(before, state(ours)) == []


@pytest.mark.parametrize("who", ["accountant", "other"])
def test_staff_without_the_permission_does_nothing(ours: Scene, who: str) -> None:
    """ROL-021…023: an accountant reads tickets and the portfolio; he opens none and enters nobody's space."""
    browser, before = ours.agency.people[who], state(ours)
    browser.get("/gestion/portefeuille/immeubles")
    harmless = {"/gestion/fichiers", "/gestion/tickets/{number}/lu", "/gestion/tickets/{number}/resume"}
    for rule in with_access("staff", methods=SENDING):
        if rule.path in harmless:
            continue
        for address in rule.addresses(objects_of(ours)):
            answer = send(browser, rule, address, fields_of(ours))
            assert answer.status_code in {403, 404}, (rule.method, address, answer.status_code)
    assert changed(before, state(ours)) == []


def test_staff_who_may_not_see_others_tickets_sees_none(ours: Scene) -> None:
    """ROL-023: the manager's tickets are not the others'."""
    other = ours.agency.people["other"]
    for page in (f"/gestion/tickets/{ours.order}", f"/gestion/tickets/{ours.order}/fichiers/0-0"):
        assert other.http.get(page).status_code == 403
    listed = other.http.get("/gestion/syndic/tickets?onglet=tous&miens=0")
    assert listed.status_code == 200
    assert "Colonne" not in listed.text


def test_nobody_enters_a_colleagues_account(ours: Scene) -> None:
    """AUT-014: impersonation is for clients; a colleague's rights are not to be borrowed."""
    manager = ours.agency.people["manager"]
    manager.get("/gestion/syndic/tickets/nouveau")
    before = state(ours)
    for who in ("admin", "syndic", "manager"):
        record = "ADMINISTRATOR" if who == "admin" else ours.agency.id(who)
        for action in ("espace", "mot-de-passe", "mot-de-passe/valider"):
            answer = manager.post(f"/gestion/portefeuille/equipe/{record}/{action}")
            assert answer.status_code == 403, (who, action, answer.status_code)
    assert changed(before, state(ours)) == []
