"""The state of a form: what was typed, what is wrong with it, and the fields of forms that code composes."""

from collections.abc import Mapping
from typing import Literal

import msgspec

FieldKind = Literal[
    "text", "textarea", "email", "tel", "date", "time", "number", "amount", "password", "select", "radios",
    "checkbox", "checkboxes", "files", "appointment", "delay", "note",
]  # fmt: skip


class FieldError(msgspec.Struct, frozen=True):
    """What is wrong with a field, said so that it can be put right. ``field`` empty: the form as a whole."""

    field: str
    message: str


class FormState(msgspec.Struct, frozen=True):
    """A form as the person left it. Nothing typed is ever lost; passwords are never given back."""

    action: str
    form_token: str = ""
    values: Mapping[str, str] = {}
    several: Mapping[str, tuple[str, ...]] = {}
    errors: tuple[FieldError, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()

    def value(self, name: str, default: str = "") -> str:
        """Return what was typed, or the proposed value."""
        return self.values.get(name, default)

    def chosen(self, name: str) -> tuple[str, ...]:
        """Return every value of a field that may have several (check boxes)."""
        return self.several.get(name, ())

    def error(self, name: str) -> str:
        """Return the first thing wrong with this field, or nothing."""
        return next((error.message for error in self.errors if error.field == name), "")


class Option(msgspec.Struct, frozen=True):
    """One choice of a list. Options with the same ``group`` stand together, in the order given."""

    value: str
    label: str
    group: str = ""
    hint: str = ""


class UploadedFile(msgspec.Struct, frozen=True):
    """A file already sent to the store, not yet attached: survives a form that comes back with errors."""

    id: str
    name: str
    size: str = ""


class UploadField(msgspec.Struct, frozen=True):
    """A place to join files. ``url`` answers POST {name,type,size} with {id,url,fields}.

    ``fallback_url`` is the page that does the same without JavaScript; empty: none.
    """

    url: str
    name: str = "upload"
    label: str = "Joindre des photos ou des documents"
    hint: str = ""
    accept: str = "image/*,.heic,.heif,application/pdf"
    max_files: int = 10
    max_megabytes: int = 15
    fallback_url: str = ""
    done: tuple[UploadedFile, ...] = ()


class Field(msgspec.Struct, frozen=True):
    """One field of a form composed by code (the small action pages).

    ``kind`` ``appointment`` and ``delay`` are groups of fields: their names are in views/README.md.
    """

    name: str
    label: str
    kind: FieldKind = "text"
    hint: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    upload: UploadField | None = None
    rows: int = 4
    suffix: str = ""
    autocomplete: str = ""
