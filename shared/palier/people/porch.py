"""Pages before sign-in. Their forms too must be ours: a short-lived anonymous secret keys their token."""

import functools
import secrets

import msgspec

from palier.agencies.store import Front, Hosts
from palier.people.pages import outer_shell
from palier.people.sessions import cookie_name, set_cookie
from palier.web.answers import Html
from palier.web.form_tokens import BadFormTokenError, new_form_token, nonce_of
from palier.web.render import page
from palier.web.request import Request
from palier.web.site import Visit

_SECONDS = 3600
_SHORTEST_SECRET = 20


class Porch:
    """One visit of somebody who is not signed in: the agency he stands before, and the secret of his browser."""

    def __init__(self, visit: Visit, hosts: Hosts) -> None:
        self.request: Request = visit.request
        self.now = visit.site.clock.now()
        self._hosts = hosts
        self._name = f"{cookie_name(secure=self.request.secure)}-form"
        self._had = self.request.cookies.get(self._name, "")
        self._secret = self._had if len(self._had) >= _SHORTEST_SECRET else secrets.token_urlsafe(32)

    @functools.cached_property
    def front(self) -> Front:
        """Return the agency of the request's host."""
        return self._hosts.front(self.request.host, self.now)

    def form_token(self) -> str:
        """Return the token of one form."""
        return new_form_token(self._secret)

    def check_form(self) -> None:
        """Refuse a form that this browser was not given."""
        if self._secret != self._had:
            raise BadFormTokenError
        nonce_of(self.request.field("form_token"), self._secret)

    def show(self, template: str, view: msgspec.Struct, status: int = 200) -> Html:
        """Render a page, and keep the secret for an hour."""
        kept = set_cookie(self._name, self._secret, secure=self.request.secure, seconds=_SECONDS)
        return page(template, shell=outer_shell(self.front), page=view, status=status, cookies=(kept,))

    def goodbye(self) -> tuple[str, ...]:
        """Return the header that forgets the secret: once signed in, the session keys the forms."""
        return (set_cookie(self._name, "", secure=self.request.secure, seconds=0),)
