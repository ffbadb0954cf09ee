"""The manager, at her desk: finds the request, validates it, follows it, closes it."""

import io

from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.browser.journey import people as who
from tests.browser.journey.agency import Agency
from tests.browser.journey.keyboard import Keyboard
from tests.browser.journey.viewer import DESK, Viewer, plain


class Manager(Viewer):
    """A manager of the agency."""

    def __init__(self, agency: Agency, browser: Browser) -> None:
        super().__init__(browser, agency.site, "manager", DESK)
        self._agency = agency
        self._number = ""

    def signs_in_from(self, link: str, login: str, password: str) -> None:
        """Open the link of the mail: signed out, she comes to the sign-in page first."""
        self.open(link, "connexion")
        self.signs_in(login, password)

    def finds(self, number: str, subject: str) -> None:
        """Find the request in the list, and open it."""
        self._number = number
        self.open("/gestion", "accueil")
        self.open("/gestion/syndic/tickets", "liste")
        self.follow(subject, "pre-ticket")
        self.reads("À vous", "Valider le ticket", "E-mail", "Reçu")

    def sees_photo(self, name: str) -> None:
        """Open the photo: the image itself comes from the store."""
        with self.page.context.expect_page() as opened:
            self.page.get_by_role("link", name=name).first.click(modifiers=["ControlOrMeta"])
        photo = opened.value
        photo.wait_for_load_state()
        assert photo.evaluate("document.images[0].naturalWidth") == 320
        assert "X-Amz-Signature" in photo.url
        photo.close()

    def validates_by_keyboard(self, typed: str) -> None:
        """Validate without touching the mouse: the supplier by typing, one box by the space bar."""
        keyboard = Keyboard(self.page)
        with self.page.expect_navigation():
            keyboard.reach("link", "Valider le ticket").press("Enter")
        self.look("validation")
        keyboard.reach("combobox", "Intervenant connu").type(typed)
        keyboard.press("ArrowDown").press("Enter")
        self.look("validation-intervenant")
        keyboard.reach("checkbox", "Demander la présence sur place").press("Space")
        with self.page.expect_navigation():
            keyboard.reach("button", "Valider le ticket").press("Enter")
        self.look("valide")
        self.reads(who.SUPPLIER_NAME, "Attente du RDV")

    def notes(self, text: str) -> None:
        """Add an internal note."""
        self.follow("Note interne", "note")
        self.fill(text=text)
        self.press("Ajouter la note", "note-faite")

    def writes_to_supplier(self, text: str) -> None:
        """Write to the supplier from his card."""
        self.open(f"/gestion/tickets/{self._number}")
        self.follow(f"Envoyer un message à {who.SUPPLIER_NAME}", "message")
        self.fill(text=text)
        self.press("Envoyer", "message-fait")
        self._agency.cloud.settle()

    def sees_the_whole_story(self, number: str, *texts: str) -> None:
        """Read everything on the timeline, each message with what became of it."""
        self.open(f"/gestion/tickets/{number}", "histoire")
        self.reads(*texts, "187,50", "facture-2026-118.pdf", "entre 9 h 00 et 11 h 00", "Demande de présence sur place")
        fates = self.page.locator(".fates li").all_inner_texts()
        assert len(fates) >= 6
        assert all("envoyé" in fate or "remis" in fate for fate in fates), fates

    def closes_and_downloads(self, number: str) -> str:
        """Close the ticket, and return the text of its PDF summary."""
        self.follow("Clôturer le ticket", "cloture")
        self.fill(comment="Travaux vérifiés.")
        self.press("Clôturer le ticket", "clos")
        self._agency.cloud.settle()
        self.open(f"/gestion/tickets/{number}", "clos-resume")
        link = self.page.get_by_role("link", name="Résumé (PDF)").get_attribute("href")
        answer = self.page.request.get(f"{self.site}{link}")
        assert answer.headers["content-type"] == "application/pdf"
        return plain(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.body())).pages))
