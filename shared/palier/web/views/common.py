"""The pieces every page is made of: the shell around it, links, status tags, files, paging.

Everything here is already formatted for people (dates, sizes, amounts): templates lay out, they do not
compute.
"""

from typing import Literal

import msgspec

StatusColour = Literal["grey", "blue", "red"]
FlashKind = Literal["success", "info", "warning"]


class Link(msgspec.Struct, frozen=True):
    """Somewhere to go. ``badge`` counts what waits there; ``icon`` is a name of ``static/icons.svg``."""

    label: str
    href: str
    current: bool = False
    badge: int = 0
    icon: str = ""
    hint: str = ""


class Button(msgspec.Struct, frozen=True):
    """One thing done by a POST with nothing to fill in. ``fields`` are hidden (name, value) pairs."""

    label: str
    action: str
    fields: tuple[tuple[str, str], ...] = ()
    icon: str = ""


class Flash(msgspec.Struct, frozen=True):
    """What just happened, said once at the top of the next page."""

    text: str
    kind: FlashKind = "success"


class Impersonation(msgspec.Struct, frozen=True):
    """Whose space a member of staff is looking at (AUT-014), and how to leave it."""

    client_name: str
    staff_name: str
    leave: Button


class ContextSwitch(msgspec.Struct, frozen=True):
    """The building, account or lot shown, and the others (PRT-005). Empty ``others``: no switch."""

    label: str
    current: str
    others: tuple[Link, ...] = ()


class Shell(msgspec.Struct, frozen=True):
    """Everything around the page.

    ``form_token`` serves the one-button forms of the page (sign-out, buttons).
    """

    agency_name: str
    logo_url: str = ""
    agency_phone: str = ""
    home_url: str = "/"
    space_label: str = ""
    user_name: str = ""
    dense: bool = False
    menu: tuple[Link, ...] = ()
    user_menu: tuple[Link, ...] = ()
    sign_out_url: str = ""
    context: ContextSwitch | None = None
    banners: tuple[str, ...] = ()
    impersonation: Impersonation | None = None
    flash: Flash | None = None
    form_token: str = ""
    legal_url: str = "/mentions-legales"
    accessibility_url: str = "/mentions-legales#accessibilite"


class StatusTag(msgspec.Struct, frozen=True):
    """A status of features.md 38.1: its label is always written, its colour never the only sign (TLI-006)."""

    label: str
    colour: StatusColour

    @property
    def meaning(self) -> str:
        """Say in words what the colour says."""
        return {"grey": "en attente d’un tiers", "blue": "à traiter", "red": "terminé"}[self.colour]

    @property
    def icon(self) -> str:
        """Name the shape that goes with the colour."""
        return {"grey": "wait", "blue": "act", "red": "lock"}[self.colour]


class Fact(msgspec.Struct, frozen=True):
    """One labelled value."""

    label: str
    value: str
    href: str = ""


class FileLink(msgspec.Struct, frozen=True):
    """A stored file. ``thumb_url`` only for images; ``remove_url`` leads to a confirmation page."""

    name: str
    url: str
    size: str = ""
    kind: Literal["image", "pdf", "other"] = "other"
    thumb_url: str = ""
    remove_url: str = ""


class ContactCard(msgspec.Struct, frozen=True):
    """How to reach somebody. ``phones`` are (as written, as dialled) pairs."""

    name: str
    role: str = ""
    photo_url: str = ""
    lines: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[tuple[str, str], ...] = ()
    note: str = ""


class Paging(msgspec.Struct, frozen=True):
    """Where one is in a list. An empty URL: nothing that way."""

    label: str = ""
    previous_url: str = ""
    next_url: str = ""


class Moment(msgspec.Struct, frozen=True):
    """A date written for people, and for machines (ISO 8601)."""

    text: str
    iso: str = ""
