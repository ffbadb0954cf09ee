"""Where the links of messages lead (AUT-025)."""

import datetime as dt

import msgspec
import pytest

from palier.kernel.clock import iso
from palier.messages.compose_letter import Letter
from palier.messages.compose_links import NoSiteError, address_of, link_of, site_of
from palier.messages.links import Link, Purpose
from palier.messages.model import Channel, OutMessage
from palier.tickets import facts
from palier.tickets.model import Contact
from tests.unit.messages.out.letters import (
    AGENCY,
    LEA,
    NOW,
    ORDER,
    SUPPLIER,
    letter,
    letter_to,
    order,
    then,
    with_module,
)

PUBLIC = "https://palier.example"
OWN = msgspec.structs.replace(AGENCY, hosts=("extranet.agence.example",))


def reset() -> Letter:
    values = {"party": "lea", "nonce": "n1", "expires": iso(NOW + dt.timedelta(hours=1))}
    return Letter(OutMessage("cli.password_reset", Channel.EMAIL, LEA.emails[0], LEA.name, NOW, values=values), AGENCY)


def test_a_supplier_gets_the_link_of_his_engagement() -> None:
    told = letter(order(), "sup.ods_request")
    assert link_of(told) == Link(Purpose.SUPPLIER, ticket=1234, engagement=ORDER)
    assert address_of(told, "demo.TOKEN", PUBLIC) == "https://palier.example/i/demo.TOKEN"


def test_a_message_to_a_supplier_has_his_link_and_one_to_somebody_else_has_none() -> None:
    to = Contact("Voisine", emails=("voisine@client.example",))
    written = letter(then(order().ticket, facts.MessageWritten("Bonjour", to=to)), "msg.third_party")
    answered = facts.MessageWritten("Bonjour", to=order().ticket.engagements[0].supplier, engagement=ORDER)
    assert link_of(written) is None
    assert address_of(written, "", PUBLIC) == ""
    assert link_of(letter(then(order().ticket, answered), "msg.third_party")) is not None


def test_the_staff_goes_to_the_ticket() -> None:
    done = then(order().ticket, facts.OrderRefused(ORDER), SUPPLIER)
    told = letter(done, "stf.third_party_action")
    assert link_of(told) is None
    assert address_of(told, "", PUBLIC) == "https://palier.example/gestion/tickets/1234"


def test_the_requester_follows_online_where_the_agency_shows_tickets() -> None:
    """FUP-001: the menu exists only if client visibility is on."""
    shown = letter_to(order(), "req.validated", LEA)
    hidden = letter_to(order(), "req.validated", LEA, with_module(tickets_client_display=False))
    assert address_of(shown, "", PUBLIC) == "https://palier.example/interventions/1234"
    assert address_of(hidden, "", PUBLIC) == ""


def test_a_notified_party_without_a_page_gets_no_link() -> None:
    assert address_of(letter(order(), "ntf.ticket_created"), "", PUBLIC) == ""


def test_a_forgotten_password_gets_a_link_that_ends() -> None:
    link = link_of(reset())
    assert link == Link(Purpose.PASSWORD, party="lea", nonce="n1", expires=NOW + dt.timedelta(hours=1))
    assert address_of(reset(), "demo.T", PUBLIC) == "https://palier.example/reinitialisation/demo.T"


def test_an_agency_with_its_own_host_is_reached_there() -> None:
    assert site_of(OWN, PUBLIC) == "https://extranet.agence.example"
    assert site_of(OWN, "") == "https://extranet.agence.example"
    assert site_of(AGENCY, PUBLIC + "/") == PUBLIC


def test_the_local_cloud_has_one_address_for_all_agencies() -> None:
    assert site_of(OWN, "http://127.0.0.1:8080") == "http://127.0.0.1:8080"


def test_no_mail_leaves_with_a_link_to_nowhere() -> None:
    with pytest.raises(NoSiteError):
        site_of(AGENCY, "")
