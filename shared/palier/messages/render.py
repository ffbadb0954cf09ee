"""From a view to words: subject, text and HTML of a mail, or the text of an SMS. Knows no ticket and no address.

The words of each key lie in ``templates/words``; see the README there. Nothing typed by people is ever a template.
"""

import functools
import re
from pathlib import Path

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from palier.messages.sms_length import thrifty
from palier.messages.templates.view import MailView

_GAPS = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


class NoSmsError(ValueError):
    """This message is never an SMS (section 39, column Ch)."""


class Written(msgspec.Struct, frozen=True):
    """What a mail says."""

    subject: str
    text: str
    html: str


def render_mail(key: str, view: MailView) -> Written:
    """Return what the mail of a template key says. The ticket's number stands first in the subject (TPL-004)."""
    subject = _words(key, view, "subject")
    said = subject[:1].upper() + subject[1:]
    return Written(
        subject=f"[#{view.number}] {said}" if view.number else said,
        text=_GAPS.sub("\n\n", _render("mail.txt", key, view)).strip() + "\n",
        html=_render("mail.html", key, view),
    )


def render_sms(key: str, view: MailView) -> str:
    """Return the text of an SMS, in as few segments as the letters allow (law.md §10). Raises :class:`NoSmsError`."""
    if not _words(key, view, "sms"):
        raise NoSmsError(key)
    return thrifty(_render("sms.txt", key, view).strip())


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        autoescape=select_autoescape(("html",), default=False),
    )


def _words(key: str, view: MailView, what: str) -> str:
    words = _environment().get_template(f"words/{key}.j2").make_module({"mail": view})
    return str(getattr(words, what)).strip()


def _render(template: str, key: str, view: MailView) -> str:
    return _environment().get_template(template).render(key=key, mail=view)
