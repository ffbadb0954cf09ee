"""A person at a browser. Whatever he does that leads to a page, the page is examined and photographed."""

import itertools
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, FilePayload, Locator, Page, Response, expect

from tests.browser.journey.agency import PASSWORD
from tests.browser.journey.keyboard import Keyboard
from tests.browser.journey.pages import is_error, photograph, wrong_with

PHONE, DESK = 390, 1280
_SHOTS = itertools.count(1)
expect.set_options(timeout=10_000)


class BadPageError(AssertionError):
    """Something is wrong with a page; the message says what."""


class Viewer:
    """One browser of one person: narrow or wide, with or without JavaScript."""

    scale = 1  # device pixels per pixel

    def __init__(self, browser: Browser, site: str, folder: str, width: int, *, script: bool = True) -> None:
        self.site, self.folder, self.script = site, folder, script
        self._context = _context(browser, width, self.scale, script=script)
        self._context.set_default_timeout(15_000)
        self._said: list[str] = []
        self._refusals: set[int] = set()
        self._served: Response
        self.page: Page
        self.move_to(self._context.new_page())

    def move_to(self, page: Page) -> None:
        """Go on in this tab; what its console says is heard."""
        self.page = page
        page.on("console", self._hear)
        page.on("response", self._keep)
        page.on("pageerror", lambda error: self._said.append(str(error)))

    def open(self, where: str, name: str = "", *, status: int = 200) -> None:
        """Go to an address, of the site or a full one."""
        answer = self.page.goto(where if "://" in where else self.site + where)
        assert answer is not None
        assert answer.status == status, where
        self.look(name)

    def tries(self, where: str, *, by_keyboard: bool = False) -> bool:
        """Go to an address that may not be for this person; tell whether it opened. The first refusal is a page too."""
        answer = self.page.goto(self.site + where)
        assert answer is not None
        assert answer.status in {200, 403, 404}, f"{where}: {answer.status}"
        opened = answer.status == 200
        if opened or answer.status not in self._refusals:
            self.look(where.strip("/").replace("/", "-") or "accueil")
        if opened and by_keyboard:
            Keyboard(self.page).walks()
        self._refusals.add(answer.status)
        return opened

    def press(self, label: str, name: str = "") -> None:
        """Press the button or link that reads so, and look at the page it leads to."""
        with self.page.expect_navigation():
            self.control(label).click()
        self.look(name)

    def follow(self, label: str, name: str = "") -> None:
        """Follow the link whose text holds this."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=label).first.click()
        self.look(name)

    def control(self, label: str) -> Locator:
        """Return the button that reads so."""
        return self.page.get_by_role("button", name=label, exact=True)

    def field(self, label: str) -> Locator:
        """Return the field whose label begins so."""
        return self.page.get_by_label(label).first

    def fill(self, **fields: str) -> None:
        """Type into fields, by name; ``__`` stands for a dot."""
        for name, text in fields.items():
            self.page.locator(f'[name="{name.replace("__", ".")}"]').first.fill(text)

    def pick(self, label: str) -> None:
        """Choose the radio button or box that reads so."""
        self.page.locator("label.pick", has_text=label).locator("input").check()

    def signs_in(self, login: str, password: str) -> None:
        """Sign in on the page shown; a first password must be replaced at once."""
        self.fill(login=login, password=password)
        self.press("Valider")
        if urlsplit(self.page.url).path == "/mot-de-passe":
            self.look("mot-de-passe")
            self.fill(password=PASSWORD, again=PASSWORD)
            self.press("Valider", "arrivee")

    def arrives(self, login: str, password: str) -> None:
        """Come to the site and sign in."""
        self.page.goto(f"{self.site}/connexion")
        self.fill(login=login, password=password)
        with self.page.expect_navigation():
            self.control("Valider").click()

    def offers_file(self, name: str, file: FilePayload) -> None:
        """Choose a file in an upload field."""
        self.page.locator(f'[data-name="{name}"] input[type=file]').set_input_files(file)

    def sends_file(self, name: str, file: FilePayload) -> None:
        """Choose a file, and wait until it is in the store."""
        self.offers_file(name, file)
        self.page.locator(f'input[type=hidden][name="{name}"]').wait_for(state="attached")

    def forgives(self, text: str) -> None:
        """Hold that the console said this, and forget it."""
        said, self._said = self._said, [one for one in self._said if text not in one]
        assert said != self._said

    def look(self, name: str = "") -> None:
        """Examine the page shown; nothing may be wrong with it."""
        if name:
            photograph(self.page, self.folder, f"{next(_SHOTS):03d}-{name}-{self.width}")
        wrong = [*wrong_with(self.page, self._served.text(), script=self.script), *self._said]
        if wrong:
            raise BadPageError("\n".join([f"{self.page.url} « {self.page.title()} »", *wrong]))

    def look_outside(self, name: str) -> None:
        """Photograph a page that is not the product's own (the local mailbox)."""
        photograph(self.page, self.folder, f"{next(_SHOTS):03d}-{name}-{self.width}")

    def reads(self, *texts: str) -> None:
        """Hold what the person can read."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def does_not_read(self, *texts: str) -> None:
        """Hold what he must never read, shown or hidden in the page."""
        html = plain(self.page.content())
        assert [text for text in texts if plain(text) in html] == []

    @property
    def width(self) -> int:
        """Return how wide the window is."""
        size = self.page.viewport_size
        return size["width"] if size else 0

    def close(self) -> None:
        """Leave; what the console still had to say counts."""
        self._context.close()
        assert not self._said, self._said

    def _keep(self, response: Response) -> None:
        moved = 300 <= response.status < 400
        if response.frame == self.page.main_frame and response.request.is_navigation_request() and not moved:
            self._served = response

    def _hear(self, said: ConsoleMessage) -> None:
        if is_error(said):
            self._said.append(f"{said.location['url']}: {said.text}")


def plain(text: str) -> str:
    """Return a text with every kind of space made plain."""
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


def _context(browser: Browser, width: int, scale: int, *, script: bool) -> BrowserContext:
    phone = width <= PHONE
    return browser.new_context(
        viewport={"width": width, "height": 844 if phone else 900},
        locale="fr-FR",
        timezone_id="Europe/Paris",
        java_script_enabled=script,
        has_touch=phone,
        device_scale_factor=scale,
        reduced_motion="reduce",
    )
