"""What the scripts add, in a real browser; and that every form stays usable without them."""

import json
import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from palier.web.render import asset
from tests.browser.preview.stage import SITE, chromium, open_context

PHONE = 390
STORE = "https://fichiers.example/"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif("CHROMIUM" not in os.environ, reason="CHROMIUM does not name a browser"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = open_context(browser, PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture
def bare(browser: Browser) -> Iterator[Page]:
    """A page in a browser without JavaScript."""
    context = open_context(browser, PHONE, script=False)
    yield context.new_page()
    context.close()


class Store:
    """Plays our site's upload address and the store behind it; remembers what it was given."""

    def __init__(self, page: Page, refusal: str = "") -> None:
        self.asked: list[dict[str, object]] = []
        self.tokens: list[str] = []
        self.stored: list[bytes] = []
        self._refusal = refusal
        page.route("**/fichiers", self._ask)
        page.route(f"{STORE}**", self._keep)

    def _ask(self, route: Route) -> None:
        self.asked.append(json.loads(route.request.post_data or "{}"))
        self.tokens.append(route.request.headers["x-form-token"])
        if self._refusal:
            return route.fulfill(
                status=400, content_type="application/json", body=json.dumps({"detail": self._refusal})
            )
        body = {"id": f"up-{len(self.asked)}", "url": STORE, "fields": {"key": "incoming/x", "policy": "p"}}
        return route.fulfill(status=200, content_type="application/json", body=json.dumps(body))

    def _keep(self, route: Route) -> None:
        self.stored.append(route.request.post_data_buffer or b"")
        route.fulfill(status=204, headers={"Access-Control-Allow-Origin": "*"})


def _file(name: str = "facture.pdf", content: bytes = b"%PDF-1.7") -> dict[str, object]:
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def _choose(page: Page, *files: dict[str, object]) -> None:
    page.locator("#f-upload").set_input_files(list(files))  # type: ignore[arg-type]


def test_file_goes_straight_to_the_store_and_its_id_into_the_form(page: Page) -> None:
    store = Store(page)
    page.goto(f"{SITE}/demande-nouvelle")
    _choose(page, _file("plan.pdf"), _file("devis.pdf"))
    expect(page.locator("[data-files] input[type=hidden]")).to_have_count(2)
    assert [asked["name"] for asked in store.asked] == ["plan.pdf", "devis.pdf"]
    assert store.tokens[0].startswith("nonce.")
    assert b"incoming/x" in store.stored[0]
    assert store.stored[0].index(b'name="key"') < store.stored[0].index(b'name="file"')


def test_removed_file_leaves_the_form(page: Page) -> None:
    Store(page)
    page.goto(f"{SITE}/demande-nouvelle")
    _choose(page, _file())
    page.get_by_role("button", name="Retirer facture.pdf").click()
    expect(page.locator("[data-files] input[type=hidden]")).to_have_count(0)
    expect(page.locator("[data-say]")).to_have_text("facture.pdf retiré.")


def test_file_too_heavy_is_refused_before_it_leaves(page: Page) -> None:
    store = Store(page)
    page.goto(f"{SITE}/demande-nouvelle")
    page.locator("[data-upload]").evaluate("box => box.dataset.maxMegabytes = '1'")
    _choose(page, _file(content=b"%PDF" + b"0" * 1_200_000))
    expect(page.locator("[data-files] .wrong")).to_contain_text("1\u00a0Mo au plus")
    assert store.asked == []


def test_refusal_of_the_site_is_shown_beside_the_file(page: Page) -> None:
    Store(page, refusal="Ce type de fichier n’est pas accepté.")
    page.goto(f"{SITE}/demande-nouvelle")
    _choose(page, _file("x.exe"))
    expect(page.locator("[data-files] .wrong")).to_contain_text("n’est pas accepté")
    expect(page.locator("[data-files] input[type=hidden]")).to_have_count(0)


def test_large_photo_is_made_smaller_on_the_phone(page: Page) -> None:
    """peers.md complaint 21: photos of today's phones are not refused, they are reduced."""
    store = Store(page)
    page.goto(f"{SITE}/demande-nouvelle")
    page.locator("#f-upload").evaluate(
        """async input => {
            const canvas = new OffscreenCanvas(3000, 2000);
            const ink = canvas.getContext("2d");
            const noise = ink.createImageData(3000, 2000);
            for (let i = 0; i < noise.data.length; i++) noise.data[i] = i % 4 === 3 ? 255 : Math.random() * 256;
            ink.putImageData(noise, 0, 0);
            const chosen = new DataTransfer();
            const photo = await canvas.convertToBlob({type: "image/png"});
            chosen.items.add(new File([photo], "cave.png", {type: "image/png"}));
            input.files = chosen.files;
            input.dispatchEvent(new Event("change"));
        }"""
    )
    expect(page.locator("[data-files] input[type=hidden]")).to_have_count(1, timeout=15_000)
    assert store.asked[0]["name"] == "cave.jpg"
    assert store.asked[0]["type"] == "image/jpeg"


def test_second_press_of_a_button_sends_nothing(page: Page) -> None:
    page.goto(f"{SITE}/connexion")
    sent: list[str] = []

    def take(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(status=204)

    page.route("**/connexion", take)
    with page.expect_request("**/connexion"):
        page.evaluate("() => { const form = document.forms[0]; form.requestSubmit(); form.requestSubmit(); }")
    page.goto(f"{SITE}/oubli")
    assert sent == ["POST"]


def test_error_summary_has_the_focus_and_leads_to_the_field(page: Page) -> None:
    page.goto(f"{SITE}/demande-nouvelle")
    expect(page.locator(".summary")).to_be_focused()
    page.get_by_role("link", name="Donnez un titre à votre demande.").click()
    expect(page.locator("#f-title")).to_be_focused()


@pytest.mark.skipif(not asset("vendor/accessible-autocomplete.min.js"), reason="vendor/ is not built")
def test_long_list_is_searched_without_accents_and_fills_the_select(page: Page) -> None:
    page.goto(f"{SITE}/ticket-nouveau")
    field = page.get_by_role("combobox", name="Intervenant connu").first
    field.fill("plomb")
    page.get_by_role("option", name="Plomberie Marchetti").click()
    assert page.locator("select[name='supplier.0.id']").evaluate("list => list.value") == "plomberie-marchetti"
    field.fill("")
    assert page.locator("select[name='supplier.0.id']").evaluate("list => list.value") == ""


def test_supplier_sees_only_the_fields_of_his_answer(page: Page) -> None:
    page.goto(f"{SITE}/intervenant-reponse")
    expect(page.get_by_label("Date", exact=True)).to_be_visible()
    page.get_by_label("Je refuse").check()
    expect(page.get_by_label("Date", exact=True)).to_be_hidden()
    page.get_by_label("J’accepte").check()
    page.get_by_label("Dans un créneau").check()
    expect(page.get_by_label("Entre")).to_be_visible()
    expect(page.get_by_label("Heure", exact=True)).to_be_hidden()


def test_without_script_a_file_is_added_on_its_own_page(bare: Page) -> None:
    bare.goto(f"{SITE}/demande-nouvelle")
    link = bare.get_by_role("link", name="Ajouter un fichier sur une page à part")
    expect(link).to_have_attribute("href", "/fichiers/ajouter?pour=d1")
    bare.goto(f"{SITE}/ajouter-fichier")
    expect(bare.locator("form[enctype='multipart/form-data'] input[type=file]")).to_be_visible()


def test_without_script_a_list_is_a_plain_select(bare: Page) -> None:
    bare.goto(f"{SITE}/ticket-nouveau")
    bare.locator("select[name='supplier.0.id']").select_option("plomberie-marchetti")


def test_menus_open_and_close_with_the_keyboard(page: Page) -> None:
    page.goto(f"{SITE}/accueil")
    menu = page.locator(".me")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Déconnexion")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Déconnexion")).to_be_hidden()
