"""Forms of the staff: a new ticket, the validation of a pre-ticket, and every small action on a ticket.

Field names of the ticket form are listed in views/README.md; they are the same at creation and at validation.
"""

from typing import Literal

import msgspec

from palier.web.views.common import ContactCard, Fact, FileLink, Link
from palier.web.views.forms import Field, FormState, Option, UploadField


class TicketFormPage(msgspec.Struct, frozen=True):
    """``/gestion/{module}/tickets/nouveau`` (TCK-009…037) and ``/gestion/tickets/{number}/valider``

    (TCK-007).
    """

    title: str
    form: FormState
    purpose: Literal["create", "validate"]
    kinds: tuple[Option, ...]
    places: tuple[Option, ...]
    place_label: str
    assignees: tuple[Option, ...]
    sources: tuple[Option, ...]
    suppliers: tuple[Option, ...]
    visibilities: tuple[Option, ...]
    upload: UploadField
    requesters: tuple[Option, ...] = ()
    contacts: tuple[Option, ...] = ()
    notifiable: tuple[Option, ...] = ()
    supplier_blocks: int = 1
    notified_blocks: int = 1
    asks_reminders: bool = True
    request: "RequestSummary | None" = None
    submit_label: str = "Créer le ticket"
    cancel_url: str = ""
    cancel_request_url: str = ""


class RequestSummary(msgspec.Struct, frozen=True):
    """What was asked, beside the form that validates it: nothing of the mail or the photos is lost."""

    number: str
    from_name: str
    received: str
    source: str
    original: str
    place: str = ""
    files: tuple[FileLink, ...] = ()
    warnings: tuple[str, ...] = ()


class ActionPage(msgspec.Struct, frozen=True):
    """``/gestion/tickets/{number}/{action}``: one title, one explanation, a few fields, one button.

    ``danger``: the button cannot be undone. ``recalled`` recalls what the action is about.
    """

    title: str
    form: FormState
    submit_label: str
    back: Link
    intro: tuple[str, ...] = ()
    context: str = ""
    recalled: tuple[Fact, ...] = ()
    party: ContactCard | None = None
    fields: tuple[Field, ...] = ()
    consequences: tuple[str, ...] = ()
    danger: bool = False
    quote: str = ""
