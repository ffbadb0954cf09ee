"""What every answer carries: security headers, careful cookies, no caching but of assets, no insides of ours."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from infra.local.testing import LocalCloud
from tests.functional.security.objects import objects_of, send
from tests.functional.security.routes import READING, with_access
from tests.functional.security.scene import Scene, changed, state

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
CALLERS = {"staff": "manager", "client": "owner", "session": "owner", "password": "owner", "link": "", "public": ""}
INSIDES = ("Traceback", "InternalServerError", "botocore", "pynamodb", "Exception", 'File "', "DynamoDB")
_INLINE = re.compile(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
_COOKIE = re.compile(r"palier[a-z-]*=[^;]*; Path=/; Max-Age=\d+; HttpOnly; SameSite=Lax")


def _check(answer: httpx.Response) -> None:
    address = str(answer.request.url)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, address
    assert int(answer.headers["strict-transport-security"].removeprefix("max-age=")) >= 31_536_000
    policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "server" not in answer.headers or "ython" not in answer.headers["server"]
    for cookie in answer.headers.get_list("set-cookie"):
        assert _COOKIE.fullmatch(cookie), cookie
    assert not [word for word in INSIDES if word in answer.text], address
    if answer.headers["content-type"].startswith("text/html"):
        assert _INLINE.search(answer.text) is None, (address, _INLINE.findall(answer.text))


@pytest.mark.parametrize("access", list(CALLERS))
def test_every_page_is_guarded_by_its_headers(ours: Scene, access: str) -> None:
    """Pages that are shown, redirections and refusals alike."""
    browser = ours.agency.people.get(CALLERS[access]) or ours.agency.browser()
    for rule in with_access(access, methods=READING):
        for address in rule.addresses(objects_of(ours)):
            _check(browser.http.get(address))


def test_the_api_is_guarded_by_the_same_headers(ours: Scene) -> None:
    for rule in with_access("api key", methods=READING):
        for address in rule.addresses(objects_of(ours, few=True)):
            answer = ours.agency.api("GET", address)
            _check(answer)
            assert answer.headers["content-type"] in {"application/json", "application/problem+json"}


def test_only_assets_are_kept(ours: Scene) -> None:
    browser = ours.agency.browser()
    sheet = re.findall(r'href="(/assets/[^"]+\.css)"', browser.get("/connexion").text)[0]
    answer = browser.http.get(sheet)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert answer.headers["x-content-type-options"] == "nosniff"
    stale = browser.http.get(sheet.replace(sheet.split("/")[2], "000000000000"))
    assert (stale.status_code, stale.headers["cache-control"]) == (404, "no-store")
    for name in ("..%2fsite.py", "%2e%2e", "palier.css%00", "site.py"):
        assert browser.http.get(f"/assets/{sheet.split('/')[2]}/{name}").status_code in {400, 403, 404}


def test_https_cookies_belong_to_one_host_only() -> None:
    """AUT-022: what the pages send over HTTPS; the local cloud speaks HTTP."""
    from palier.people.sessions import impersonation_cookies, session_cookies, way_back_name

    cookies = (*session_cookies("a.b.c", secure=True), *impersonation_cookies("a.b.c", "d.e.f", secure=True))
    for cookie in cookies:
        assert cookie.startswith("__Host-palier")
        assert {"Path=/", "HttpOnly", "SameSite=Lax", "Secure"} <= {part.strip() for part in cookie.split(";")}
        assert "domain" not in cookie.lower()
    assert way_back_name(secure=True).startswith("__Host-")


def test_signing_in_never_leads_to_another_site(ours: Scene) -> None:
    for goal in ("https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nX: y"):
        page = ours.agency.browser().http.get("/connexion", params={"suite": goal})
        assert "evil" not in page.text
        browser = ours.agency.people["owner"]
        answer = browser.http.get("/connexion", params={"suite": goal})
        assert answer.headers["location"] == "/", goal


# ── What nobody foresaw ─────────────────────────────────────────────────────────────────────────────


@contextmanager
def _broken(cloud: LocalCloud, function: str) -> Iterator[None]:
    """Take the table away from a function, as a wrong policy would."""
    iam, named = cloud.client("iam"), cloud.functions[function]
    role = cloud.client("lambda").get_function_configuration(FunctionName=named)["Role"].rpartition("/")[2]
    statement = {"Effect": "Deny", "Action": "dynamodb:*", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.put_role_policy(RoleName=role, PolicyName="broken", PolicyDocument=document)
    try:
        yield
    finally:
        iam.delete_role_policy(RoleName=role, PolicyName="broken")


@pytest.mark.parametrize(
    ("function", "who", "address"),
    [
        ("StaffDeskFunction", "manager", "/gestion/syndic/tickets"),
        ("ClientPortalFunction", "owner", "/demandes"),
        ("SupplierLinkFunction", "", "{link}"),
    ],
)
def test_an_error_nobody_foresaw_is_a_french_page_and_a_traceback_in_the_log(
    ours: Scene, function: str, who: str, address: str
) -> None:
    """Also proves that the function acts with its own role: denied to the role, denied to the function."""
    browser, where = ours.agency.people.get(who) or ours.agency.browser(), address.format(link=ours.links["plumber"])
    before = ours.cloud.function_logs(function)
    with _broken(ours.cloud, function):
        answer = browser.http.get(where)
    assert (answer.status_code, answer.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert "Le service a rencontré une erreur" in answer.text
    _check(answer)
    written = ours.cloud.function_logs(function)[len(before) :]
    assert "Traceback" in written
    assert "AccessDenied" in written
    assert browser.http.get(where).status_code == 200


def test_a_script_and_the_api_read_it_as_a_problem(ours: Scene) -> None:
    owner = ours.agency.people["owner"]
    owner.get("/demandes/nouvelle")
    rule = next(rule for rule in with_access("client") if rule.path == "/fichiers")
    with _broken(ours.cloud, "ClientActionsFunction"):
        script = send(owner, rule, "/fichiers")
    with _broken(ours.cloud, "BackOfficeFunction"):
        machine = ours.agency.api("GET", "/api/v1/parties")
    for answer in (script, machine):
        assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
        assert answer.json()["code"] == "UNEXPECTED"
        _check(answer)


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"login=x", "text/plain", 415),
        (b"{}", "application/json", 415),
        (b"", "multipart/form-data; boundary=x", 415),
        (b"a=" + b"a" * 300_000, "application/x-www-form-urlencoded", 400),
        (b"&".join(b"a=1" for _ in range(600)), "application/x-www-form-urlencoded", 400),
        (b"\xff\xfe%ff%00=%", "application/x-www-form-urlencoded", 422),
    ],
)
def test_a_body_that_is_no_form_is_refused_in_french(ours: Scene, content: bytes, kind: str, status: int) -> None:
    before = state(ours)
    answer = ours.agency.browser().http.post("/connexion", content=content, headers={"Content-Type": kind})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    _check(answer)
    assert changed(before, state(ours)) == []


def test_a_page_is_shown_whatever_type_the_request_claims(ours: Scene) -> None:
    answer = ours.agency.browser().http.get("/connexion", headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 200


def test_hostile_addresses_are_pages_that_do_not_exist(ours: Scene) -> None:
    manager, owner = ours.agency.people["manager"], ours.agency.people["owner"]
    odd = ("a%23b", "%2523", "%00", "%ff", "²", "9" * 40, "x" * 300, "%0d%0aX:%20y", "<script>")
    for word in odd:
        pages = [(manager, f"/gestion/tickets/{word}"), (manager, f"/gestion/portefeuille/identites/{word}")]
        pages += [(manager, f"/gestion/portefeuille/immeubles/{word}"), (manager, f"/gestion/{word}/tickets")]
        pages += [(owner, f"/interventions/{word}"), (owner, f"/demandes/{word}"), (owner, f"/i/{word}")]
        for browser, address in pages:
            answer = browser.http.get(address)
            assert answer.status_code in {303, 400, 403, 404}, (address, answer.status_code)
            assert not [one for one in INSIDES if one in answer.text]
    jump = manager.http.get("/gestion/syndic/tickets", params={"numero": "²"})
    assert (jump.status_code, "Indiquez un numéro" in jump.text) == (200, True)
    assert manager.http.get("/gestion/syndic/tickets", params={"numero": "9" * 5000}).status_code == 200
