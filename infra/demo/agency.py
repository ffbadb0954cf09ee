"""Makes the demonstration agency through the administrator's function, as an operator does in the AWS console."""

import json
from typing import Any

import boto3

from infra.local.settings import REGION, ROOT_KEY, ROOT_SECRET

FUNCTION = "palier-local-admin"
AGENCY = "demo"
ADMINISTRATOR = "ADMINISTRATEUR"
_ADMINISTRATOR = {
    "last_name": "Démo",
    "first_name": "Administrateur",
    "email": "administrateur@agence-demo.example",
    "login": ADMINISTRATOR,
}
_CREATE = {
    "command": "create_agency",
    "agency": AGENCY,
    "name": "Agence Palier Démo",
    "hosts": ["demo.palier.example"],
    "default": True,
    "administrator": _ADMINISTRATOR,
}
_SETTINGS: tuple[tuple[str, str, Any], ...] = (
    ("agency", "caretaker.display", True),
    ("agency", "council.show_members", True),
    ("syndic", "tickets.client_display", True),
    ("syndic", "tickets.visibility", ["requester", "council"]),
    ("syndic", "tickets.pre_tickets_visible", True),
    ("gerance", "tickets.client_display", True),
    ("gerance", "tickets.visibility", ["requester", "renter", "landlord"]),
    ("gerance", "tickets.pre_tickets_visible", True),
)
Answer = dict[str, Any]


class AdminRefusedError(Exception):
    """The administrator's function refused a command."""


class Admin:
    """The administrator's function."""

    def __init__(self, aws_endpoint: str) -> None:
        self._lambda = boto3.client(
            "lambda",
            endpoint_url=aws_endpoint,
            region_name=REGION,
            aws_access_key_id=ROOT_KEY,
            aws_secret_access_key=ROOT_SECRET,
        )

    def ask(self, command: Answer) -> Answer:
        """Run one command."""
        answer = self._lambda.invoke(FunctionName=FUNCTION, Payload=json.dumps(command).encode())
        said: Answer = json.loads(answer["Payload"].read())
        if "refused" in said or "FunctionError" in answer:
            raise AdminRefusedError(said.get("refused") or json.dumps(said))
        return said


def make_agency(admin: Admin) -> str:
    """Return an API key of the agency, made now or, when a load was cut short, before."""
    try:
        key: str = admin.ask(_CREATE)["api_key"]
    except AdminRefusedError as error:
        if str(error) != "AGENCY_EXISTS":
            raise
        key = admin.ask({"command": "rotate_api_key", "agency": AGENCY, "overlap_hours": 0})["api_key"]
    for scope, name, value in _SETTINGS:
        admin.ask({"command": "set_setting", "agency": AGENCY, "scope": scope, "key": name, "value": value})
    return key


def one_time_password(admin: Admin, login: str) -> str:
    """Give a password that opens one session."""
    said = admin.ask({"command": "give_password", "agency": AGENCY, "login": login})
    return str(said["one_time_password"])
