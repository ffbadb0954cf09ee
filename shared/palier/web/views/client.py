"""Pages of the client's space: home, requests (REQ), follow-up of interventions (FUP)."""

from typing import Literal

import msgspec

from palier.web.views.common import ContactCard, Fact, FileLink, Link, Moment, Paging, StatusTag
from palier.web.views.forms import FormState, Option, UploadField


class RequestRow(msgspec.Struct, frozen=True):
    """One line of *Mes demandes* (REQ-006)."""

    title: str
    url: str
    date: Moment
    status: str
    answered: bool = False
    urgent: bool = False
    number: str = ""


class LotLine(msgspec.Struct, frozen=True):
    """A lot of the viewer, said in one line."""

    title: str
    detail: str = ""


class BuildingBlock(msgspec.Struct, frozen=True):
    """The central block (PRT-011…013): the building, its lots and its people."""

    name: str
    address: tuple[str, ...]
    facts: tuple[Fact, ...] = ()
    lots: tuple[LotLine, ...] = ()
    people: tuple[ContactCard, ...] = ()
    photo_url: str = ""


class HoursLine(msgspec.Struct, frozen=True):
    """Opening hours of one day (PRT-014)."""

    day: str
    hours: str
    today: bool = False


class ClientHome(msgspec.Struct, frozen=True):
    """``/`` for a client (PRT)."""

    greeting: str
    buildings: tuple[BuildingBlock, ...]
    contact: ContactCard | None = None
    open_now: str = ""
    hours: tuple[HoursLine, ...] = ()
    requests: tuple[RequestRow, ...] | None = None
    new_request_url: str = "/demandes/nouvelle"
    all_requests_url: str = "/demandes"
    interventions_url: str = ""
    interventions_open: int = 0
    links: tuple[Link, ...] = ()


class RequestListPage(msgspec.Struct, frozen=True):
    """``/demandes`` (REQ-001, REQ-006)."""

    rows: tuple[RequestRow, ...]
    new_url: str = "/demandes/nouvelle"
    paging: Paging = Paging()


class RequestFormPage(msgspec.Struct, frozen=True):
    """``/demandes/nouvelle`` (REQ-002). Fields: ``kind``, ``place``, ``title``, ``description``,
    ``urgent``, ``upload``.

    With one place only, ``places`` is empty and ``place_text`` says which.
    """

    form: FormState
    kinds: tuple[Option, ...]
    upload: UploadField
    places: tuple[Option, ...] = ()
    place_text: str = ""
    emergency: str = ""
    cancel_url: str = "/demandes"


class ThreadMessage(msgspec.Struct, frozen=True):
    """One message of a conversation. ``mine``: written by the person who reads."""

    author: str
    at: Moment
    text: str
    mine: bool = False
    files: tuple[FileLink, ...] = ()


class RequestPage(msgspec.Struct, frozen=True):
    """``/demandes/{number}``:

    what was asked, what was answered, and the chase (REQ-007). Chase field: ``message``.
    """

    number: str
    title: str
    date: Moment
    status: str
    place: str
    description: str
    kind: str = ""
    urgent: bool = False
    answered: bool = False
    files: tuple[FileLink, ...] = ()
    messages: tuple[ThreadMessage, ...] = ()
    outcome: str = ""
    intervention: Link | None = None
    chase: FormState | None = None
    chase_refused: str = ""
    back_url: str = "/demandes"


class InterventionRow(msgspec.Struct, frozen=True):
    """One line of *Suivi d'interventions* (FUP-003)."""

    number: str
    url: str
    date: Moment
    status: StatusTag
    subject: str
    description: str = ""
    urgent: bool = False


class InterventionGroup(msgspec.Struct, frozen=True):
    """One of the three groups (FUP-002)."""

    title: str
    empty: str
    rows: tuple[InterventionRow, ...] = ()
    paging: Paging = Paging()
    key: Literal["pre", "open", "closed"] = "open"


class InterventionListPage(msgspec.Struct, frozen=True):
    """``/interventions``."""

    groups: tuple[InterventionGroup, ...]
    new_request_url: str = ""


class FollowUpStep(msgspec.Struct, frozen=True):
    """One step the client may see (FUP-004), oldest first. ``state`` says where the ticket stands."""

    title: str
    at: Moment | None = None
    text: str = ""
    state: Literal["done", "current", "coming"] = "done"
    facts: tuple[Fact, ...] = ()


class InterventionPage(msgspec.Struct, frozen=True):
    """``/interventions/{number}`` (FUP-004, FUP-005). Message fields: ``message``, ``upload``."""

    number: str
    subject: str
    status: StatusTag
    place: str
    opened: Moment
    steps: tuple[FollowUpStep, ...]
    description: str = ""
    own_words: str = ""
    urgent: bool = False
    last_news: str = ""
    appointment: str = ""
    supplier: ContactCard | None = None
    files: tuple[FileLink, ...] = ()
    messages: tuple[ThreadMessage, ...] = ()
    message_form: FormState | None = None
    upload: UploadField | None = None
    back_url: str = "/interventions"
