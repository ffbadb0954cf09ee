"""What the sign-in pages show: refusals as sentences, rules with what failed, spaces and accounts to choose from."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import msgspec

from palier.agencies.legal_notice import Section, supplied_notice
from palier.agencies.store import Front
from palier.kernel.errors import PalierError, TooManyAttemptsError
from palier.people.caller import Space
from palier.people.errors import PasswordRefusedError
from palier.people.linked import OtherAccount
from palier.people.passwords import SHORTEST, SHOWN, Rule
from palier.people.sessions import Found
from palier.people.signing_in import SignedIn
from palier.web import french
from palier.web.views.common import Link, Shell
from palier.web.views.forms import FieldError, FormState
from palier.web.views.sign_in import (
    ChoosePasswordPage,
    ForgottenPasswordPage,
    LegalPage,
    LegalSection,
    LoginPage,
    PasswordRule,
    SpaceChoice,
    SpacesPage,
)

ACCOUNT_PREFIX = "compte:"

_RULES = {
    Rule.LENGTH: f"au moins {SHORTEST} caractères",
    Rule.DIGIT: "un chiffre",
    Rule.UPPER: "une lettre majuscule",
    Rule.LOWER: "une lettre minuscule",
    Rule.SPECIAL: "un caractère spécial, par exemple ! ? + - *",
    Rule.TOO_LONG: "pas plus de 200 caractères",
}
_FAILED = {
    Rule.SAME_TWICE: FieldError("again", "Les deux saisies ne sont pas identiques\u00a0: retapez la confirmation."),
    Rule.NEW: FieldError("password", "Ce mot de passe est celui que vous avez déjà\u00a0: choisissez-en un autre."),
}
_REFUSALS = {
    "WRONG_CREDENTIALS": FieldError("", "Identifiant ou mot de passe incorrect. Vérifiez les majuscules et réessayez."),
    "SIGN_IN_REFUSED": FieldError(
        "", "Aucun espace n’est ouvert à votre nom pour le moment. Contactez votre agence pour y avoir accès."
    ),
    "SUPPLIED_PASSWORD_SPENT": FieldError(
        "",
        "Ce mot de passe provisoire a déjà servi. Choisissez le vôtre par le lien «\u00a0Mot de passe oublié\u00a0», "
        "ou demandez-en un nouveau à votre agence.",
    ),
    "WRONG_CURRENT_PASSWORD": FieldError("current", "Ce n’est pas votre mot de passe actuel."),
    "BAD_FORM_TOKEN": FieldError("", "La page était ouverte depuis trop longtemps. Recommencez votre saisie."),
    "BUSY": FieldError("", "Le service est très sollicité. Réessayez dans un instant."),
}
_SPACES = {
    Space.STAFF: ("Espace AGENCE", "users"),
    Space.SUPPLIER: ("Espace FOURNISSEUR", "tool"),
    Space.CO_OWNER: ("", "building"),
    Space.LANDLORD: ("", "key"),
    Space.RENTER: ("", "home"),
}


def errors_of(error: PalierError | None) -> tuple[FieldError, ...]:
    """Return what a form says about a refusal; raises what is not for a form to say."""
    if error is None:
        return ()
    if isinstance(error, TooManyAttemptsError):
        wait = french.wait(error.wait_seconds)
        return (FieldError("", f"Trop d’essais\u00a0: par sécurité, réessayez dans {wait}."),)
    if isinstance(error, PasswordRefusedError):
        return _password_errors(error.failed)
    if error.code not in _REFUSALS:
        raise error
    return (_REFUSALS[error.code],)


def _password_errors(failed: Sequence[Rule]) -> tuple[FieldError, ...]:
    missing = tuple(_RULES[rule] for rule in failed if rule in _RULES)
    weak = [FieldError("password", f"Il faut au mot de passe\u00a0: {french.list_of(missing)}.")] if missing else []
    return (*weak, *(_FAILED[rule] for rule in failed if rule in _FAILED))


def outer_shell(front: Front) -> Shell:
    """Return what stands around a page before sign-in: the agency's name, its banner if there is one (PRT-020)."""
    banner = front.texts.portal_banner.strip()
    return Shell(
        agency_name=front.agency.logo_text,
        agency_phone=front.agency.settings.agency_contact.phone,
        home_url="/connexion",
        banners=(banner,) if banner else (),
    )


def login_page(front: Front, form_token: str, login: str, goal: str, error: PalierError | None) -> LoginPage:
    """Show the sign-in form (AUT-002), with what was typed but the password."""
    form = FormState(
        "/connexion",
        form_token,
        values={"login": login},
        errors=errors_of(error),
        hidden=(("suite", goal),) if is_local(goal) else (),
    )
    return LoginPage(form, welcome=paragraphs(front.texts.portal_welcome_text))


def forgotten_page(form_token: str, login: str, error: PalierError | None, *, sent: bool) -> ForgottenPasswordPage:
    """Show the form for a forgotten password, or the answer that is the same for everybody (AUT-010)."""
    form = FormState("/mot-de-passe-oublie", form_token, values={"login": login}, errors=errors_of(error))
    return ForgottenPasswordPage(form, sent=sent)


def choose_password_page(action: str, form_token: str, login: str, error: PalierError | None) -> ChoosePasswordPage:
    """Show the form for a new password, with the rules and those that the last try failed (AUT-009)."""
    failed = error.failed if isinstance(error, PasswordRefusedError) else ()
    rules = tuple(PasswordRule(_RULES[rule], failed=rule in failed) for rule in SHOWN)
    return ChoosePasswordPage(FormState(action, form_token, errors=errors_of(error)), rules, login=login)


def own_password_page(found: Found, form_token: str, error: PalierError | None) -> ChoosePasswordPage:
    """Show the form for one's own password: the present one is asked for, except at the first sign-in (AUT-008)."""
    first = found.caller.must_change_password
    view = choose_password_page("/mot-de-passe", form_token, found.account.login, error)
    cancel = "" if first else landing(found.caller.space, "")
    return msgspec.structs.replace(view, first_login=first, ask_current=not first, cancel_url=cancel)


def dead_link_page() -> ChoosePasswordPage:
    """Say that a mailed link no longer serves, and how to get another."""
    return ChoosePasswordPage(FormState(""), (), dead_link=True)


def spaces_page(found: Found, others: Sequence[OtherAccount], form_token: str) -> SpacesPage:
    """Show the spaces to choose from (AUT-019) and the linked accounts (AUT-018)."""
    spaces = found.caller.spaces if len(found.caller.spaces) > 1 else ()
    zone = ZoneInfo(found.agency.zone)
    return SpacesPage(
        FormState("/espaces", form_token),
        tuple(_space(space, found) for space in spaces),
        tuple(_account(other, zone) for other in others),
    )


def _space(space: Space, found: Found) -> SpaceChoice:
    label, icon = _SPACES[space]
    settings = found.agency.settings
    labels = {
        Space.CO_OWNER: settings.space_label_co_owner,
        Space.LANDLORD: settings.space_label_landlord,
        Space.RENTER: settings.space_label_renter,
    }
    return SpaceChoice(space, labels.get(space, label), icon=icon, current=space is found.session.space)


def _account(other: OtherAccount, zone: ZoneInfo) -> SpaceChoice:
    last = "" if other.last_login is None else french.short(other.last_login, zone)
    return SpaceChoice(ACCOUNT_PREFIX + other.party, other.name, last_login=last, current=other.current)


def legal_page(front: Front) -> LegalPage:
    """Show the agency's own legal notice, else the supplied one (AUT-026)."""
    back = Link("Revenir à la connexion", "/connexion")
    own = paragraphs(front.texts.portal_legal_notice)
    supplied = supplied_notice(front.agency)
    sections = (Section("notice", front.agency.name, own), supplied[-1]) if own else supplied
    return LegalPage(tuple(LegalSection(one.title, one.texts, one.anchor) for one in sections), back)


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text that somebody typed."""
    return tuple(part.strip() for part in text.split("\n") if part.strip())


def next_step(entered: SignedIn, goal: str) -> str:
    """Return what comes after sign-in: a password of one's own, a space, then the page that was asked for."""
    if entered.account.must_change_password:
        return "/mot-de-passe"
    if entered.space is None:
        return "/espaces"
    return landing(entered.space, goal)


def status_of(error: PalierError | None) -> int:
    """Return the HTTP status of a form that comes back."""
    if error is None:
        return 200
    return 429 if isinstance(error, TooManyAttemptsError) else 422


def landing(caller_space: Space | None, goal: str) -> str:
    """Return where to go after sign-in: what was asked for before, else the space's home."""
    if is_local(goal):
        return goal
    return "/gestion" if caller_space is Space.STAFF else "/"


def is_local(address: str) -> bool:
    """Tell whether an address is a page of ours: never send anybody elsewhere because a link said so."""
    return address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
