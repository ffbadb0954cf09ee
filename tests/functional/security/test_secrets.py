"""After a whole journey, neither the table nor a log holds anything that opens a door, and no log says who or what."""

import html
import re

import pytest

from infra.local.testing import LocalCloud
from tests.functional.agencies import PASSWORD, Agency, ask_admin
from tests.functional.security.scene import Scene, everything

_MAIL = re.compile(r"[\w.+-]+@[\w.-]+\.example")
_PHONE = re.compile(r"\+33\s?[1-9]|\b0[67] ?39 ?98")


@pytest.fixture(scope="module")
def secrets(pair: tuple[Scene, Scene]) -> dict[str, str]:
    """Every secret that people were given: what it is → its part that nobody can guess."""
    found: dict[str, str] = {"chosen password": PASSWORD}
    for scene in pair:
        agency = scene.agency
        found |= {f"{agency.slug} cookie of {who}": _secret(one.cookie) for who, one in agency.people.items()}
        found |= {f"{agency.slug} form token of {who}": one.token for who, one in agency.people.items() if one.token}
        found |= {f"{agency.slug} link of {who}": _secret(link) for who, link in scene.links.items()}
        found |= {f"{agency.slug} password {rank}": one for rank, one in enumerate(agency.passwords)}
        found[f"{agency.slug} api key"] = _secret(agency.api_key)
    return found | _more(pair[0].agency)


def _more(agency: Agency) -> dict[str, str]:
    """A reset link, a password given by the staff, one given by the operator, a rotated key."""
    agency.cloud.advance("2m")
    landlord = agency.browser()
    landlord.submit("/mot-de-passe-oublie", "/mot-de-passe-oublie", {"login": agency.logins["landlord"]})
    agency.cloud.settle()
    manager, record = agency.people["manager"], f"/gestion/portefeuille/identites/{agency.id('landlord')}"
    manager.get("/gestion/syndic/tickets/nouveau")
    shown = manager.post(f"{record}/mot-de-passe").text
    given = ask_admin(agency.cloud, "give_password", agency=agency.slug, login=agency.logins["landlord"])
    key = ask_admin(agency.cloud, "rotate_api_key", agency=agency.slug)["api_key"]
    return {
        "reset link": _secret(agency.link(agency.mail("landlord"), "/reinitialisation/")),
        "temporary password": html.unescape(re.findall(r'class="secret">([^<]+)<', shown)[0]),
        "one-time password": given["one_time_password"],
        "rotated key": _secret(key),
    }


def _secret(whole: str) -> str:
    return whole.rpartition("/")[2].rpartition(".")[2]


def test_the_secrets_are_known(secrets: dict[str, str]) -> None:
    """Guards the tests below: nothing here is empty or short."""
    assert {name: value for name, value in secrets.items() if len(value) < 8} == {}
    assert len(secrets) > 40


def test_no_item_holds_a_secret(pair: tuple[Scene, Scene], secrets: dict[str, str]) -> None:
    """Sessions, links, keys and passwords are kept as hashes only."""
    items = everything(pair[0].cloud)
    held = {(name, key) for name, value in secrets.items() for key, text in items.items() if value in text}
    assert held == set()


def test_no_log_holds_a_secret(pair: tuple[Scene, Scene], secrets: dict[str, str]) -> None:
    logs = _logs(pair[0].cloud)
    assert any(text.strip() for text in logs.values())
    assert {(name, one) for name, value in secrets.items() for one, text in logs.items() if value in text} == set()


def test_no_log_says_who_or_what(pair: tuple[Scene, Scene]) -> None:
    """Logs carry ids, never addresses, names, texts or numbers: every text of the journey holds its agency's mark."""
    logs = _logs(pair[0].cloud)
    marks = [scene.agency.mark for scene in pair]
    assert {(mark, one) for mark in marks for one, text in logs.items() if mark in text} == set()
    assert {one: _MAIL.findall(text)[:3] for one, text in logs.items() if _MAIL.search(text)} == {}
    assert {one: _PHONE.findall(text)[:3] for one, text in logs.items() if _PHONE.search(text)} == {}


def _logs(cloud: LocalCloud) -> dict[str, str]:
    return {function: cloud.function_logs(function) for function in cloud.functions}
