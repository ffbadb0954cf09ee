"""Pages behind a supplier's link (SLF):

the order, the expected answer, a word to the manager. Made for a phone.
"""

from typing import Literal

import msgspec

from palier.web.views.client import ThreadMessage
from palier.web.views.common import ContactCard, Fact, FileLink, Link, StatusTag
from palier.web.views.forms import FormState, UploadField

SupplierStep = Literal["answer", "presence", "end", "invoice", "wait", "over"]


class SupplierLinkPage(msgspec.Struct, frozen=True):
    """``/i/{token}``. ``step`` chooses the form; only that step is offered (SLF-008).

    * ``answer`` posts to ``/i/{token}/reponse``: ``answer`` (``accept``/``refuse``), appointment fields,
      ``comment``
    * ``presence`` posts to ``/i/{token}/presence``: ``presence``
      (``ON_SITE``/``LATE``/``POSTPONED``/``WILL_NOT_COME``),
      ``new_date``, ``new_time``, ``comment``
    * ``end`` posts to ``/i/{token}/fin``: ``comment``, ``upload`` (proofs), ``invoice`` (upload), ``amount``
    * ``invoice`` posts to ``/i/{token}/facture``: ``invoice`` (upload), ``amount``, ``comment``
    * ``wait`` and ``over`` have no form: ``expected_text`` says where things stand
    """

    number: str
    subject: str
    kind: str
    status: StatusTag
    place: str
    address: tuple[str, ...]
    description: str
    agency: ContactCard
    manager: ContactCard
    step: SupplierStep
    expected_title: str
    expected_text: str = ""
    form: FormState | None = None
    upload: UploadField | None = None
    invoice_upload: UploadField | None = None
    map_url: str = ""
    urgent: bool = False
    supplier_name: str = ""
    comment: str = ""
    access: str = ""
    contact: ContactCard | None = None
    landlord_name: str = ""
    landlord_text: str = ""
    appointment: tuple[Fact, ...] = ()
    can_refuse: bool = True
    files: tuple[FileLink, ...] = ()
    other_actions: tuple[Link, ...] = ()
    messages: tuple[ThreadMessage, ...] = ()
    message_form: FormState | None = None
    message_upload: UploadField | None = None
    help_url: str = ""


class SupplierDonePage(msgspec.Struct, frozen=True):
    """After an answer was taken (SLF-005)."""

    number: str
    title: str
    paragraphs: tuple[str, ...]
    back_url: str
    facts: tuple[Fact, ...] = ()
    manager: ContactCard | None = None


class DeadLinkPage(msgspec.Struct, frozen=True):
    """The link is unknown, revoked or too old: who to call instead. Says nothing of the ticket."""

    title: str = "Ce lien n’est plus valable"
    paragraphs: tuple[str, ...] = ()
    agency: ContactCard | None = None
