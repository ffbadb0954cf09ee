"""Pages that say one thing: errors with a way forward, confirmations, a file to add without JavaScript."""

from typing import Literal

import msgspec

from palier.web.views.common import Fact, Link


class ErrorPage(msgspec.Struct, frozen=True):
    """Any refusal (403, 404, 409, 429, 500…).

    ``wait`` says how long when one must wait. ``reference`` for support.
    """

    status: int
    title: str
    paragraphs: tuple[str, ...]
    ways: tuple[Link, ...] = ()
    wait: str = ""
    reference: str = ""


class ConfirmationPage(msgspec.Struct, frozen=True):
    """Something was done. ``next_steps`` say what happens now."""

    title: str
    reference_label: str = ""
    reference: str = ""
    paragraphs: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    next_steps: tuple[str, ...] = ()
    ways: tuple[Link, ...] = ()


class AddFilePage(msgspec.Struct, frozen=True):
    """``/fichiers/ajouter?pour=…``: one file straight to the store, without JavaScript.

    ``fields`` are the presigned POST's, in order; the file goes last, under ``file``.
    """

    post_url: str
    fields: tuple[tuple[str, str], ...]
    limits: str
    back: Link
    what_for: str = ""
    accept: str = "image/*,.heic,.heif,application/pdf"
    state: Literal["ask", "added", "refused"] = "ask"
    message: str = ""
