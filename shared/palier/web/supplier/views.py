"""Behind ``/i/{token}``: the order, its files, and the answers. Two reads a page: the link, then the whole ticket."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import msgspec

from palier.agencies.model import Agency
from palier.agencies.store import decode_agency, settings_key
from palier.aws.files import Files
from palier.aws.keys import AgencyKeys
from palier.kernel.errors import AlreadyDoneError, InvalidInputError, NotAllowedNowError
from palier.kernel.ids import EngagementId, TicketNumber
from palier.messages.links import DeadLinkError, Link, Purpose, agency_of, link_key, read_link
from palier.tickets.commands import act
from palier.tickets.decide import Moment
from palier.tickets.facts import Fact
from palier.tickets.model import Actor, ActorKind, Engagement
from palier.tickets.staff.form_page import Values as Given
from palier.tickets.status import OVER
from palier.tickets.store import File, Tickets
from palier.tickets.supplier.answers import DONE, READERS, Reply
from palier.tickets.supplier.page import PATHS, Visitor, expected, link_page, visible_files
from palier.web import forms
from palier.web.answers import Answer, Html, SeeOther
from palier.web.downloads import send_to
from palier.web.form_tokens import new_form_token, nonce_of
from palier.web.render import page
from palier.web.shell import public_shell
from palier.web.site import Visit
from palier.web.uploads import attach, give_place, upload_field
from palier.web.views.common import Shell
from palier.web.views.forms import UploadField
from palier.web.views.supplier import DeadLinkPage, SupplierDonePage

FILES = Files()


class Opened(msgspec.Struct, frozen=True):
    """What a live link opens."""

    token: str
    link: Link
    agency: Agency
    file: File
    engagement: Engagement

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone that times are shown in."""
        return ZoneInfo(self.agency.zone)

    @property
    def base(self) -> str:
        """Return the start of the link's addresses."""
        return f"/i/{self.token}"


def open_token(visit: Visit, token: str) -> Opened:
    """Return what a link opens. Raises :class:`DeadLinkError` for unknown, revoked and finished ones."""
    table, agency = visit.site.table, agency_of(token)
    where, settings = link_key(token), settings_key(AgencyKeys(agency))
    rows = table.get_many((where, settings))
    link = read_link(rows.get(where), Purpose.SUPPLIER, visit.site.clock.now())
    if settings not in rows:
        raise DeadLinkError
    file = Tickets(table, agency).file(TicketNumber(link.ticket))
    engagement = file.ticket.engagement(EngagementId(link.engagement))
    if engagement is None or not engagement.live or file.ticket.status in OVER:
        raise DeadLinkError
    return Opened(token, link, decode_agency(rows[settings]), file, engagement)


def show(visit: Visit, token: str) -> Answer:
    """Show the order and the answer expected now."""
    try:
        return _page(open_token(visit, token))
    except DeadLinkError:
        return page(
            "supplier/dead.html",
            shell=msgspec.structs.replace(public_shell("Palier"), home_url=""),
            page=DeadLinkPage(paragraphs=_DEAD),
            status=404,
        )


_DEAD = ("L’intervention est terminée ou annulée, ou le lien est incomplet. En cas de doute, appelez l’agence.",)


def _page(opened: Opened, path: str = "", typed: Given | None = None, wrong: Mapping[str, str] | None = None) -> Html:
    step = PATHS.get(expected(opened.file.ticket, opened.engagement), "")
    states = {
        name: forms.state(
            f"{opened.base}/{name}",
            new_form_token(opened.token),
            typed=typed if name == path else None,
            wrong=wrong if name == path else None,
        )
        for name in {step, "message"} - {""}
    }
    given = typed or {}
    visitor = Visitor(
        engagement=opened.engagement.id,
        base=opened.base,
        agency=opened.agency,
        zone=opened.zone,
        uploads=_uploads(opened, given, "upload", "Photos ou documents"),
        invoice=_uploads(opened, given, "invoice", "Votre facture"),
    )
    view = link_page(opened.file, opened.engagement, visitor, states.get(step), states["message"])
    return page("supplier/link.html", shell=_shell(opened.agency), page=view, status=400 if wrong else 200)


def _uploads(opened: Opened, typed: Given, name: str, label: str) -> UploadField:
    field = upload_field(f"{opened.base}/fichiers", typed.get(name, ()), label=label)
    return msgspec.structs.replace(field, name=name)


def _shell(agency: Agency) -> Shell:
    return msgspec.structs.replace(
        public_shell(agency.name), home_url="", agency_phone=agency.settings.agency_contact.phone
    )


def answer(visit: Visit, token: str, path: str) -> Answer:
    """Take an answer: once, whole, or with the errors beside their fields."""
    opened = open_token(visit, token)
    nonce = nonce_of(visit.request.field("form_token"), token)
    try:
        fact = READERS[path](_reply(visit, opened))
    except InvalidInputError as wrong:
        return _page(opened, path, dict(visit.request.form), wrong.fields)
    return _take(visit, opened, fact, nonce)


def _take(visit: Visit, opened: Opened, fact: Fact, nonce: str) -> Answer:
    by = Actor(ActorKind.SUPPLIER, opened.engagement.supplier.name, opened.engagement.supplier.party)
    moment = Moment(by, visit.site.clock.now(), opened.zone)
    store, ticket = Tickets(visit.site.table, opened.agency.id), opened.file.ticket
    try:
        act(store, ticket.number, lambda _: fact, moment, nonce, opened.file.loaded)
    except AlreadyDoneError:
        return _done(opened, fact)
    except NotAllowedNowError:
        return SeeOther(opened.base)
    return _done(opened, fact)


def _reply(visit: Visit, opened: Opened) -> Reply:
    agency, request = opened.agency.id, visit.request
    return Reply(
        typed=request,
        engagement=opened.engagement.id,
        now=visit.site.clock.now(),
        zone=opened.zone,
        files=attach(FILES, agency, request.fields("upload")),
        invoice=attach(FILES, agency, request.fields("invoice"), field="invoice"),
    )


def _done(opened: Opened, fact: Fact) -> Html:
    title, text = DONE[type(fact)]
    view = SupplierDonePage(
        number=str(opened.file.ticket.number), title=title, paragraphs=(text,), back_url=opened.base
    )
    return page("supplier/done.html", shell=_shell(opened.agency), page=view)


def show_file(visit: Visit, token: str, name: str) -> Answer:
    """Lead to one file of the order."""
    opened = open_token(visit, token)
    return send_to(FILES, opened.agency.id, visible_files(opened.file, opened.engagement.id), name)


def upload(visit: Visit, token: str) -> Answer:
    """Give the browser a place to put a file, for whoever holds a live link."""
    opened = open_token(visit, token)
    nonce_of(visit.request.headers.get("x-form-token", ""), token)
    return give_place(visit.request, FILES, opened.agency.id)
