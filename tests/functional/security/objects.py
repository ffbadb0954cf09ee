"""What a hostile caller types: the objects of an agency for every parameter of every route, and forms full of them."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode

import httpx

from palier.portfolio.pages import BUILDINGS, CATEGORIES
from palier.publication.model import Collection
from palier.tickets.staff.actions import ACTIONS
from tests.functional.agencies import Browser
from tests.functional.security.routes import Known, Rule
from tests.functional.security.scene import Scene, acceptance

# Parameters that name a thing of one agency; the others name a kind of thing.
OBJECTS = frozenset({"number", "record", "party", "identifier", "token", "target", "name"})
JSON_HEADERS = {"Content-Type": "application/json", "Accept": "application/json"}
PROMISE = {"name": "photo.jpg", "type": "image/jpeg", "size": 10}


def objects_of(scene: Scene, *, few: bool = False) -> Known:
    """Every value that a parameter can take in this agency; ``few``: one of each kind."""
    agency = scene.agency
    parties = [agency.id(who) for who in ("owner", "landlord", "renter", "plumber", "manager", "neighbour")]
    known: dict[str, list[str]] = {
        "number": [scene.order, scene.leak, scene.question, scene.boiler, scene.second],
        "module": ["syndic", "gerance"],
        "action": list(ACTIONS),
        "target": [scene.engagement, "demandeur"],
        "category": [*CATEGORIES, BUILDINGS],
        "record": [*parties, agency.id("S")],  # each in its category
        "name": ["0-0", "1-0", "2-0", "3-0", "summary"],
        "token": [scene.token],
        "party": parties,
        "collection": [collection.value for collection in Collection],
        "identifier": [agency.id(one) for one in ("owner", "plumber", "S", "G1", "R-owner", "A-owner")],
    }
    return {name: values[:1] for name, values in known.items()} if few else known


def names_objects(rule: Rule) -> bool:
    return bool(OBJECTS & set(rule.names))


def fields_of(scene: Scene) -> dict[str, str]:
    """A form that every view finds something of, each field naming an object of this agency."""
    agency = scene.agency
    return {
        **acceptance(scene),
        "kind": "ODS",
        "place": agency.id("S"),
        "subject": "Objet",
        "title": "Titre",
        "description": "Texte",
        "text": "Texte",
        "message": "Texte",
        "reason": "Texte",
        "source": "phone",
        "request_date": "2026-11-20",
        "request_time": "10:00",
        "amount": "10,00",
        "assigned": agency.id("manager"),
        "supplier.0.id": agency.id("plumber"),
        "requester": agency.id("owner"),
        "do": "save",
        "space": f"compte:{agency.id('owner')}",
        "login": agency.logins["owner"],
        "password": "Another-Horse-8!",
        "again": "Another-Horse-8!",
    }


def send(
    browser: Browser, rule: Rule, address: str, fields: dict[str, str] | None = None, token: str | None = None
) -> httpx.Response:
    """Call a route as its page does: a form, a script's JSON or a plain address."""
    proof = browser.token if token is None else token
    if rule.method == "GET":
        return browser.http.get(address)
    if rule.body == "application/json":
        content = json.dumps(PROMISE)
        return browser.http.post(address, content=content, headers={**JSON_HEADERS, "X-Form-Token": proof})
    return browser.http.request(rule.method, address, data={**(fields or {}), "form_token": proof})


def shown(answer: httpx.Response) -> str:
    """Every byte of an answer that its reader sees."""
    return answer.text + json.dumps(dict(answer.headers))


def forged_cursors(scene: Scene) -> list[str]:
    """Places in the lists of this agency, as the pages write them."""
    slug, order = scene.agency.slug, f"{int(scene.order):09d}"
    keys = [
        {"g1pk": f"{slug}#TICKETS#syndic", "g1sk": order, "pk": f"{slug}#TICKET#{scene.order}", "sk": "HEAD"},
        {"g3pk": f"{slug}#PLACE#{scene.agency.id('S')}", "g3sk": order, "pk": f"{slug}#TICKET#1", "sk": "HEAD"},
        {"pk": f"{slug}#DIRECTORY", "sk": "A"},
    ]
    return [_cursor({name: {"S": value} for name, value in key.items()}) for key in keys]


def _cursor(key: object) -> str:
    return urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")
