"""Which requests cold and warm starts are measured with: each web function once at least, its pages more often."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from infra.bench import tickets
from infra.bench.commands import wish
from infra.bench.gateway import Ask, form
from infra.bench.stage import TICKETS, Stage
from infra.bench.table import write_all
from infra.local.settings import REPOSITORY
from palier.web.form_tokens import new_form_token

_NOT_OVER = frozenset(range(5))  # of seven: how far tickets.py lets the numbers go
_PROPER = {"number": "203"}  # a ticket with several entries; 201 is the co-owner's


class Case(NamedTuple):
    """One function with one request; ``page``: somebody looks at the result, so the bars hold."""

    name: str
    function: str
    ask: Callable[[], Ask]
    page: bool = False
    handler: str = "app.app"


def cases(stage: Stage) -> tuple[Case, ...]:
    """Return what is measured, function by function."""
    tokens = _live_links()
    return (*_portal(stage), *_staff(stage), *_outside(stage, next(tokens)), *_actions(stage, tokens))


def _portal(stage: Stage) -> Iterator[Case]:
    owner = _cookie(stage.people.owner)
    yield _page("portal home", "client_portal", Ask("GET", "/", headers=owner))
    yield _page("portal requests", "client_portal", Ask("GET", "/demandes", headers=owner))
    one = Ask("GET", "/interventions/{number}", {"number": "201"}, headers=owner)
    yield _page("portal intervention", "client_portal", one)


def _staff(stage: Stage) -> Iterator[Case]:
    manager = _cookie(stage.people.manager)
    everybody = Ask("GET", "/gestion/{module}/tickets", {"module": "syndic"}, {"miens": "0"}, manager)
    yield _page("staff list", "staff_desk", everybody)
    yield _page("staff ticket", "staff_desk", Ask("GET", "/gestion/tickets/{number}", _PROPER, headers=manager))


def _outside(stage: Stage, token: str) -> Iterator[Case]:
    yield _page("supplier link", "supplier_link", Ask("GET", "/i/{token}", {"token": token}))
    yield _page("sign-in form", "sign_in", Ask("GET", "/connexion"))
    sheet = Ask("GET", "/assets/{fingerprint}/{name}", _style_sheet())
    yield Case("style sheet", "assets", lambda: sheet)
    key = {"Authorization": f"Bearer {stage.people.api_key}"}
    records = Ask("GET", "/api/v1/{collection}", {"collection": "buildings"}, headers=key)
    yield Case("API list", "back_office", lambda: records)


def _actions(stage: Stage, tokens: Iterator[str]) -> Iterator[Case]:
    """Each form is a new one, and each supplier writes about another ticket: none of them grows."""
    owner, manager, numbers = stage.people.owner, stage.people.manager, itertools.cycle(range(1, TICKETS))

    def note() -> Ask:
        params = {"number": str(next(numbers)), "action": "note"}
        fields = {"text": "Rappelé."}
        return _posted("/gestion/tickets/{number}/{action}", params, manager, fields, _cookie(manager))

    def answer() -> Ask:
        token = next(tokens)
        return _posted("/i/{token}/message", {"token": token}, token, {"message": "Je suis en route."}, {})

    yield Case("send request", "client_actions", lambda: _posted("/demandes", {}, owner, wish(), _cookie(owner)))
    yield Case("add note", "staff_actions", note)
    yield Case("supplier writes", "supplier_actions", answer)


def _page(name: str, function: str, ask: Ask) -> Case:
    return Case(name, function, lambda: ask, page=True)


def _posted(
    resource: str, params: Mapping[str, str], secret: str, fields: Mapping[str, str], headers: Mapping[str, str]
) -> Ask:
    body = form({"form_token": new_form_token(secret), **fields})
    return Ask("POST", resource, params, headers=headers, body=body)


def _cookie(value: str) -> dict[str, str]:
    return {"Cookie": f"__Host-palier={value}"}


def _live_links() -> Iterator[str]:
    """Open the suppliers' links to many tickets that wait for them; return their tokens, for ever in turn."""
    numbers = (number for number in range(1, TICKETS) if number % 8 and number % 7 in _NOT_OVER)
    links = [tickets.link_of(number) for number in numbers]
    write_all(row for _, row in links)
    return itertools.cycle([token for token, _ in links])


def _style_sheet() -> dict[str, str]:
    content = (REPOSITORY / "shared/palier/web/static/palier.css").read_bytes()
    return {"fingerprint": hashlib.sha256(content).hexdigest()[:12], "name": "palier.css"}
