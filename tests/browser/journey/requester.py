"""The requester, on his phone: he follows what he asked for, and reads nothing that is not for him."""

from playwright.sync_api import Browser

from tests.browser.journey.agency import Agency
from tests.browser.journey.viewer import PHONE, Viewer, plain


class Requester(Viewer):
    """A client in his space."""

    def __init__(self, agency: Agency, browser: Browser) -> None:
        super().__init__(browser, agency.site, "requester", PHONE)
        self._read: list[str] = []

    def signs_in(self, login: str, password: str) -> None:
        """Sign in from the first page."""
        self.open("/connexion", "connexion")
        super().signs_in(login, password)

    def finds(self, subject: str) -> str:
        """Find what he asked for, from home; return its number."""
        self.open("/", "accueil")
        self.follow("Demandes", "mes-demandes")
        self.reads(subject)
        self.follow(subject, "demande")
        return self.page.url.rpartition("/")[2]

    def sees_that(self, number: str, step: str) -> None:
        """Look at *Suivi d’interventions* and find the step reached."""
        self.open("/interventions", "suivi")
        self.open(f"/interventions/{number}", f"suivi-{step}")
        self.reads(step)
        self._read.append(plain(self.page.content()))

    def never_saw(self, *texts: str) -> None:
        """Hold that no page he saw had any of this, shown or hidden."""
        assert [text for text in texts for page in self._read if plain(text) in page] == []
