"""Every form carries a token that only this person was given for it; a form sent twice acts once."""

import pytest

from tests.functional.agencies import PASSWORD, Browser
from tests.functional.security.objects import fields_of, objects_of, send
from tests.functional.security.routes import SENDING, with_access
from tests.functional.security.scene import Scene, acceptance, changed, new_order, number_in, state

CALLERS = {"staff": "manager", "client": "owner", "session": "manager", "password": "owner"}


def _tokens(scene: Scene) -> dict[str, str]:
    """What an attacker may put into a form: nothing, a made-up one, one of somebody else, one of a link."""
    link, neighbour = scene.agency.browser(), scene.agency.people["neighbour"]
    link.get(scene.links["painter"])
    neighbour.get("/demandes/nouvelle")
    return {
        "none": "",
        "made up": f"{'A' * 22}.{'0' * 32}",
        "no mac": "A" * 22,
        "somebody else's": neighbour.token,
        "a link's": link.token,
        "too long": f"{'A' * 5000}.{'0' * 32}",
        "not ASCII": "é.ü",
    }


@pytest.mark.parametrize("access", list(CALLERS))
def test_no_form_is_taken_without_its_own_token(ours: Scene, access: str) -> None:
    browser, before = ours.agency.people[CALLERS[access]], state(ours)
    tokens = _tokens(ours)
    for rule in with_access(access, methods=SENDING):
        for address in rule.addresses(objects_of(ours, few=True)):
            for kind, token in tokens.items():
                if rule.body == "application/json" and not token.isascii():
                    continue  # a header cannot hold it
                answer = send(browser, rule, address, fields_of(ours), token=token)
                assert answer.status_code == 403, (kind, rule, answer.status_code)
                assert "Formulaire périmé" in answer.text
    assert changed(before, state(ours)) == []


def test_no_form_of_a_link_is_taken_without_its_own_token(ours: Scene) -> None:
    browser, before = ours.agency.browser(), state(ours)
    manager = ours.agency.people["manager"]
    manager.get("/gestion/syndic/tickets/nouveau")
    tokens = {**_tokens(ours), "a session's": manager.token}
    for rule in with_access("link", methods=SENDING):
        for address in rule.addresses({"token": [ours.token]}):
            for kind, token in tokens.items():
                if rule.body == "application/json" and not token.isascii():
                    continue
                answer = send(browser, rule, address, fields_of(ours), token=token)
                assert answer.status_code == 403, (kind, rule, answer.status_code)
    assert changed(before, state(ours)) == []


def test_a_links_token_is_that_of_one_link(ours: Scene) -> None:
    """A good token of the painter's link does nothing behind the plumber's."""
    browser, before = ours.agency.browser(), state(ours)
    browser.get(ours.links["painter"])
    assert browser.post(f"{ours.links['plumber']}/message", {"message": "Bonjour"}).status_code == 403
    assert changed(before, state(ours)) == []


def test_forms_before_sign_in_need_the_browser_they_were_given_to(ours: Scene) -> None:
    """Nobody signs a visitor in, or asks for his reset mail, from another site."""
    given, bare, before = ours.agency.browser(), ours.agency.browser(), state(ours)
    given.get("/connexion")
    fields = {"login": ours.agency.logins["owner"], "password": PASSWORD, "again": PASSWORD}
    for rule in with_access("public", methods=SENDING):
        for address in rule.addresses({"token": ["alpha.x"]}):
            for browser, token in ((bare, given.token), (bare, ""), (given, ""), (given, "A.B")):
                answer = send(browser, rule, address, fields, token=token)
                assert answer.status_code in {404, 422}, (rule, answer.status_code)
                assert "palier" not in answer.cookies
                bare.http.cookies.clear()
    assert changed(before, state(ours)) == []


# What follows opens tickets: in the other agency, whose numbers nobody counts on (see two_scenes).


def test_a_ticket_form_sent_twice_makes_one_ticket(theirs: Scene) -> None:
    manager, page = theirs.agency.people["manager"], "/gestion/syndic/tickets/nouveau"
    manager.get(page)
    form = {**fields_of(theirs), "kind": "PRE", "reminder_ods.amount": "0"}
    first, again = manager.post(page, form), manager.post(page, form)
    assert number_in(first.headers["location"]) == number_in(again.headers["location"])
    assert "message=deja" in again.headers["location"]


def test_an_acceptance_sent_twice_counts_once(theirs: Scene) -> None:
    _, link = new_order(theirs, "Deux fois", "painter")
    painter = theirs.agency.browser()
    painter.get(link)
    token = painter.token
    assert painter.post(f"{link}/reponse", acceptance(theirs)).status_code == 200
    theirs.cloud.settle()
    before = state(theirs)
    assert _again(painter, f"{link}/reponse", acceptance(theirs), token) in {200, 303}
    assert changed(before, state(theirs)) == []


@pytest.mark.parametrize(
    ("who", "page", "to", "fields"),
    [
        ("manager", "/gestion/tickets/{order}/note", "/gestion/tickets/{order}/note", {"text": "Une fois"}),
        ("owner", "/interventions/{leak}", "/interventions/{leak}/message", {"message": "Une fois"}),
        ("owner", "/demandes/nouvelle", "/demandes", {"kind": "Autre demande", "title": "T", "description": "D"}),
    ],
)
def test_what_was_sent_once_is_not_written_twice(
    theirs: Scene, who: str, page: str, to: str, fields: dict[str, str]
) -> None:
    numbers, browser = {"order": theirs.order, "leak": theirs.leak}, theirs.agency.people[who]
    browser.get(page.format(**numbers))
    token = browser.token
    typed = {**fields, "place": f"{theirs.agency.id('S')}/{theirs.agency.id('S1')}"}
    assert _again(browser, to.format(**numbers), typed, token) == 303
    theirs.cloud.settle()
    before = state(theirs)
    assert _again(browser, to.format(**numbers), typed, token) == 303
    assert [key for key in changed(before, state(theirs)) if "COUNTER" not in str(key)] == []


def _again(browser: Browser, to: str, fields: dict[str, str], token: str) -> int:
    return browser.post(to, {**fields, "form_token": token}).status_code
