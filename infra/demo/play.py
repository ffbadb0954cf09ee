"""Plays the demonstration's tickets, each up to its stage, with the forms that managers, suppliers and clients use.

A story whose subject is in the agency's list was begun already and is left as it stands, so that a load that was cut
short can be started again.
"""

import datetime as dt
import json
import re
import time
import urllib.request
from collections.abc import Callable, Iterable
from typing import Any

from infra.demo.back_office import Say, records_of
from infra.demo.browser import Browser, Page, UnexpectedPageError
from infra.demo.logins import PASSWORD, signs_in
from infra.demo.stories import CLIENTS, DIRECTION, MANAGERS, REQUESTS, STORIES, Request, Stage, Story
from palier.publication.model import Collection

_PATIENCE = 30
_NUMBER = re.compile(r"/gestion/tickets/(\d+)")


class NothingArrivedError(Exception):
    """A message that a step should have sent never came to the local mailbox."""


class Play:
    """The people of the demonstration, each at his browser."""

    def __init__(self, site: str, logins: dict[str, str]) -> None:
        self._site = site
        self._logins = logins
        self._browsers: dict[str, Browser] = {}
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self._managers = {one["id"]: one["manager"] for one in records_of(Collection.BUILDINGS)}
        self._today = dt.date.fromisoformat(self._json("/_local/clock")["now"][:10])

    def run(self, say: Say) -> None:
        """Play every story that is not in the list yet."""
        known = {subject for module in ("syndic", "gerance") for subject in self._subjects(module)}
        for request in REQUESTS:
            if request.title not in known:
                self._ask(request)
        for story in STORIES:
            if story.subject not in known:
                self._tell(story)
        say(f"  {len(STORIES) + len(REQUESTS)} tickets")

    def _subjects(self, module: str) -> Iterable[str]:
        page = self._of(DIRECTION).open(f"/gestion/{module}/tickets?onglet=tous&miens=0")
        text = page.tree.body.text() if page.tree.body else ""
        every = [*(story.subject for story in STORIES), *(request.title for request in REQUESTS)]
        return [subject for subject in every if subject in text]

    def _ask(self, request: Request) -> None:
        """A client sends a request: a pre-ticket waits for the manager (REQ-004)."""
        browser = self._of(CLIENTS[request.client])
        page = browser.open("/demandes/nouvelle")
        typed = {
            "kind": page.choice("kind", "Demande d’intervention"),
            "title": request.title,
            "description": request.description,
        }
        if request.place:  # who has one place only is not asked
            typed["place"] = page.choice("place", request.place)
        if request.urgent:
            typed["urgent"] = "1"
        browser.submit(page, typed, to="/demandes")

    def _tell(self, story: Story) -> None:
        manager = self._of(MANAGERS[self._managers[story.place]])
        ticket = self._create(manager, story)
        if story.stage in {Stage.PRE, Stage.SENT}:
            return
        link = self._supplier_link(story, ticket)
        self._answer(link, story)
        if story.stage in {Stage.ENDED, Stage.CLOSED}:
            self._submit(Browser(self._site), link, {"comment": story.report}, to="/fin")
        if story.stage is Stage.CLOSED:
            self._close(manager, ticket, story)

    def _create(self, manager: Browser, story: Story) -> str:
        page = manager.open(f"/gestion/{story.module}/tickets/nouveau")
        pre = story.stage is Stage.PRE
        typed = {
            "kind": "PRE" if pre else "ODS",
            "place": story.place,
            "subject": story.subject,
            "description": story.description,
            "source": story.source,
            "supplier.0.id": "" if pre else story.supplier,
            "do": "save",
        }
        answer = manager.submit(page, typed, to="/tickets/nouveau")
        found = _NUMBER.search(answer.url)
        if found is None:
            raise UnexpectedPageError(f"{story.subject}: no ticket was made, « {answer.title} »")
        return found[1]

    def _answer(self, link: str, story: Story) -> None:
        if story.stage is Stage.REFUSED:
            self._submit(Browser(self._site), link, {"answer": "refuse", "comment": story.report}, to="/reponse")
            return
        typed = {
            "answer": "accept",
            "date": (self._today + dt.timedelta(days=story.days)).isoformat(),
            "when": "hour",
            "time": story.hour,
            "duration_hours": "1",
            "duration_minutes": "30",
        }
        self._submit(Browser(self._site), link, typed, to="/reponse")

    def _close(self, manager: Browser, ticket: str, story: Story) -> None:
        """The invoice came by letter: the manager enters it, then closes."""
        page = manager.open(f"/gestion/tickets/{ticket}")
        invoice = next((href for href in _links(page) if "/facture/" in href), None)
        if invoice:
            self._submit(manager, invoice, {"amount": story.amount}, to=invoice)
        self._submit(manager, f"/gestion/tickets/{ticket}/cloturer", {"comment": "Travaux vérifiés."}, to="/cloturer")

    def _submit(self, browser: Browser, where: str, typed: dict[str, str], *, to: str) -> Page:
        return browser.submit(browser.open(where), typed, to=to)

    def _supplier_link(self, story: Story, ticket: str) -> str:
        def arrived() -> str | None:
            for letter in self._json("/_local/outbox.json"):
                mine = story.supplier_email in letter["to"] and ticket in letter["subject"]
                links = [link for link in letter["links"] if "/i/" in link] if mine else []
                if links:
                    return str(links[0])
            return None

        return self._wait(arrived, f"the order {ticket} to {story.supplier_email}")

    def _wait(self, arrived: Callable[[], str | None], what: str) -> str:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            found = arrived()
            if found:
                return found
            time.sleep(0.2)
        raise NothingArrivedError(what)

    def _of(self, login: str) -> Browser:
        if login not in self._browsers:
            self._browsers[login] = Browser(self._site)
            if not signs_in(self._browsers[login], self._logins[login], PASSWORD):
                raise UnexpectedPageError(f"{login} cannot sign in")
        return self._browsers[login]

    def _json(self, where: str) -> Any:
        with self._opener.open(self._site + where, timeout=_PATIENCE) as answer:
            return json.loads(answer.read())


def _links(page: Page) -> list[str]:
    return [node.attributes.get("href") or "" for node in page.tree.css("a[href]")]
