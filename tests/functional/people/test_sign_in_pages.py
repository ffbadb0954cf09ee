"""The sign-in function as people meet it: pages, forms, cookies, redirects."""

import datetime as dt
import json
from pathlib import Path
from unittest import mock

import pytest

from palier.agencies.commands import set_setting
from palier.aws.table import Table
from palier.kernel.ids import AgencyId
from palier.people.caller import StaffRole
from palier.people.commands import impersonate
from palier.people.linked import link_parties
from palier.people.model import LinkedParty, PasswordState
from palier.people.sessions import impersonation_cookies, read_session
from palier.people.throttling import PER_LOGIN
from tests.functional.people.browser import Browser, Page
from tests.functional.people.scene import (
    CLIENT,
    HOST,
    KEYS,
    LILAS,
    ORMES,
    OTHER,
    PASSWORD,
    STAFF,
    arm_reset_link,
    make_agency,
    person,
    save,
    staff,
)

EVENTS = Path(__file__).parents[3] / "events" / "sign_in"
NEW = "Tout-neuf-2027"
PUBLIC = ("/connexion", "/mot-de-passe-oublie", "/mentions-legales", "/reinitialisation/demo.nothing")
SIGNED_IN = ("/mot-de-passe", "/espaces")


@pytest.fixture
def browser(table: Table) -> Browser:
    make_agency("demo", HOST, "demo.palier.example")
    save(person(CLIENT, "DUPONTANNE", LILAS), staff(STAFF, "LEROYMARC", StaffRole.MANAGER))
    return Browser("sign_in")


def sign_in(browser: Browser, login: str, password: str = PASSWORD, goal: str = "") -> Page:
    form = browser.get(f"/connexion?suite={goal}" if goal else "/connexion")
    return browser.submit(form, "/connexion", login=login, password=password)


@pytest.mark.parametrize("address", PUBLIC)
def test_every_page_before_sign_in_has_one_heading_and_the_agency_s_name(browser: Browser, address: str) -> None:
    page = browser.get(address)
    assert page.status in {200, 404}
    assert len(page.tree.css("h1")) == 1
    assert "Agence Démo" in page.text
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", SIGNED_IN)
def test_without_a_session_one_is_sent_to_sign_in(browser: Browser, address: str) -> None:
    assert browser.get(address).location.startswith("/connexion")


def test_signing_in_gives_a_cookie_that_scripts_and_other_sites_cannot_use(browser: Browser) -> None:
    page = sign_in(browser, "DUPONTANNE")
    assert (page.status, page.location) == (303, "/")
    cookie = next(header for header in page.cookies if header.startswith("__Host-palier="))
    assert cookie.endswith("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure")
    assert browser.get("/connexion").location == "/"


def test_without_https_the_cookie_still_works_locally(browser: Browser) -> None:
    browser.scheme = "http"
    sign_in(browser, "DUPONTANNE")
    assert "palier" in browser.jar
    assert browser.get("/mot-de-passe").status == 200


@pytest.mark.parametrize(
    ("goal", "where"),
    [
        ("/gestion/tickets/12", "/gestion/tickets/12"),
        ("//evil.example", "/gestion"),
        ("https://evil.example", "/gestion"),
        ("/%5Cevil.example", "/gestion"),
        ("/%09/evil.example", "/gestion"),
    ],
)
def test_after_sign_in_one_comes_to_the_page_asked_for_if_it_is_ours(browser: Browser, goal: str, where: str) -> None:
    assert sign_in(browser, "LEROYMARC", goal=goal).location == where


def test_a_refusal_keeps_the_login_and_never_the_password(browser: Browser) -> None:
    page = sign_in(browser, "DUPONTANNE", "not-it-1A")
    assert page.status == 422
    assert "Identifiant ou mot de passe incorrect" in page.text
    assert 'value="DUPONTANNE"' in page.text
    assert "not-it-1A" not in page.text


def test_after_too_many_tries_the_wait_is_said_in_words(browser: Browser) -> None:
    """AUT-033: a clear message."""
    for _ in range(PER_LOGIN.free + 1):
        sign_in(browser, "INCONNU", "x")
    page = sign_in(browser, "INCONNU", "x")
    assert page.status == 429
    assert "réessayez dans 15\u00a0secondes" in page.text


def test_a_form_that_we_did_not_give_signs_nobody_in(browser: Browser) -> None:
    fields = browser.get("/connexion").hidden("/connexion") | {"login": "DUPONTANNE", "password": PASSWORD}
    stranger = Browser("sign_in")
    page = stranger.post("/connexion", fields)
    assert page.status == 422
    assert "__Host-palier" not in stranger.jar


def test_a_first_sign_in_leads_to_the_new_password_and_nowhere_else(browser: Browser) -> None:
    """AUT-008."""
    save(person(OTHER, "PETITLEA", LILAS, state=PasswordState.SUPPLIED))
    assert sign_in(browser, "PETITLEA").location == "/mot-de-passe"
    assert browser.get("/espaces").location == "/mot-de-passe"
    form = browser.get("/mot-de-passe")
    assert form.tree.css_first("input[name=current]") is None
    weak = browser.submit(form, "/mot-de-passe", password="abc", again="abd")
    assert weak.status == 422
    assert len(weak.tree.css(".rules .failed")) == 4
    assert "ne sont pas identiques" in weak.text
    done = browser.submit(weak, "/mot-de-passe", password=NEW, again=NEW)
    assert done.location == "/"
    assert browser.get("/connexion").location == "/"


def test_the_present_password_is_asked_for_afterwards(browser: Browser) -> None:
    sign_in(browser, "DUPONTANNE")
    form = browser.get("/mot-de-passe")
    assert form.tree.css_first("input[name=current]") is not None
    wrong = browser.submit(form, "/mot-de-passe", current="x", password=NEW, again=NEW)
    assert "pas votre mot de passe actuel" in wrong.text
    assert browser.submit(wrong, "/mot-de-passe", current=PASSWORD, password=NEW, again=NEW).status == 303


def test_several_spaces_are_offered_and_one_is_entered(browser: Browser) -> None:
    """AUT-019."""
    save(person(OTHER, "PETITLEA", LILAS, ORMES))
    assert sign_in(browser, "PETITLEA").location == "/espaces"
    page = browser.get("/espaces")
    assert "Espace COPROPRIETAIRE" in page.text
    assert not page.tree.css("button[name=space][disabled]")
    assert browser.submit(page, "/espaces", space="renter").location == "/"
    assert len(browser.get("/espaces").tree.css("button[name=space][disabled]")) == 1
    assert browser.submit(page, "/espaces", space="staff").status == 403


def test_a_single_space_is_not_offered(browser: Browser) -> None:
    sign_in(browser, "DUPONTANNE")
    assert browser.get("/espaces").location == "/"


@pytest.mark.parametrize("by", ["list", "address"])
def test_a_linked_account_is_entered(browser: Browser, table: Table, by: str) -> None:
    """AUT-018."""
    save(person(OTHER, "SCITILLEULS", LILAS))
    link_parties(table, KEYS, CLIENT, [LinkedParty(OTHER, "SCI Les Tilleuls")])
    sign_in(browser, "DUPONTANNE")
    page = browser.get("/espaces")
    assert "Scitilleuls" in page.text
    if by == "list":
        browser.submit(page, "/espaces", space=f"compte:{OTHER}")
    else:
        browser.post(f"/autres-comptes/{OTHER}", page.hidden("/espaces"))
    now = dt.datetime.now(dt.UTC)
    assert read_session(table, browser.jar["__Host-palier"], HOST, now, lambda _: ()).caller.party == OTHER


def test_leaving_ends_the_session_and_clears_the_cookie(browser: Browser) -> None:
    """AUT-022."""
    sign_in(browser, "DUPONTANNE")
    cookie = browser.jar["__Host-palier"]
    form = browser.get("/mot-de-passe")
    assert browser.post("/deconnexion", form.hidden("/mot-de-passe")).location == "/connexion"
    assert "__Host-palier" not in browser.jar
    browser.jar["__Host-palier"] = cookie
    assert browser.get("/mot-de-passe").location == "/connexion?suite=/mot-de-passe"


def test_a_forged_form_signs_nobody_out(browser: Browser) -> None:
    sign_in(browser, "DUPONTANNE")
    assert browser.post("/deconnexion", {"form_token": "x.y"}).status == 403
    assert browser.get("/mot-de-passe").status == 200


def test_everywhere_means_every_browser(browser: Browser) -> None:
    other = Browser("sign_in")
    sign_in(other, "DUPONTANNE")
    sign_in(browser, "DUPONTANNE")
    form = browser.get("/mot-de-passe")
    browser.post("/deconnexion-partout", form.hidden("/mot-de-passe"))
    assert other.get("/mot-de-passe").location == "/connexion?suite=/mot-de-passe"


def test_leaving_a_client_s_space_brings_staff_back(browser: Browser, table: Table) -> None:
    """AUT-014."""
    sign_in(browser, "LEROYMARC")
    own, now = browser.jar["__Host-palier"], dt.datetime.now(dt.UTC)
    inside = impersonate(table, read_session(table, own, HOST, now, lambda _: ()), CLIENT, "inside", now)
    for header in impersonation_cookies(inside, own, secure=True):
        name, _, rest = header.partition("=")
        browser.jar[name] = rest.partition(";")[0]
    form = browser.get("/mot-de-passe")
    assert "Leroymarc" in form.text
    assert browser.post("/deconnexion", form.hidden("/mot-de-passe")).location == "/gestion"
    assert browser.jar["__Host-palier"] == own
    assert "__Host-palier-staff" not in browser.jar


@pytest.mark.parametrize("login", ["DUPONTANNE", "INCONNU"])
def test_the_answer_to_a_forgotten_password_is_the_same_for_everybody(browser: Browser, login: str) -> None:
    """AUT-010."""
    form = browser.get("/mot-de-passe-oublie")
    page = browser.submit(form, "/mot-de-passe-oublie", login=login)
    assert page.status == 200
    assert "Si cet identifiant existe" in page.text
    assert login not in page.text


def test_a_mailed_link_leads_to_a_new_password(browser: Browser, table: Table) -> None:
    browser.submit(browser.get("/mot-de-passe-oublie"), "/mot-de-passe-oublie", login="DUPONTANNE")
    token, _ = arm_reset_link(table)
    address = f"/reinitialisation/{token}"
    for _ in range(3):
        form = browser.get(address)
    assert browser.submit(form, address, password="x", again="x").status == 422
    assert browser.submit(browser.get(address), address, password=NEW, again=NEW).location == "/connexion"
    assert browser.get(address).status == 404
    assert sign_in(browser, "DUPONTANNE", NEW).location == "/"


def test_the_old_address_still_leads_in(browser: Browser) -> None:
    """AUT-001."""
    assert browser.get("/extranet").location == "/connexion"


def test_the_agency_s_texts_are_shown(browser: Browser, table: Table) -> None:
    """PRT-020, AUT-026; nothing of them is ever read as HTML."""
    agency = AgencyId("demo")
    set_setting(table, agency, "agency", "portal.welcome_text", "Bienvenue.\nÀ bientôt <b>!")
    set_setting(table, agency, "agency", "portal.banner", "Agence fermée lundi")
    set_setting(table, agency, "agency", "portal.legal_notice", "Notre mention.")
    page = browser.get("/connexion")
    assert "Bienvenue." in page.text
    assert "&lt;b&gt;" in page.text
    assert "Agence fermée lundi" in page.text
    legal = browser.get("/mentions-legales")
    assert "Notre mention." in legal.text
    assert legal.tree.css_first("#accessibilite") is not None


def test_an_unknown_host_is_told_so(table: Table) -> None:
    assert Browser("sign_in", "nobody.example").get("/connexion").status in {404, 500}


@pytest.mark.parametrize("saved", sorted(EVENTS.glob("*.json")), ids=lambda path: path.stem)
def test_every_saved_event_gets_an_answer(browser: Browser, saved: Path) -> None:
    answer = browser.app(json.loads(saved.read_text()), None)
    assert answer["statusCode"] in {200, 303, 404, 422}


def test_a_sign_in_page_reads_the_table_at_most_twice(browser: Browser) -> None:
    with mock.patch.object(Table, "get_many", autospec=True, side_effect=Table.get_many) as reads:
        browser.get("/connexion")
        browser.get("/connexion")
    assert reads.call_count == 3  # the host is looked up once a minute
