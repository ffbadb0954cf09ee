"""Nobody gets in without a session, a key or a link, by any route, and nothing changes for trying."""

import httpx
import pytest

from tests.functional.security.objects import fields_of, objects_of, send
from tests.functional.security.routes import Rule, with_access
from tests.functional.security.scene import Scene, changed, state

SESSION = ("session", "password", "client", "staff")


def _cookies(scene: Scene) -> list[str]:
    party, token = scene.agency.people["admin"].cookie.rsplit(".", 1)
    return [
        "nonsense",
        "..",
        f"{party}.{token[:-1]}",
        f"{party}.{'A' * len(token)}",
        f"{party}.",
        f"nobody.{party.partition('.')[2]}.{token}",
        f"{scene.agency.slug}.nobody.{token}",
        f"{scene.agency.slug}.{'%23' * 3}.{token}",
        f"{party}.{token}{'x' * 400}",
    ]


def test_every_route_of_a_session_leads_to_sign_in_without_one(ours: Scene) -> None:
    before, stranger = state(ours), ours.agency.browser()
    for rule in with_access(*SESSION):
        for address in rule.addresses(objects_of(ours, few=True)):
            answer = send(stranger, rule, address, fields_of(ours))
            assert _turned_away(rule, answer), (rule, answer.status_code)
    assert changed(before, state(ours)) == []


def test_what_is_no_session_is_no_cookie(ours: Scene) -> None:
    before = state(ours)
    for cookie in _cookies(ours):
        browser = ours.agency.browser()
        browser.http.cookies.set("palier", cookie)
        for address in ("/gestion", "/espaces", f"/gestion/tickets/{ours.order}/note"):
            assert browser.http.get(address).headers["location"].startswith("/connexion"), cookie
            assert browser.post("/deconnexion-partout").headers["location"] == "/connexion", cookie
    assert changed(before, state(ours)) == []


def _turned_away(rule: Rule, answer: httpx.Response) -> bool:
    if rule.body == "application/json":
        problem = answer.headers["content-type"] == "application/problem+json"
        return problem and answer.status_code == 401 and answer.json()["code"] == "NOT_SIGNED_IN"
    where = httpx.URL(answer.headers.get("location", "")).path
    return answer.status_code == 303 and where == "/connexion" and answer.text == ""


@pytest.mark.parametrize("key", ["", "none", "alpha", "alpha.", "alpha.x", "beta.{secret}", "{key}x", "{short}"])
def test_every_route_of_the_api_needs_its_key(ours: Scene, key: str) -> None:
    real = ours.agency.api_key
    presented = key.format(key=real, secret=real.partition(".")[2], short=real[:-1])
    before = state(ours)
    for rule in with_access("api key"):
        for address in rule.addresses(objects_of(ours, few=True)):
            answer = ours.agency.api(rule.method, address, {"lines": []}, key=presented)
            assert answer.status_code == 401, (rule, answer.text)
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["code"] == "BAD_API_KEY"
    assert changed(before, state(ours)) == []


def test_a_session_is_no_key_and_a_key_is_no_session(ours: Scene) -> None:
    admin, key = ours.agency.people["admin"], ours.agency.api_key
    assert admin.http.get("/api/v1/parties").status_code == 401
    assert admin.http.get("/api/v1/parties", headers={"Authorization": f"Bearer {admin.cookie}"}).status_code == 401
    answer = ours.agency.browser().http.get("/gestion", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 303
    browser = ours.agency.browser()
    browser.http.cookies.set("palier", key)
    assert browser.http.get("/gestion").headers["location"].startswith("/connexion")


def test_every_route_of_a_link_needs_it(ours: Scene) -> None:
    """Unknown, truncated, of nothing at all: the same page, and nothing learned from it."""
    before, pages, stranger = state(ours), set(), ours.agency.browser()
    token = ours.token
    tokens = [
        "x",
        "alpha.",
        "alpha.x",
        token[:-1],
        f"{token}x",
        "%23",
        "alpha.%23",
        f"nobody.{token.partition('.')[2]}",
    ]
    for rule in with_access("link"):
        for address in rule.addresses({**objects_of(ours, few=True), "token": tokens}):
            answer = send(stranger, rule, address, fields_of(ours))
            assert answer.status_code == 404, (rule, address)
            assert ours.agency.mark not in answer.text
            pages.add("n’est plus valable" in answer.text)
    assert pages == {True}
    assert changed(before, state(ours)) == []


def test_clients_and_staff_do_not_enter_each_others_pages(ours: Scene) -> None:
    before, people = state(ours), ours.agency.people
    people["owner"].get("/")
    people["manager"].get("/gestion/syndic/tickets/nouveau")
    for access, browser in (("staff", people["owner"]), ("client", people["manager"])):
        for rule in with_access(access):
            for address in rule.addresses(objects_of(ours, few=True)):
                answer = send(browser, rule, address, fields_of(ours))
                assert answer.status_code == 403, (rule, answer.status_code)
    assert changed(before, state(ours)) == []


def test_with_a_password_to_choose_every_other_page_leads_to_that_form(ours: Scene) -> None:
    """AUT-008: a supplied password opens one session and one form."""
    agency = ours.agency
    agency.publish("staff", {"id": agency.id("newcomer"), "last_name": f"Novice {agency.mark}", "role": "manager"})
    given = agency.api("POST", f"/api/v1/logins/{agency.id('newcomer')}/initial-password", {}).json()
    newcomer = agency.browser()
    newcomer.submit("/connexion", "/connexion", {"login": given["login"], "password": given["initial_password"]})
    newcomer.get("/mot-de-passe")
    before = state(ours)
    for rule in with_access("session", "client", "staff"):
        for address in rule.addresses(objects_of(ours, few=True)):
            answer = send(newcomer, rule, address, fields_of(ours))
            if rule.body == "application/json":
                assert (answer.status_code, answer.json()["code"]) == (403, "PASSWORD_CHANGE_NEEDED")
            else:
                assert (answer.status_code, answer.headers["location"]) == (303, "/mot-de-passe"), rule
    assert changed(before, state(ours)) == []
