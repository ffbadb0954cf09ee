"""A small fictional agency, made through the doors that everybody uses: the administrator's function and the API."""

import json
from dataclasses import dataclass
from typing import Any

from infra.demo.back_office import Api
from infra.demo.browser import Browser
from infra.local.testing import LocalCloud
from tests.browser.journey.people import RECORDS

AGENCY = "demo"  # the sample mails are written to demo@tickets.palier.example
PASSWORD = "Un-Palier-2026!"
_CREATE = {
    "command": "create_agency",
    "agency": AGENCY,
    "name": "Agence de l’Exemple",
    "default": True,
    "administrator": {"last_name": "Exemple", "first_name": "Camille", "login": "CAMILLE"},
}
_SHOWN = {"tickets.client_display": True, "tickets.pre_tickets_visible": True}
_SETTINGS = {
    "syndic": {**_SHOWN, "tickets.visibility": ["requester", "council"]},
    "gerance": {**_SHOWN, "tickets.visibility": ["requester", "renter", "landlord"]},
}


class NothingArrivedError(Exception):
    """A message that should have been sent is not in the local mailbox."""


@dataclass(frozen=True)
class Agency:
    """The agency, on its cloud."""

    cloud: LocalCloud
    api: Api

    @property
    def site(self) -> str:
        """Return the address that people open."""
        return self.cloud.people_url

    def first_password(self, party: str) -> tuple[str, str]:
        """Return the login and the one-time password that the agency gives to somebody."""
        return self.api.login_of(party)

    def own_password(self, party: str) -> str:
        """Let somebody choose his password, without a browser; return his login."""
        login, given = self.first_password(party)
        if given:
            browser = Browser(self.site)
            browser.submit(browser.open("/connexion"), {"login": login, "password": given}, to="/connexion")
            chosen = {"password": PASSWORD, "again": PASSWORD}
            browser.submit(browser.open("/mot-de-passe"), chosen, to="/mot-de-passe")
        return login

    def signed_in(self, party: str) -> Browser:
        """Return a screenless browser of somebody who is signed in."""
        login, browser = self.own_password(party), Browser(self.site)
        browser.submit(browser.open("/connexion"), {"login": login, "password": PASSWORD}, to="/connexion")
        return browser

    def mail_to(self, address: str, about: str = "") -> dict[str, Any]:
        """Return the newest message to an address whose subject holds a text, once everything has settled."""
        self.cloud.settle()
        letters = [one for one in self.cloud.outbox() if address in one["to"]]
        found = next((one for one in letters if about.casefold() in (one["subject"] or "").casefold()), None)
        if found is None:
            raise NothingArrivedError(f"{about!r} to {address}, only {[one['subject'] for one in letters]}")
        return found

    def supplier_link(self, address: str, about: str) -> str:
        """Return the link in the newest mail to a supplier."""
        letter = self.mail_to(address, about)
        return next(str(link) for link in letter["links"] if "/i/" in link)


def make_agency(cloud: LocalCloud) -> Agency:
    """Make it: the agency, its settings, its portfolio."""
    api = Api(cloud.people_url, _admin(cloud, _CREATE)["api_key"])
    for scope, settings in _SETTINGS.items():
        for key, value in settings.items():
            command = {"command": "set_setting", "agency": AGENCY, "scope": scope, "key": key, "value": value}
            _admin(cloud, command)
    for collection, records in RECORDS.items():
        answer = api.post(f"/api/v1/{collection}", {"lines": list(records)})
        assert {line["outcome"] for line in answer["lines"]} == {"created"}, answer
    return Agency(cloud, api)


def _admin(cloud: LocalCloud, command: dict[str, Any]) -> dict[str, Any]:
    called = cloud.client("lambda").invoke(
        FunctionName=cloud.functions["AdminFunction"], Payload=json.dumps(command).encode()
    )
    answer: dict[str, Any] = json.loads(called["Payload"].read())
    assert "refused" not in answer, answer
    return answer
