"""Sends one message of the outbox: claim, render, hand over, mark (PLT-006, NTF-004).

It may die at any line. Before the claim: nothing happened, the sweeper points here again. Between claim and mark: the
claim runs out after five minutes, then the message is sent again (``deliver_claim`` says why that way round). What it
is about is read afresh, so the links and texts are those of the moment it leaves.
"""

import datetime as dt
from collections.abc import Callable
from typing import Protocol

import msgspec

from palier.aws.keys import Key
from palier.aws.mail import SendLaterError, SendRefusedError
from palier.aws.table import Table
from palier.kernel.clock import Clock
from palier.kernel.errors import ConflictError
from palier.kernel.ids import AgencyId
from palier.messages import deliver_claim as fate
from palier.messages.compose import compose
from palier.messages.compose_links import address_of, link_of, site_of
from palier.messages.deliver_claim import Verdict, verdict
from palier.messages.deliver_mail import Places, enclose, mail_of
from palier.messages.deliver_sms import number_of
from palier.messages.deliver_store import DeliveryStore, Held
from palier.messages.deliver_tag import tag_of
from palier.messages.links import mint
from palier.messages.model import Channel, Delivery, OutMessage
from palier.messages.render import render_sms

NO_TICKET = "Ticket supprimé avant l’envoi"
BAD_ADDRESS = "Adresse refusée"
BAD_NUMBER = "Numéro refusé"


class Post(Protocol):
    """The ways out. Both return the provider's id and raise ``SendRefusedError`` or ``SendLaterError``."""

    def mail(self, sender: str, addressee: str, raw: bytes, tag: str) -> str:
        """Hand over an e-mail."""
        ...

    def sms(self, number: str, text: str) -> str:
        """Hand over an SMS."""
        ...


class Office(msgspec.Struct, frozen=True):
    """What a worker needs from outside. ``secret`` and ``read_file`` are called only when a message needs them."""

    table: Table
    clock: Clock
    post: Post
    secret: Callable[[], bytes]
    read_file: Callable[[str], bytes]
    places: Places


class Result(msgspec.Struct, frozen=True):
    """What was done, for the log: ids and states only."""

    verdict: str
    state: Delivery | None = None
    attempts: int = 0


def deliver(office: Office, key: Key) -> Result:
    """Send the message of a row, if it is still to be sent."""
    store = DeliveryStore(office.table, AgencyId(key.pk.partition("#")[0]))
    held = store.read(key)
    if held is None:
        return Result("gone")
    now = office.clock.now()
    decided = verdict(held.letter.message, now)
    if decided is Verdict.GIVE_UP:
        return _settle(store, held, fate.failed(held.letter.message, fate.DIED))
    if decided is not Verdict.SEND:
        return Result(decided)
    return _take(office, store, held, now)


def _take(office: Office, store: DeliveryStore, held: Held, now: dt.datetime) -> Result:
    link = link_of(held.letter)
    token = mint(office.secret(), held.letter.agency.id, link) if link else ""
    try:
        held = store.claim(held, fate.claimed(held.letter.message, now), token, link)
    except ConflictError:
        return Result(Verdict.TAKEN)
    if held.letter.message.ticket is not None and held.letter.ticket is None:
        return _settle(store, held, fate.failed(held.letter.message, NO_TICKET))
    return _send(office, store, held, token)


def _send(office: Office, store: DeliveryStore, held: Held, token: str) -> Result:
    message = held.letter.message
    try:
        provider_id, subject = _hand_over(office, held, token)
    except SendRefusedError as refused:
        said = BAD_NUMBER if message.channel is Channel.SMS else BAD_ADDRESS
        return _settle(store, held, fate.failed(message, f"{said} ({refused.detail})"))
    except SendLaterError as refused:
        return _settle(store, held, fate.put_off(message, f"Nouvel essai prévu ({refused.detail})"))
    left = fate.sent(message, provider_id, subject, office.clock.now())
    store.mark_sent(held, left)
    return Result("sent", left.state, left.attempts)


def _hand_over(office: Office, held: Held, token: str) -> tuple[str, str]:
    letter, site = held.letter, site_of(held.letter.agency, office.places.public_url)
    view = compose(letter, address_of(letter, token, office.places.public_url), site)
    if letter.message.channel is Channel.SMS:
        text = render_sms(letter.key, view)  # not kept: it holds the link
        return office.post.sms(number_of(letter.message.address), text), ""
    mail = mail_of(held, view, office.places, office.secret, enclose(letter, office.read_file))
    provider_id = office.post.mail(mail.sender, letter.message.address, mail.raw, tag_of(held.row.key))
    return provider_id, mail.subject


def _settle(store: DeliveryStore, held: Held, message: OutMessage) -> Result:
    store.settle(held, message)
    return Result("settled", message.state, message.attempts)
