"""The supplier, on his phone: no account, only the link of each e-mail."""

from playwright.sync_api import Browser

from tests.browser.journey import people as who
from tests.browser.journey.agency import Agency
from tests.browser.journey.files import invoice
from tests.browser.journey.viewer import PHONE, Viewer


class Supplier(Viewer):
    """A supplier with his mailbox."""

    def __init__(self, agency: Agency, browser: Browser) -> None:
        super().__init__(browser, agency.site, "supplier", PHONE)
        self._agency = agency

    def finds_mails(self, *subjects: str) -> None:
        """Find what was sent to him."""
        for subject in subjects:
            self._agency.mail_to(who.SUPPLIER_EMAIL, subject)

    def opens_link_of_mail(self, number: str, subject: str) -> None:
        """Open the local mailbox, the newest mail about it, and its button."""
        letter = self._agency.mail_to(who.SUPPLIER_EMAIL, subject)
        assert f"#{number}" in letter["subject"]
        self.page.goto(f"{self.site}/_local/mail?to={who.SUPPLIER_EMAIL}")
        self.page.get_by_role("link", name=letter["subject"]).first.click()
        self.look_outside("courriel")
        with self.page.expect_popup() as opened:
            self.page.frame_locator("iframe").locator('a[href*="/i/"]').first.click()
        self.move_to(opened.value)
        self.open(self.page.url, "lien")

    def accepts(self, date: str) -> None:
        """Accept, between nine and eleven."""
        self.pick("J’accepte")
        self.fill(date=date)
        self.pick("Dans un créneau")
        self.fill(slot_from="09:00", slot_to="11:00", duration_hours="1", duration_minutes="30")
        self.press("Envoyer ma réponse", "accepte")
        self.reads("votre rendez-vous est enregistré")
        self.follow("Revoir l’intervention", "lien-accepte")
        self.reads("entre 9 h 00 et 11 h 00")

    def ends(self, report: str, amount: str) -> None:
        """Confirm the end, with the invoice taken from his phone."""
        self.fill(comment=report)
        self.sends_file("invoice", invoice(amount))
        self.fill(amount=amount)
        self.press("Confirmer la fin de l’intervention", "fin")
        self.reads("la fin de l’intervention est enregistrée")
