"""A client asks, follows, chases, writes; through the real functions (REQ, FUP)."""

import datetime as dt
from unittest import mock

import pytest

from palier.kernel.ids import PartyId, TicketNumber
from palier.people.caller import CouncilRole
from palier.requests import commands
from palier.requests.model import INTERVENTION, Person, Said
from palier.requests.store import Requests
from tests.functional.portal.conftest import NOW, Browser, World

LEAK = {"kind": INTERVENTION, "place": "B1/L1", "title": "Fuite sous l’évier", "description": "Ça coule depuis hier."}
QUESTION = {"kind": "Autre demande", "place": "B1/", "title": "Badge", "description": "Il me faut un badge."}


def send(browser: Browser, **fields: str) -> str:
    form = browser.get("/demandes/nouvelle")
    assert form.status == 200, form.plain
    answer = browser.post("/demandes", **fields)
    assert answer.status == 303, answer.plain
    return answer.location


def test_an_intervention_becomes_a_pre_ticket_that_the_manager_hears_of(world: World) -> None:
    """REQ-004, REQ-005, TCK-034, TCK-047."""
    assert send(world.client(), **LEAK, urgent="1") == "/demandes/1?message=envoyee"
    draft = world.head(1)["draft"]
    assert (world.head(1)["type"], draft["source"], draft["urgent"]) == ("PRE", "extranet", True)
    assert draft["manager"]["party"] == "M1"
    assert draft["place"]["lot_label"] == "Lot 1 – Appartement"
    assert draft["place"]["address"] == "1 rue des Tests, 75000 Paris"
    assert [one["party"] for one in draft["notified"]] == ["P1"]
    assert ("stf.new_request", "gestion@agence.example") in world.messages()


def test_another_request_is_kept_apart_and_told_too(world: World) -> None:
    """REQ-002, REQ-005."""
    me = world.client()
    assert send(me, **QUESTION) == "/demandes/1?message=envoyee"
    assert ("stf.new_request", "gestion@agence.example") in world.messages()
    shown = me.get("/demandes/1").plain
    assert "Il me faut un badge." in shown
    assert "Envoyée, en attente de réponse" in shown


def test_without_the_module_an_intervention_stays_a_plain_request(world: World) -> None:
    """REQ-004."""
    world.settle(enabled=False)
    me = world.client()
    send(me, **LEAK)
    assert world.table.get(world.keys.key("TICKET", 1, sk="HEAD")) is None
    assert "Ça coule depuis hier." in me.get("/demandes/1").plain


def test_a_form_sent_twice_acts_once(world: World) -> None:
    me = world.client()
    for fields in (LEAK, QUESTION):
        me.get("/demandes/nouvelle")
        assert me.post("/demandes", **fields).location.endswith("?message=envoyee")
        assert me.post("/demandes", **fields).location == "/demandes?message=deja"
    assert len(Requests(world.table, world.keys.agency).asked_by(PartyId("P1"), limit=10).cards) == 2


def test_wrong_fields_are_named_and_what_was_typed_comes_back(world: World) -> None:
    me = world.client()
    me.get("/demandes/nouvelle")
    answer = me.post("/demandes", kind="Autre demande", place="B9/L9", title="", description="À garder <b>")
    assert answer.status == 400
    assert "Choisissez une des réponses proposées." in answer.plain
    assert "Donnez un titre." in answer.plain
    assert "À garder &lt;b&gt;</textarea>" in answer.text
    assert world.messages() == []


def test_my_requests_lists_both_kinds_newest_first(world: World) -> None:
    """REQ-006."""
    me = world.client()
    send(me, **LEAK)
    send(me, **QUESTION)
    listed = me.get("/demandes").plain
    assert listed.index("Badge") < listed.index("Fuite sous l’évier")
    assert "En attente de validation" in listed
    assert "Badge" not in world.client("P2").get("/demandes").plain


def test_nobody_reads_the_request_of_another(world: World) -> None:
    """ROL-026."""
    me, other = world.client(), world.client("P2", council=CouncilRole.PRESIDENT)
    send(me, **LEAK)
    send(me, **QUESTION)
    assert [other.get(f"/demandes/{number}").status for number in (1, 2, 3)] == [404, 404, 404]
    assert other.get("/demandes/x").status == 404


@pytest.mark.parametrize("fields", [LEAK, QUESTION], ids=["ticket", "plain"])
def test_a_request_is_chased_once_in_24_hours(world: World, fields: dict[str, str]) -> None:
    """REQ-007."""
    me = world.client()
    send(me, **fields)
    me.get("/demandes/1")
    assert me.post("/demandes/1/relance", message="Toujours rien ?").location == "/demandes/1?message=envoye"
    assert ("stf.request_chased", "gestion@agence.example") in world.messages()
    page = me.get("/demandes/1").plain
    assert "Toujours rien ?" in page
    assert "Prochaine relance possible : mercredi 25 novembre 2026 à 10 h 00" in page
    me.get("/demandes/nouvelle")
    assert me.post("/demandes/1/relance").location == "/demandes/1?message=deja"
    world.clock.at = NOW + dt.timedelta(hours=24)
    me.get("/demandes/1")
    assert me.post("/demandes/1/relance").location == "/demandes/1?message=envoye"


def test_an_answer_is_shown_and_mailed(world: World) -> None:
    """REQ-008."""
    me = world.client()
    send(me, **QUESTION)
    said = Said(NOW, Person("Gaëlle Fictive"), "Le badge vous attend.", staff=True)
    commands.answer(Requests(world.table, world.keys.agency), TicketNumber(1), said, "once")
    assert ("cli.request_answered", "p1@mail.example") in world.messages()
    page = me.get("/demandes/1").plain
    assert "Le badge vous attend." in page
    assert "L’agence a répondu" in page
    assert "Relancer" not in page


def test_a_client_follows_his_ticket_and_writes_about_it(world: World) -> None:
    """FUP-001…005."""
    me = world.client()
    send(me, **LEAK)
    listed = me.get("/interventions").plain
    assert "Pré-tickets" in listed
    assert "Fuite sous l’évier" in listed
    me.get("/interventions/1")
    answer = me.post("/interventions/1/message", message="Le code a changé.")
    assert answer.location == "/interventions/1?message=envoye#messages"
    assert ("stf.new_message", "gestion@agence.example") in world.messages()
    assert "Le code a changé." in me.get("/interventions/1").plain
    assert me.post("/interventions/1/message", message="").status == 400


def test_a_council_member_follows_without_reading_the_requesters_words(world: World) -> None:
    """FUP-004, FUP-006."""
    me, member, neighbour = world.client(), world.client("P2", council=CouncilRole.MEMBER), world.client("P3")
    send(me, **LEAK)
    me.get("/interventions/1")
    me.post("/interventions/1/message", message="Appelez-moi sur mon mobile.")
    for page in (member.get("/interventions"), member.get("/interventions/1")):
        assert page.status == 200
        assert "Fuite sous l’évier" in page.plain
        for hidden in ("Ça coule", "Appelez-moi", "Essai-P1", "p1@mail.example", "Lot 1"):
            assert hidden not in page.plain
    assert neighbour.get("/interventions/1").status == 404
    assert "Fuite" not in neighbour.get("/interventions").plain


def test_follow_up_does_not_exist_while_the_agency_does_not_show_it(world: World) -> None:
    """FUP-001."""
    world.settle(shown=False)
    me = world.client()
    send(me, **LEAK)
    assert me.get("/interventions").status == 404
    assert me.get("/interventions/1").status == 404
    assert 'href="/interventions"' not in me.get("/").text
    assert "Ça coule depuis hier." in me.get("/demandes/1").plain


def test_home_shows_the_building_the_lot_and_the_manager(world: World) -> None:
    """PRT-013, PRT-019, PRT-024."""
    page = world.client().get("/").plain
    for shown in ("Les Lilas", "1 rue des Tests", "Lot 1 – Appartement", "Gaëlle Fictive", "gestion@agence.example"):
        assert shown in page


@pytest.mark.parametrize(
    ("address", "most"), [("/demandes", 2), ("/demandes/nouvelle", 1), ("/demandes/1", 2), ("/interventions", 2),
                          ("/interventions/1", 2), ("/", 2)],
)  # fmt: skip
def test_a_page_costs_few_reads(world: World, address: str, most: int) -> None:
    """Architecture §8: at most two requests a page."""
    me = world.client()
    send(me, **LEAK)
    with mock.patch("botocore.client.BaseClient._make_api_call", autospec=True, side_effect=_called()) as call:
        assert me.get(address).status == 200
    assert call.call_count <= most


def _called() -> object:
    from botocore.client import BaseClient

    return BaseClient._make_api_call  # type: ignore[attr-defined]


def test_nobody_signed_in_is_sent_to_the_sign_in_page(world: World) -> None:
    world.client()
    stranger = Browser(world.apps, "demo.P1.other")
    for address in ("/", "/demandes", "/interventions/1", "/fichiers/ajouter", "/demandes/1/fichiers/1-0"):
        back = "" if address == "/" else f"?suite={address}"
        assert stranger.get(address).location == f"/connexion{back}"
    assert stranger.post("/demandes", **LEAK).location == "/connexion"


def test_a_form_without_its_token_is_refused(world: World) -> None:
    me = world.client()
    assert me.post("/demandes", **LEAK).status == 403
    assert me.post("/interventions/1/message", message="x").status == 403
