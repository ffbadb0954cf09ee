"""The client's functions in this process, on an empty account: an agency, a building, its people, their sessions."""

import base64
import datetime as dt
import html
import importlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import boto3
import httpx
import msgspec
import pytest

from palier.agencies.model import Agency, AgencySettings, ModuleSettings, VisibleTo
from palier.agencies.model import Contact as AgencyContact
from palier.agencies.store import settings_key
from palier.aws import files
from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys
from palier.aws.table import Row, Table
from palier.kernel.clock import FixedClock
from palier.kernel.ids import AgencyId, BuildingId, LotId, PartyId
from palier.people.caller import CouncilRole, Module, Space, Tie
from palier.people.model import Account, PasswordState, Session
from palier.people.sessions import Cookie, token_hash
from palier.people.store import account_row, session_row
from palier.portfolio import keys as where
from palier.portfolio.choices import building_choice, staff_choice
from palier.portfolio.dossier import Dossier
from palier.portfolio.model import Address, Building, Lot, StaffUser
from palier.portfolio.model import Contact as Reach
from tests.functional.conftest import AwsAccount
from tests.functional.tables import empty_table

HOST = "agence.example"
NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


@dataclass
class Answer:
    """What a browser would get."""

    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def location(self) -> str:
        return self.headers.get("location", "")

    @property
    def plain(self) -> str:
        """The page without tags, on one line, no-break spaces made plain."""
        text = html.unescape(re.sub(r"<[^>]+>", " ", self.text))
        return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


@dataclass
class Browser:
    """One person's browser: his cookie, and the forms he was given."""

    apps: tuple[Any, ...]
    cookie: str
    token: str = field(default="")

    def get(self, address: str) -> Answer:
        path, _, query = address.partition("?")
        pairs = [pair.partition("=") for pair in query.split("&") if pair]
        answer = self._call("GET", path, {name: httpx.QueryParams(f"v={value}")["v"] for name, _, value in pairs}, None)
        found = _TOKEN.findall(answer.text)
        self.token = found[-1] if found else self.token
        return answer

    def post(self, path: str, **fields: str | list[str]) -> Answer:
        body = urlencode({"form_token": self.token, **fields}, doseq=True).encode()
        return self._call("POST", path, {}, body)

    def ask_place(self, name: str, media_type: str, size: int, token: str | None = None) -> Answer:
        body = json.dumps({"name": name, "type": media_type, "size": size}).encode()
        proof = self.token if token is None else token
        return self._call("POST", "/fichiers", {}, body, {"Content-Type": "application/json", "X-Form-Token": proof})

    def upload(self, name: str, media_type: str, content: bytes) -> str:
        """Send a file as the script does, and return its id."""
        place = json.loads(self.ask_place(name, media_type, len(content)).text)
        sent = httpx.post(place["url"], data=place["fields"], files={"file": (name, content)}, trust_env=False)
        assert sent.status_code == 204, sent.text
        return str(place["id"])

    def _call(
        self, method: str, path: str, query: dict[str, str], body: bytes | None, more: Mapping[str, str] | None = None
    ) -> Answer:
        app, resource, params = _find(self.apps, method, path)
        sent = {
            "Host": HOST,
            "Cookie": f"__Host-palier={self.cookie}",
            **({} if body is None else {"Content-Type": "application/x-www-form-urlencoded"}),
            **(more or {}),
        }
        event = {
            "resource": resource,
            "path": path,
            "httpMethod": method,
            "headers": sent,
            "multiValueHeaders": {name: [value] for name, value in sent.items()},
            "multiValueQueryStringParameters": {name: [value] for name, value in query.items()} or None,
            "pathParameters": params or None,
            "stageVariables": None,
            "requestContext": {
                "resourcePath": resource,
                "httpMethod": method,
                "requestId": "test",
                "identity": {"sourceIp": "192.0.2.1"},
            },
            "body": None if body is None else base64.b64encode(body).decode(),
            "isBase64Encoded": body is not None,
        }
        answer = app(event, None)
        headers = {name.lower(): value for name, value in answer["headers"].items()}
        return Answer(answer["statusCode"], answer["body"], headers)


def _find(apps: tuple[Any, ...], method: str, path: str) -> tuple[Any, str, dict[str, str]]:
    """Route as API Gateway does: the most literal path wins."""
    parts = path.strip("/").split("/")
    for app in apps:
        for route in sorted(app.routes, key=lambda route: route.count("{")):
            names = route.strip("/").split("/")
            fits = len(names) == len(parts) and all(a == b or a[:1] == "{" for a, b in zip(names, parts, strict=True))
            if fits and method in app.routes[route]:
                params = {a[1:-1]: b for a, b in zip(names, parts, strict=True) if a[:1] == "{"}
                return app, route, params
    raise AssertionError(f"no function answers {method} {path}")


class World:
    """The agency ``demo`` with one building, and another agency next to it."""

    def __init__(self, table: Table, clock: FixedClock, apps: tuple[Any, ...]) -> None:
        self.table, self.clock, self.apps = table, clock, apps
        self.keys = AgencyKeys(AgencyId("demo"))
        self.settle()

    def settle(self, *, enabled: bool = True, shown: bool = True, pre: bool = True, agency: str = "demo") -> None:
        module = ModuleSettings(
            tickets_client_display=shown,
            tickets_pre_tickets_visible=pre,
            tickets_visibility=frozenset({VisibleTo.REQUESTER, VisibleTo.COUNCIL}),
        )
        chosen = AgencySettings(
            portal_licence=True,
            tickets_enabled=enabled,
            agency_contact=AgencyContact(email="contact@agence.example", phone="01 99 00 00 01"),
        )
        made = Agency(AgencyId(agency), "Agence Démo", settings=chosen, syndic=module, gerance=module)
        self.put(Row(key=settings_key(AgencyKeys(AgencyId(agency))), kind="AGENCY", body=msgspec.json.encode(made)))
        building = Building(
            BuildingId("B1"), Module.SYNDIC, "Les Lilas", Address("1 rue des Tests", postcode="75000", city="Paris"),
            manager=PartyId("M1"), door_codes=("12A",),
        )  # fmt: skip
        lot = Lot(LotId("L1"), BuildingId("B1"), "1", "Appartement")
        reach = Reach(("gestion@agence.example",), (), ("01 99 00 00 02",))
        user = StaffUser(PartyId("M1"), "Fictive", "Gaëlle", contact=reach)
        manager = Dossier(user.id, staff=user)
        for key, kind, value in (
            (where.building_key(self.keys, building.id), "BUILDING", building),
            (where.lot_key(self.keys, lot.id), "LOT", lot),
            (where.party_key(self.keys, manager.id), "DOSSIER", manager),
            (where.directory_building_key(self.keys, building), "CHOICE", building_choice(building)),
            (where.directory_key(self.keys, "STAFF", user.name, user.id), "CHOICE", staff_choice(user)),
        ):
            self.put(Row(key=key, kind=kind, body=msgspec.json.encode(value)))

    def put(self, *rows: Row) -> None:
        changes = Changes()
        for row in rows:
            changes.put(row)
        changes.commit()

    def client(
        self, party: str = "P1", *, lot: str = "L1", council: CouncilRole = CouncilRole.NONE, agency: str = "demo"
    ) -> Browser:
        """Sign somebody in as co-owner of the building."""
        keys = AgencyKeys(AgencyId(agency))
        tie = Tie(Space.CO_OWNER, BuildingId("B1"), "Les Lilas", LotId(lot), f"Lot {lot[1:]} – Appartement", council)
        account = Account(
            PartyId(party), party.lower(), f"Camille Essai-{party}", f"{party.lower()}@mail.example",
            password=PasswordState.PERSONAL, ties=(tie,), spaces=(Space.CO_OWNER,),
        )  # fmt: skip
        session = Session(HOST, self.clock.now(), self.clock.now(), 0, Space.CO_OWNER)
        token = f"token-of-{party}"
        self.put(
            account_row(keys, account, 0),
            session_row(keys, PartyId(party), token_hash(token), session, NOW + dt.timedelta(days=30)),
        )
        return Browser(self.apps, str(Cookie(AgencyId(agency), PartyId(party), token)))

    def messages(self) -> list[tuple[str, str]]:
        """Every message that waits to be sent: template and address."""
        due = self.table.query_index("due", self.keys.pk("DUE"), limit=100, newest_first=False)
        rows = self.table.get_many(row.key for row in due.rows)
        bodies = [json.loads(row.body) for row in rows.values()]
        return sorted((body["template"], body["address"]) for body in bodies if "template" in body)

    def head(self, number: int) -> dict[str, Any]:
        row = self.table.get(self.keys.key("TICKET", number, sk="HEAD"))
        assert row is not None
        found: dict[str, Any] = json.loads(row.body)
        return found


@pytest.fixture
def table(aws_account: AwsAccount, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    bucket = f"palier-test-{aws_account.number}"  # names of buckets are everybody's
    monkeypatch.setenv("FILES_BUCKET", bucket)
    for made in empty_table(aws_account, monkeypatch):
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")  # links to files are checked against it
        boto3.DEFAULT_SESSION = None
        files._client.cache_clear()
        files._client().create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-3"})
        yield made
    files._client.cache_clear()
    boto3.DEFAULT_SESSION = None


@pytest.fixture
def world(table: Table, monkeypatch: pytest.MonkeyPatch) -> World:
    clock, modules = FixedClock(NOW), [importlib.import_module(f"functions.{one}.app") for one in _FUNCTIONS]
    for module in modules:
        monkeypatch.setattr(module.site, "table", table)
        monkeypatch.setattr(module.site, "clock", clock)
    return World(table, clock, tuple(module.app for module in modules))


_FUNCTIONS = ("client_portal", "client_actions")
