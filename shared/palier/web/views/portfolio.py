"""The portfolio of the staff (PTF): simple lists with a search, and a record with its actions."""

import msgspec

from palier.web.views.common import Button, Fact, Link, Moment, Paging


class RecordRow(msgspec.Struct, frozen=True):
    """One record of a list. ``cells`` and ``columns`` go together; the name stands before them."""

    name: str
    url: str
    cells: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


class RecordListPage(msgspec.Struct, frozen=True):
    """``/gestion/portefeuille`` and ``/gestion/portefeuille/{category}``. Search is a GET with ``q``."""

    title: str
    categories: tuple[Link, ...]
    columns: tuple[str, ...]
    rows: tuple[RecordRow, ...]
    search_url: str
    search_value: str = ""
    search_hint: str = ""
    empty: str = "Aucune fiche ne correspond."
    paging: Paging = Paging()


class RecordTable(msgspec.Struct, frozen=True):
    """A tab of a record: related records, requests, tickets."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[RecordRow, ...]
    empty: str
    anchor: str


class RecordPage(msgspec.Struct, frozen=True):
    """``/gestion/portefeuille/{category}/{id}`` (PTF-002): what the agency knows, and AUT-012, AUT-014."""

    title: str
    category: str
    facts: tuple[Fact, ...]
    back_url: str
    marks: tuple[str, ...] = ()
    access_facts: tuple[Fact, ...] = ()
    tables: tuple[RecordTable, ...] = ()
    links: tuple[Link, ...] = ()
    impersonate: Button | None = None
    temporary_password_url: str = ""
    updated: Moment | None = None


class TemporaryPasswordPage(msgspec.Struct, frozen=True):
    """``/gestion/portefeuille/{category}/{id}/mot-de-passe`` (AUT-012):

    shown once, saved only by the button.
    """

    name: str
    login: str
    password: str
    save: Button
    discard_url: str
    sent_to: str = ""
