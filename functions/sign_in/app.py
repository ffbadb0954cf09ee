"""Sign-in, passwords, choice of space (AUT).

Trigger: API Gateway. Callers: anybody for the pages before sign-in, whoever is signed in for the others. Reads and
writes the table: accounts, sessions, counters of wrong guesses, the outbox. A failure shows a page; nothing is retried.
"""

import secrets

from palier.agencies.store import Hosts
from palier.aws.table import Table
from palier.kernel.clock import SystemClock
from palier.kernel.errors import ForbiddenError, NotSignedInError, PalierError
from palier.kernel.ids import PartyId
from palier.people import pages
from palier.people.caller import Space
from palier.people.errors import DeadResetLinkError
from palier.people.forgotten import Forgetful, ask_reset, check_reset_link, reset_password
from palier.people.leaving import sign_out, sign_out_everywhere
from palier.people.linked import other_accounts, switch_account
from palier.people.new_passwords import NewPassword, change_password
from palier.people.porch import Porch
from palier.people.sessions import (
    Found,
    cookie_name,
    impersonation_cookies,
    read_session,
    session_cookies,
    set_cookie,
    way_back_name,
)
from palier.people.signing_in import Attempt, sign_in
from palier.people.spaces import choose_space
from palier.web.access import Access
from palier.web.answers import Answer, Html, SeeOther
from palier.web.failures import fail
from palier.web.form_tokens import new_form_token
from palier.web.render import page
from palier.web.request import Request
from palier.web.shell import shell_for
from palier.web.site import Site, Visit

table = Table()
table.warm()
site = Site("sign_in", table=table, clock=SystemClock(), failure=fail)
app = site.app
hosts = Hosts(site.table)


# ── Before sign-in ──────────────────────────────────────────────────────────────────────────────────


@site.route("GET", "/connexion", Access.PUBLIC)
def show_login(visit: Visit) -> Answer:
    """Show the form; who is signed in already goes on."""
    goal = visit.request.query.get("suite", "")
    found = _live_session(visit.request)
    if found is not None:
        return SeeOther(pages.landing(found.caller.space, goal))
    return _login(_porch(visit), goal)


@site.route("GET", "/extranet", Access.PUBLIC)
def old_entry(visit: Visit) -> Answer:  # noqa: ARG001 - every view gets its visit
    """Keep the address that clients were given (AUT-001)."""
    return SeeOther("/connexion")


@site.route("POST", "/connexion", Access.PUBLIC)
def post_login(visit: Visit) -> Answer:
    """Sign in, or show the form again with the reason."""
    request, porch = visit.request, _porch(visit)
    goal, login = request.field("suite"), request.field("login")
    attempt = Attempt(login, request.field("password"), request.host, request.address)
    try:
        porch.check_form()
        entered = sign_in(site.table, porch.front.agency, attempt, secrets.token_urlsafe(32), porch.now)
    except PalierError as error:
        return _login(porch, goal, login, error)
    cookies = (*session_cookies(entered.cookie, secure=request.secure), *porch.goodbye())
    return SeeOther(pages.next_step(entered, goal), cookies)


@site.route("GET", "/mot-de-passe-oublie", Access.PUBLIC)
def show_forgotten(visit: Visit) -> Answer:
    """Ask for the login."""
    return _forgotten(_porch(visit))


@site.route("POST", "/mot-de-passe-oublie", Access.PUBLIC)
def post_forgotten(visit: Visit) -> Answer:
    """Answer the same whoever asks."""
    porch, who = _porch(visit), Forgetful(visit.request.field("login"), visit.request.address)
    try:
        porch.check_form()
        ask_reset(site.table, porch.front.agency, who, secrets.token_urlsafe(16), porch.now)
    except PalierError as error:
        return _forgotten(porch, who.login, error)
    return _forgotten(porch, sent=True)


@site.route("GET", "/reinitialisation/{token}", Access.PUBLIC)
def show_reset(visit: Visit, token: str) -> Answer:
    """Show the form behind a mailed link; looking at it does not use it."""
    return _reset(_porch(visit), token)


@site.route("POST", "/reinitialisation/{token}", Access.PUBLIC)
def post_reset(visit: Visit, token: str) -> Answer:
    """Take the new password; the next step is to sign in with it."""
    porch = _porch(visit)
    typed = NewPassword(visit.request.field("password"), visit.request.field("again"))
    try:
        porch.check_form()
        reset_password(site.table, porch.front.agency, token, typed, porch.now)
    except DeadResetLinkError:
        return _reset(porch, token)
    except PalierError as error:
        return _reset(porch, token, error)
    return SeeOther("/connexion", session_cookies("", secure=visit.request.secure))


@site.route("GET", "/mentions-legales", Access.PUBLIC)
def show_legal(visit: Visit) -> Answer:
    """Show the legal notice (AUT-026)."""
    porch = _porch(visit)
    return porch.show("sign_in/legal.html", pages.legal_page(porch.front))


# ── Signed in ───────────────────────────────────────────────────────────────────────────────────────


@site.route("GET", "/mot-de-passe", Access.PASSWORD_CHANGE)
def show_password(visit: Visit) -> Answer:
    """Show the form for a new password (AUT-008, AUT-011)."""
    return _password(visit)


@site.route("POST", "/mot-de-passe", Access.PASSWORD_CHANGE)
def post_password(visit: Visit) -> Answer:
    """Take the new password; other browsers are signed out."""
    request, now = visit.request, site.clock.now()
    typed = NewPassword(request.field("password"), request.field("again"), request.field("current"), request.address)
    try:
        cookie = change_password(site.table, visit.session, typed, secrets.token_urlsafe(32), now)
    except PalierError as error:
        return _password(visit, error=error)
    choose = visit.session.session.space is None
    where = "/espaces" if choose else pages.landing(visit.caller.space, "")
    return SeeOther(where, session_cookies(cookie, secure=request.secure))


@site.route("GET", "/espaces", Access.ANY_SESSION)
def show_spaces(visit: Visit) -> Answer:
    """Show the spaces and linked accounts; with nothing to choose, go on."""
    others = other_accounts(site.table, visit.session)
    if len(visit.caller.spaces) == 1 and not others:
        return SeeOther(pages.landing(visit.caller.space, ""))
    view = pages.spaces_page(visit.session, others, new_form_token(visit.caller.secret))
    return page("sign_in/spaces.html", shell=shell_for(visit), page=view)


@site.route("POST", "/espaces", Access.ANY_SESSION)
def post_space(visit: Visit) -> Answer:
    """Enter a space, or a linked account."""
    value = visit.request.field("space")
    if value.startswith(pages.ACCOUNT_PREFIX):
        return _switch(visit, PartyId(value.removeprefix(pages.ACCOUNT_PREFIX)))
    if value not in set(Space):
        raise ForbiddenError
    choose_space(site.table, visit.session, Space(value))
    return SeeOther(pages.landing(Space(value), ""))


@site.route("POST", "/autres-comptes/{party}", Access.ANY_SESSION)
def post_switch(visit: Visit, party: str) -> Answer:
    """Go on in a linked account (AUT-018)."""
    return _switch(visit, PartyId(party))


@site.route("POST", "/deconnexion", Access.PASSWORD_CHANGE)
def post_sign_out(visit: Visit) -> Answer:
    """Close this session; staff in a client's space come back to their own."""
    request = visit.request
    sign_out(visit.session)
    forget = set_cookie(way_back_name(secure=request.secure), "", secure=request.secure, seconds=0)
    own = request.cookies.get(way_back_name(secure=request.secure), "")
    if visit.caller.impersonated_by is not None and own:
        return SeeOther("/gestion", (*session_cookies(own, secure=request.secure), forget))
    return SeeOther("/connexion", (*session_cookies("", secure=request.secure), forget))


@site.route("POST", "/deconnexion-partout", Access.ANY_SESSION)
def post_sign_out_everywhere(visit: Visit) -> Answer:
    """Close every session of this person, on every device."""
    sign_out_everywhere(site.table, visit.session)
    return SeeOther("/connexion", session_cookies("", secure=visit.request.secure))


# ── Pieces ──────────────────────────────────────────────────────────────────────────────────────────


def _porch(visit: Visit) -> Porch:
    return Porch(visit, hosts)


def _live_session(request: Request) -> Found | None:
    cookie = request.cookies.get(cookie_name(secure=request.secure), "")
    try:
        return read_session(site.table, cookie, request.host, site.clock.now(), lambda _: ()) if cookie else None
    except NotSignedInError:
        return None


def _login(porch: Porch, goal: str, login: str = "", error: PalierError | None = None) -> Html:
    view = pages.login_page(porch.front, porch.form_token(), login, goal, error)
    return porch.show("sign_in/login.html", view, pages.status_of(error))


def _forgotten(porch: Porch, login: str = "", error: PalierError | None = None, *, sent: bool = False) -> Html:
    view = pages.forgotten_page(porch.form_token(), login, error, sent=sent)
    return porch.show("sign_in/forgotten.html", view, pages.status_of(error))


def _reset(porch: Porch, token: str, error: PalierError | None = None) -> Html:
    try:
        login = check_reset_link(site.table, porch.front.agency, token, porch.now).login
    except DeadResetLinkError:
        return porch.show("sign_in/choose_password.html", pages.dead_link_page(), 404)
    view = pages.choose_password_page(f"/reinitialisation/{token}", porch.form_token(), login, error)
    return porch.show("sign_in/choose_password.html", view, pages.status_of(error))


def _password(visit: Visit, *, error: PalierError | None = None) -> Html:
    view = pages.own_password_page(visit.session, new_form_token(visit.caller.secret), error)
    return page("sign_in/choose_password.html", shell=shell_for(visit), page=view, status=pages.status_of(error))


def _switch(visit: Visit, party: PartyId) -> SeeOther:
    request, now = visit.request, site.clock.now()
    cookie = switch_account(site.table, visit.session, party, secrets.token_urlsafe(32), now)
    if visit.caller.impersonated_by is not None:
        own = request.cookies.get(way_back_name(secure=request.secure), "")
        return SeeOther("/espaces", impersonation_cookies(cookie, own, secure=request.secure))
    return SeeOther("/espaces", session_cookies(cookie, secure=request.secure))
