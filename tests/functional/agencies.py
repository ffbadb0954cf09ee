"""Fresh agencies in the running local cloud, made and used through the doors that everybody uses.

The administrator's function makes the agency, the API publishes its portfolio, people fill in forms on the pages.
Every text of an agency holds its ``mark``: a test can tell whether a byte of it shows where it should not.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import ssl
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from selectolax.lexbor import LexborHTMLParser, LexborNode

from infra.local.testing import LocalCloud

PASSWORD = "Correct-Horse-9!"
PHOTO = b"\xff\xd8\xff\xe0" + b"0" * 400
_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
_SETTINGS: tuple[tuple[str, str, Any], ...] = (
    ("syndic", "tickets.client_display", True),
    ("syndic", "tickets.visibility", ["requester", "council"]),
    ("syndic", "tickets.pre_tickets_visible", True),
    ("gerance", "tickets.client_display", True),
    ("gerance", "tickets.visibility", ["requester"]),
    ("gerance", "tickets.pre_tickets_visible", True),
)
STAFF = ("admin", "manager", "syndic", "accountant", "other")
CLIENTS = {"owner": "co_owner", "neighbour": "co_owner", "landlord": "landlord", "renter": "renter"}
EVERYBODY = (*STAFF, *CLIENTS)
_OWNED = {"owner": "S1", "neighbour": "S2", "landlord": "G1"}
Fields = Mapping[str, Any]
_PLAIN: dict[str, Any] = {"verify": ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), "trust_env": False, "timeout": 60}
_STORE = httpx.Client(**_PLAIN)  # reading certificates for nothing would cost more than the request


class Browser:
    """One person's browser: keeps his cookies, follows nothing by itself, remembers the last form's token."""

    def __init__(self, cloud: LocalCloud, host: str) -> None:
        self.http = httpx.Client(base_url=cloud.people_url, headers={"Host": host}, **_PLAIN)
        self.token = ""

    @property
    def cookie(self) -> str:
        return self.http.cookies.get("palier") or ""

    def get(self, where: str, **headers: str) -> httpx.Response:
        answer = self.http.get(where, headers=headers)
        self.token = next(reversed(_TOKEN.findall(answer.text)), self.token)
        return answer

    def post(self, where: str, fields: Fields | None = None, **headers: str) -> httpx.Response:
        """Post a form with the token of the last page, unless the fields say another."""
        return self.http.post(where, data={"form_token": self.token, **(fields or {})}, headers=headers)

    def submit(self, page: str, to: str, fields: Fields) -> httpx.Response:
        """Open a page and send its form to an address that ends with ``to``, filled in."""
        form = _form(self.get(page), to)
        typed = {name: values for name, values in _values(form).items() if name not in fields}
        sent = self.http.post(str(form.attributes["action"]), data={**typed, **fields})
        assert sent.status_code < 400, f"{page} → {to}: {sent.status_code} {_complaint(sent)}"
        return sent

    def upload(self, where: str, name: str = "photo.jpg", content: bytes = PHOTO, kind: str = "image/jpeg") -> str:
        """Send a file as the page's script does, and return its id."""
        asked = {"name": name, "type": kind, "size": len(content)}
        headers = {"X-Form-Token": self.token, "Accept": "application/json"}
        place = self.http.post(where, json=asked, headers=headers)
        assert place.status_code == 200, place.text
        sent = store(place.json(), content)
        assert sent.status_code == 204, sent.text
        return str(place.json()["id"])


@dataclass
class Agency:
    """An agency with its people, each in his browser."""

    cloud: LocalCloud
    slug: str
    mark: str
    api_key: str = ""
    people: dict[str, Browser] = field(default_factory=dict)
    passwords: list[str] = field(default_factory=list)
    logins: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return f"{self.slug}.palier.example"

    def id(self, short: str) -> str:
        return f"{self.slug}.{short}"

    def mail(self, who: str) -> str:
        return f"{who}-{self.mark}@mail.example"

    def browser(self) -> Browser:
        return Browser(self.cloud, self.host)

    def api(self, method: str, path: str, body: object = None, key: str | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.api_key if key is None else key}".strip(), "Host": self.host}
        return _STORE.request(method, f"{self.cloud.people_url}{path}", json=body, headers=headers)

    def publish(self, collection: str, *lines: Fields) -> list[dict[str, Any]]:
        answer = self.api("POST", f"/api/v1/{collection}", {"lines": lines})
        assert answer.status_code == 200, answer.text
        reports: list[dict[str, Any]] = answer.json()["lines"]
        assert all(one["outcome"] != "refused" for one in reports), reports
        return reports

    def enter(self, who: str, given: str) -> Browser:
        """Sign in with the password that the agency gave, and choose one's own."""
        browser = self.people[who] = self.browser()
        browser.submit("/connexion", "/connexion", {"login": self.logins[who], "password": given})
        browser.submit("/mot-de-passe", "/mot-de-passe", {"password": PASSWORD, "again": PASSWORD})
        return browser

    def sign_in(self, who: str) -> Browser:
        """Return another browser of somebody who is in already."""
        browser = self.browser()
        browser.submit("/connexion", "/connexion", {"login": self.logins[who], "password": PASSWORD})
        return browser

    def letters(self, to: str = "") -> list[dict[str, Any]]:
        """The e-mails to people of this agency, newest first."""
        return [one for one in self.cloud.outbox() if self.mark in one["to"] and to in one["to"]]

    def link(self, to: str, part: str) -> str:
        """The path of the newest link to ``part`` that somebody was sent."""
        links = [link for one in self.letters(to) for link in one["links"] if part in link]
        assert links, f"no {part} was sent to {to}"
        return httpx.URL(links[0]).path


def ask_admin(cloud: LocalCloud, command: str, **values: Any) -> dict[str, Any]:
    """Run a command of the administrator's function, as an operator does in the console."""
    payload = json.dumps({"command": command, **values}).encode()
    answer = cloud.client("lambda").invoke(FunctionName=cloud.functions["AdminFunction"], Payload=payload)
    said: dict[str, Any] = json.loads(answer["Payload"].read())
    assert not {"refused", "errorMessage"} & said.keys(), said
    return said


def store(place: Fields, content: bytes, name: str = "file", kind: str = "") -> httpx.Response:
    """Post a file to the store with the signed form that the product gave."""
    fields = {**place["fields"], **({"Content-Type": kind} if kind else {})}
    return _STORE.post(place["url"], data=fields, files={"file": (name, content)})


def make_agency(cloud: LocalCloud, slug: str, mark: str, *, enters: Container[str] = EVERYBODY) -> Agency:
    """An agency of two buildings with staff and clients of each kind and two suppliers; who ``enters`` has a browser.

    Choosing a password takes a few tenths of a second: name only those that the test needs.
    """
    agency = Agency(cloud, slug, mark)
    who = {"last_name": f"Directrice {mark}", "email": agency.mail("admin"), "login": f"{mark}ADMIN"}
    made = ask_admin(cloud, "create_agency", agency=slug, name=f"Agence {mark}", hosts=[agency.host], administrator=who)
    agency.api_key = made["api_key"]
    for scope, key, value in _SETTINGS:
        ask_admin(cloud, "set_setting", agency=slug, scope=scope, key=key, value=value)
    opened = [{"login": made["login"], "initial_password": made["one_time_password"]}, *_publish(agency)]
    given = dict(zip(EVERYBODY, opened, strict=True))
    agency.passwords = [one["initial_password"] for one in given.values()]
    agency.logins = {who: one["login"] for who, one in given.items()}
    for person in (one for one in EVERYBODY if one in enters):
        agency.enter(person, given[person]["initial_password"])
    return agency


def _publish(agency: Agency) -> list[dict[str, Any]]:
    """Publish the portfolio; returns the reports of the lines that opened logins, staff first."""
    both = ["syndic", "gerance"]
    staff = agency.publish(
        "staff",
        _person(agency, "manager", role="manager", modules=both),
        _person(agency, "syndic", role="manager", modules=["syndic"]),
        _person(agency, "accountant", role="accountant", modules=both),
        _person(agency, "other", role="other", modules=both),
    )
    mark, manager = agency.mark, agency.id("manager")
    common = {"door_codes": [f"{mark}12"], "manager": manager, **_address(agency)}
    agency.publish(
        "buildings",
        {"id": agency.id("S"), "module": "syndic", "name": f"Résidence {mark}", **common},
        {"id": agency.id("G"), "module": "gerance", "name": f"Maison {mark}", **common},
    )
    lots = {
        lot: {"building": agency.id(lot[0]), "reference": lot, "nature": f"T2 {mark}"} for lot in ("S1", "S2", "G1")
    }
    agency.publish("lots", *({"id": agency.id(lot), **said} for lot, said in lots.items()))
    agency.publish("parties", *(_person(agency, who) for who in CLIENTS))
    agency.publish("suppliers", *(_supplier(agency, who) for who in ("plumber", "painter")))
    agency.publish("ownerships", *(_of(agency, "R", who, lot=agency.id(lot)) for who, lot in _OWNED.items()))
    agency.publish("tenancies", _of(agency, "R", "renter", lot=agency.id("G1")))
    accounts = [_of(agency, "A", who, space=space, published=True) for who, space in CLIENTS.items()]
    return [*staff, *agency.publish("accounts", *accounts)]


def _of(agency: Agency, kind: str, who: str, **more: object) -> dict[str, object]:
    return {"id": agency.id(f"{kind}-{who}"), "party": agency.id(who), **more}


def _person(agency: Agency, who: str, **more: object) -> dict[str, object]:
    contact = {"emails": [agency.mail(who)], "mobiles": ["06 39 98 00 01"]}
    return {"id": agency.id(who), "last_name": f"{who} {agency.mark}", "first_name": "Alix", "contact": contact, **more}


def _supplier(agency: Agency, who: str) -> dict[str, object]:
    contact = {"emails": [agency.mail(who)], "phones": ["01 99 00 00 09"]}
    return {"id": agency.id(who), "name": f"{who} {agency.mark}", "contact": contact, **_address(agency)}


def _address(agency: Agency) -> dict[str, object]:
    return {"address": {"line_1": f"1 rue {agency.mark}", "postcode": "99000", "city": "Palierville"}}


def tomorrow(cloud: LocalCloud) -> str:
    return (dt.date.fromisoformat(cloud.now()[:10]) + dt.timedelta(days=1)).isoformat()


def _form(page: httpx.Response, to: str) -> LexborNode:
    for form in LexborHTMLParser(page.text).css("form[method=post]"):
        if str(form.attributes.get("action")).endswith(to):
            return form
    raise AssertionError(f"{page.url}: {page.status_code}, no form to {to!r}: {_complaint(page)}")


def _values(form: LexborNode) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in form.css("input[name], textarea[name], select[name]"):
        said = node.attributes
        unticked = said.get("type") in {"checkbox", "radio"} and "checked" not in said
        if unticked or said.get("type") in {"submit", "button", "file"}:
            continue
        option = node.css_first("option[selected]") or node.css_first("option") or node
        value = node.text() if node.tag == "textarea" else option.attributes.get("value") or ""
        found.setdefault(str(said["name"]), []).append(value)
    return found


def _complaint(page: httpx.Response) -> str:
    text = re.sub(r"<[^>]+>", " ", page.text)
    return " ".join(text.split())[:400]
