"""Pages of people who are not (fully) signed in: login, passwords, choice of space, legal notice (AUT)."""

import msgspec

from palier.web.views.common import Link
from palier.web.views.forms import FormState


class LoginPage(msgspec.Struct, frozen=True):
    """``/connexion`` (AUT-002). Fields: ``login``, ``password``. A wait or a refusal is a form error."""

    form: FormState
    welcome: tuple[str, ...] = ()
    forgotten_url: str = "/mot-de-passe-oublie"


class ForgottenPasswordPage(msgspec.Struct, frozen=True):
    """``/mot-de-passe-oublie`` (AUT-010). Field: ``login``. ``sent``: the neutral answer, whoever asked."""

    form: FormState
    sent: bool = False
    minutes: int = 60
    login_url: str = "/connexion"


class PasswordRule(msgspec.Struct, frozen=True):
    """One rule of the password policy (AUT-009), and whether the last try failed it."""

    text: str
    failed: bool = False


class ChoosePasswordPage(msgspec.Struct, frozen=True):
    """``/mot-de-passe`` and ``/reinitialisation/{token}``.

    Fields: ``current`` (if asked), ``password``, ``again``.
    """

    form: FormState
    rules: tuple[PasswordRule, ...]
    first_login: bool = False
    ask_current: bool = False
    login: str = ""
    dead_link: bool = False
    cancel_url: str = ""


class SpaceChoice(msgspec.Struct, frozen=True):
    """One space or account that can be entered. ``value`` is posted as ``space``."""

    value: str
    label: str
    detail: str = ""
    last_document: str = ""
    last_login: str = ""
    current: bool = False
    icon: str = "door"


class SpacesPage(msgspec.Struct, frozen=True):
    """``/espaces``: choice of the space (AUT-019) and the other accounts (AUT-018). Posts ``space``."""

    form: FormState
    spaces: tuple[SpaceChoice, ...]
    other_accounts: tuple[SpaceChoice, ...] = ()


class LegalSection(msgspec.Struct, frozen=True):
    """A part of the legal notice. ``anchor`` is its id in the page."""

    title: str
    paragraphs: tuple[str, ...]
    anchor: str = ""


class LegalPage(msgspec.Struct, frozen=True):
    """``/mentions-legales`` (AUT-026)."""

    sections: tuple[LegalSection, ...]
    back: Link | None = None
