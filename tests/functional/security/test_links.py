"""Personal links open one thing, for as long as it lasts, for whoever was sent them (AUT-010, AUT-025)."""

from tests.functional.agencies import PASSWORD
from tests.functional.security.scene import Scene, changed, new_order, state

DEAD = "n’est plus valable"
NEW = "Another-Horse-8!"


def _engagement(scene: Scene, number: str, action: str) -> str:
    page = scene.agency.people["manager"].get(f"/gestion/tickets/{number}").text
    return page.partition(f"/gestion/tickets/{number}/{action}/")[2].partition('"')[0]


def test_the_link_of_a_cancelled_request_is_dead(theirs: Scene) -> None:
    number, link = new_order(theirs, "Annulée", "painter")
    painter, manager = theirs.agency.browser(), theirs.agency.people["manager"]
    painter.get(link)
    here = f"/gestion/tickets/{number}/annuler-demande/{_engagement(theirs, number, 'annuler-demande')}"
    manager.submit(here, here, {"comment": "Plus besoin"})
    theirs.cloud.settle()
    before = state(theirs)
    for answer in (painter.http.get(link), painter.post(f"{link}/message", {"message": "Bonjour"})):
        assert (answer.status_code, DEAD in answer.text) == (404, True)
    assert changed(before, state(theirs)) == []


def test_the_link_of_a_closed_ticket_is_dead_until_the_ticket_is_reopened(theirs: Scene) -> None:
    number, link = new_order(theirs, "Close", "painter")
    painter, manager = theirs.agency.browser(), theirs.agency.people["manager"]
    here = f"/gestion/tickets/{number}"
    manager.submit(f"{here}/cloturer", f"{here}/cloturer", {"comment": ""})
    assert painter.get(link).status_code == 404
    manager.submit(f"{here}/decloturer", f"{here}/decloturer", {"reason": "Erreur"})
    assert painter.get(link).status_code == 200


def test_a_link_is_for_its_purpose_only(ours: Scene) -> None:
    """The supplier's token chooses no password, the reset's opens no order."""
    reset = _reset_link(ours, "landlord").rpartition("/")[2]
    browser = ours.agency.browser()
    assert browser.http.get(f"/reinitialisation/{ours.token}").status_code == 404
    assert browser.http.get(f"/i/{reset}").status_code == 404


def test_a_reset_link_serves_once(ours: Scene) -> None:
    link = _reset_link(ours, "landlord")
    browser = ours.agency.browser()
    browser.submit(link, link, {"password": PASSWORD, "again": PASSWORD})
    before = state(ours)
    assert browser.get(link).status_code == 404
    assert browser.post(link, {"password": NEW, "again": NEW}).status_code == 404
    assert changed(before, state(ours)) == []
    assert ours.agency.sign_in("landlord").cookie


def test_an_older_reset_link_dies_with_the_password_it_was_for(ours: Scene) -> None:
    older, newer = _reset_link(ours, "landlord"), _reset_link(ours, "landlord")
    assert older != newer
    browser = ours.agency.browser()
    browser.submit(newer, newer, {"password": NEW, "again": NEW})
    assert browser.get(older).status_code == 404


def test_a_reset_link_is_of_one_agency(ours: Scene, theirs: Scene) -> None:
    link, stranger = _reset_link(ours, "neighbour"), theirs.agency.browser()
    assert stranger.get(link).status_code == 404
    renamed = link.replace(ours.agency.slug, theirs.agency.slug, 1)
    assert stranger.get(renamed).status_code == 404
    assert ours.agency.browser().get(link).status_code == 200


def test_a_reset_link_ends_after_an_hour(ours: Scene) -> None:
    link, browser = _reset_link(ours, "neighbour"), ours.agency.browser()
    ours.cloud.advance("59m")
    assert browser.get(link).status_code == 200
    ours.cloud.advance("2m")
    before = state(ours)
    assert browser.post(link, {"password": NEW, "again": NEW}).status_code == 404
    assert browser.get(link).status_code == 404
    assert changed(before, state(ours)) == []


def test_asking_for_a_reset_tells_nobody_whether_the_login_exists(ours: Scene) -> None:
    known, unknown = (
        ours.agency.browser().submit("/mot-de-passe-oublie", "/mot-de-passe-oublie", {"login": login})
        for login in (ours.agency.logins["renter"], "PERSONNE")
    )
    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text


def _reset_link(scene: Scene, who: str) -> str:
    scene.cloud.advance("1m")  # asking again and again is slowed down
    asking = scene.agency.browser()
    asking.submit("/mot-de-passe-oublie", "/mot-de-passe-oublie", {"login": scene.agency.logins[who]})
    scene.cloud.settle()
    return scene.agency.link(scene.agency.mail(who), "/reinitialisation/")
