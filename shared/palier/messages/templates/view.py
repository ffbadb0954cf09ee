"""What a mail or an SMS shows:

plain values already written for people. See README.md for which key uses what.
"""

from typing import Literal

import msgspec


class MailFact(msgspec.Struct, frozen=True):
    """One labelled line."""

    label: str
    value: str


class MailPerson(msgspec.Struct, frozen=True):
    """Somebody to call. An absent datum is empty: nothing is shown (TCK-044 hides the agency's address)."""

    name: str
    role: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""


class MailView(msgspec.Struct, frozen=True):
    """Everything any template may need. Only ``agency`` is always there; the rest is used when not empty."""

    agency: MailPerson
    recipient_name: str = ""
    number: str = ""
    kind: str = ""
    subject: str = ""
    description: str = ""
    urgent: bool = False
    place: str = ""
    address: tuple[str, ...] = ()
    access: str = ""
    comment: str = ""
    text: str = ""
    link: str = ""
    tutorial_link: str = ""
    legal_link: str = ""
    count: int = 0
    count_max: int = 0
    minutes: int = 0
    action: str = ""
    step: str = ""
    actor: str = ""
    amount: str = ""
    landlord_name: str = ""
    landlord_text: str = ""
    manager: MailPerson | None = None
    supplier: MailPerson | None = None
    contact: MailPerson | None = None
    appointment: tuple[MailFact, ...] = ()
    appointment_line: str = ""
    files: tuple[str, ...] = ()
    requester: str = ""
    audience: Literal["supplier", "client", "staff", "anyone"] = "anyone"
