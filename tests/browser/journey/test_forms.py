"""Bad input: said beside the field and in the summary; what was typed and sent stays (AUT-006, TCK-040, SLF-004)."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.journey import people as who
from tests.browser.journey.agency import PASSWORD, Agency
from tests.browser.journey.files import PHOTO
from tests.browser.journey.forms import came_back, keeps
from tests.browser.journey.scenes import new_order, new_request
from tests.browser.journey.viewer import DESK, PHONE, Viewer

pytestmark = pytest.mark.browser

Sit = Callable[..., Viewer]


@pytest.fixture
def sit(agency: Agency, browser: Browser) -> Iterator[Sit]:
    """Seat somebody at a browser: `sit(DESK)`, `sit(PHONE, script=False)`."""
    seated: list[Viewer] = []

    def seat(width: int, *, script: bool = True) -> Viewer:
        seated.append(Viewer(browser, agency.site, "forms", width, script=script))
        return seated[-1]

    yield seat
    for viewer in seated:
        viewer.close()


def test_wrong_password_keeps_the_login(agency: Agency, sit: Sit) -> None:
    viewer = sit(PHONE)
    viewer.open("/connexion")
    viewer.fill(login="NOBODY", password="wrong")
    viewer.press("Valider", "connexion-refusee")
    viewer.reads("Identifiant ou mot de passe incorrect.")
    keeps(viewer, login="NOBODY", password="")
    expect(viewer.page.locator(".summary")).to_be_focused()


def test_weak_new_password_is_explained_rule_by_rule(agency: Agency, sit: Sit) -> None:
    """AUT-006: what is missing is marked in the list of rules; passwords never come back."""
    viewer = sit(PHONE)
    login, given = agency.first_password(who.ACCOUNTANT)
    viewer.open("/connexion")
    viewer.fill(login=login, password=given)
    viewer.press("Valider")
    viewer.fill(password="faible", again="autre")
    viewer.press("Valider", "mot-de-passe-faible")
    assert viewer.page.locator(".rules .failed").count() >= 2
    viewer.reads("Les deux saisies ne sont pas identiques")
    keeps(viewer, password="", again="")


def test_ticket_form_comes_back_whole(agency: Agency, sit: Sit) -> None:
    viewer = sit(DESK)
    viewer.arrives(agency.own_password(who.SECOND_MANAGER), PASSWORD)
    viewer.open("/gestion/syndic/tickets/nouveau", "nouveau-ticket")
    viewer.fill(subject="", description="Porte cassée.", supplier__0__comment="Sonner deux fois.")
    viewer.sends_file("upload", PHOTO)
    viewer.press("Créer le ticket", "ticket-refuse")
    came_back(
        viewer,
        place="Choisissez le lieu.",
        subject="Indiquez le sujet.",
        source="Indiquez d’où vient la demande.",
        supplier__0__id="Choisissez un intervenant.",
    )
    keeps(viewer, description="Porte cassée.", supplier__0__comment="Sonner deux fois.")
    expect(viewer.page.get_by_label("joindre palier.png")).to_be_checked()


def test_acceptance_in_the_past_or_without_duration_is_refused(agency: Agency, sit: Sit) -> None:
    """SLF-004, TCA-016."""
    viewer = sit(PHONE)
    viewer.open(new_order(agency, "Minuterie en panne").link)
    viewer.pick("J’accepte")
    past = (dt.datetime.fromisoformat(agency.cloud.now()) - dt.timedelta(days=2)).date().isoformat()
    viewer.fill(date=past, time="09:00", comment="J’ai la pièce.")
    viewer.press("Envoyer ma réponse", "acceptation-refusee")
    came_back(viewer, date="Cette date est passée.", duration_hours="Indiquez une durée prévue")
    keeps(viewer, date=past, time="09:00", comment="J’ai la pièce.")
    expect(viewer.page.get_by_label("J’accepte")).to_be_checked()


def test_request_keeps_its_photo_when_it_comes_back(agency: Agency, sit: Sit) -> None:
    """REQ-002: the photo is sent once, and is in the request that goes at last."""
    viewer = sit(PHONE)
    viewer.arrives(agency.own_password(who.NEIGHBOUR), PASSWORD)
    viewer.open("/demandes/nouvelle", "demande")
    viewer.pick("Demande d’intervention")
    viewer.page.get_by_label("Lieu concerné").select_option(index=1)
    viewer.fill(description="Elle goutte depuis hier.")
    viewer.sends_file("upload", PHOTO)
    viewer.press("Envoyer la demande", "demande-refusee")
    came_back(viewer, title="Donnez un titre.")
    keeps(viewer, description="Elle goutte depuis hier.")
    viewer.fill(title="Fuite sous l’évier")
    viewer.press("Envoyer la demande", "demande-envoyee")
    viewer.reads("Fuite sous l’évier", "palier.png")


def test_file_of_a_wrong_kind_is_refused_beside_its_name(agency: Agency, sit: Sit) -> None:
    viewer = sit(PHONE)
    viewer.arrives(agency.own_password(who.NEIGHBOUR), PASSWORD)
    viewer.open("/demandes/nouvelle")
    viewer.offers_file("upload", {"name": "virus.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ"})
    expect(viewer.page.locator("[data-files] .wrong")).to_contain_text("virus.exe")
    viewer.forgives("status of 400")


def test_request_with_a_photo_without_javascript(agency: Agency, sit: Sit) -> None:
    """The page `/fichiers/ajouter` posts straight to the store, which leads back."""
    viewer = sit(PHONE, script=False)
    viewer.arrives(agency.own_password(who.NEIGHBOUR), PASSWORD)
    viewer.open("/demandes/nouvelle", "sans-script-demande")
    viewer.follow("Ajouter un fichier sur une page à part", "sans-script-fichier")
    viewer.page.locator("input[type=file]").set_input_files(PHOTO)
    viewer.press("Envoyer le fichier", "sans-script-fichier-envoye")
    viewer.reads("palier.png est ajouté")
    viewer.follow("Revenir au formulaire", "sans-script-demande-avec-fichier")
    expect(viewer.page.get_by_label("joindre palier.png")).to_be_checked()
    viewer.pick("Demande d’intervention")
    viewer.page.get_by_label("Lieu concerné").select_option(index=1)
    viewer.fill(title="Vitre fêlée", description="Au premier étage.")
    viewer.press("Envoyer la demande", "sans-script-demande-envoyee")
    viewer.reads("Vitre fêlée", "palier.png")


def test_validation_without_javascript(agency: Agency, sit: Sit) -> None:
    """TCK-007: lists stay lists, a block more is one more page, errors come back all the same."""
    number = new_request(agency, "Robinet qui fuit")
    viewer = sit(DESK, script=False)
    viewer.arrives(agency.own_password(who.SECOND_MANAGER), PASSWORD)
    viewer.open(f"/gestion/tickets/{number}/valider", "sans-script-validation")
    viewer.fill(subject="")
    viewer.press("Valider le ticket", "sans-script-validation-refusee")
    came_back(viewer, subject="Indiquez le sujet.", supplier__0__id="Choisissez un intervenant.")
    viewer.fill(subject="Robinet de la cour")
    viewer.press("Ajouter une personne")
    keeps(viewer, subject="Robinet de la cour")
    viewer.page.get_by_label("Intervenant connu").select_option(who.SUPPLIER)
    viewer.press("Valider le ticket", "sans-script-valide")
    viewer.reads("Le ticket est validé.", "Robinet de la cour", who.SUPPLIER_NAME)


def test_supplier_answers_without_javascript(agency: Agency, sit: Sit) -> None:
    viewer = sit(PHONE, script=False)
    viewer.open(new_order(agency, "Digicode muet").link, "sans-script-lien")
    viewer.pick("J’accepte")
    coming = (dt.datetime.fromisoformat(agency.cloud.now()) + dt.timedelta(days=2)).date().isoformat()
    viewer.fill(date=coming, time="08:30", duration_hours="1")
    viewer.press("Envoyer ma réponse", "sans-script-accepte")
    viewer.reads("votre rendez-vous est enregistré")
    viewer.follow("Revoir l’intervention")
    viewer.fill(comment="Clavier changé.")
    viewer.press("Confirmer la fin de l’intervention", "sans-script-fin")
    viewer.reads("la fin de l’intervention est enregistrée")


def test_a_form_sent_twice_says_so(agency: Agency, sit: Sit) -> None:
    """The network sent it once already, unseen; pressing once more does nothing twice."""
    viewer = sit(DESK)
    number = new_request(agency, "Ampoule grillée")
    viewer.arrives(agency.own_password(who.SECOND_MANAGER), PASSWORD)
    viewer.open(f"/gestion/tickets/{number}/note")
    token = viewer.page.locator('main [name="form_token"]').input_value()
    viewer.fill(text="Appelé le gardien.")
    viewer.page.request.post(viewer.page.url, form={"form_token": token, "text": "Appelé le gardien."})
    viewer.press("Ajouter la note", "deux-fois")
    viewer.reads("rien n’a été fait deux fois")
    expect(viewer.page.get_by_text("Appelé le gardien.")).to_have_count(1)
