"""Files from the browser to the store and back, through the real functions (TCK-037, SLF-011, DOC-032)."""

import html
import json
import re
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest

from palier.aws.files import Files, UploadMissingError
from palier.kernel.ids import AgencyId, UploadId
from palier.people.caller import CouncilRole
from palier.requests.model import INTERVENTION
from tests.functional.portal.conftest import Answer, Browser, World

PHOTO = b"\xff\xd8\xff\xe0" + b"0" * 500
LEAK = {"kind": INTERVENTION, "place": "B1/L1", "title": "Fuite", "description": "Ça coule."}


def fetch(answer: Answer) -> httpx.Response:
    return httpx.get(answer.location, trust_env=False)


def ready(browser: Browser) -> Browser:
    browser.get("/demandes/nouvelle")
    return browser


def test_a_photo_goes_with_a_request_and_comes_back_to_its_sender_alone(world: World) -> None:
    me = ready(world.client())
    upload = me.upload("Évier cassé.jpg", "image/jpeg", PHOTO)
    assert me.post("/demandes", **LEAK, upload=[upload, upload]).status == 303
    assert len(world.head(1)["draft"]["attachments"]) == 1
    found = fetch(me.get("/demandes/1/fichiers/1-0"))
    assert (found.status_code, found.content) == (200, PHOTO)
    assert found.headers["content-type"] == "image/jpeg"
    assert found.headers["content-disposition"].startswith('inline; filename="_vier cass_.jpg"')
    assert fetch(me.get("/interventions/1/fichiers/1-0")).content == PHOTO
    member = world.client("P2", council=CouncilRole.MEMBER)
    assert member.get("/interventions/1").status == 200
    assert member.get("/interventions/1/fichiers/1-0").status == 404
    assert member.get("/demandes/1/fichiers/1-0").status == 404
    assert me.get("/demandes/1/fichiers/9-9").status == 404


def test_a_document_is_saved_and_never_opened_in_place(world: World) -> None:
    me = ready(world.client())
    upload = me.upload("note.txt", "text/plain", b"<script>alert(1)</script>")
    me.post("/demandes", **{**LEAK, "kind": "Autre demande"}, upload=upload)
    found = fetch(me.get("/demandes/1/fichiers/0-0"))
    assert found.headers["content-disposition"].startswith("attachment")
    assert found.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("name", "kind", "size", "code"),
    [
        ("virus.exe", "application/octet-stream", 9, "WRONG_TYPE"),
        ("photo.jpg", "text/html", 9, "WRONG_TYPE"),
        ("photo.jpg", "image/jpeg", 15 * 1024 * 1024 + 1, "TOO_LARGE"),
        ("photo", "image/jpeg", 9, "BAD_NAME"),
    ],
)
def test_what_cannot_be_taken_is_refused_before_it_is_sent(
    world: World, name: str, kind: str, size: int, code: str
) -> None:
    answer = ready(world.client()).ask_place(name, kind, size)
    assert (answer.status, json.loads(answer.text)["code"]) == (400, code)
    assert json.loads(answer.text)["detail"]


def test_a_place_is_given_to_nobody_without_the_token_of_his_form(world: World) -> None:
    me = ready(world.client())
    assert me.ask_place("photo.jpg", "image/jpeg", 9, token="").status == 403
    assert me.ask_place("photo.jpg", "image/jpeg", 9, token="x.y").status == 403


def test_the_store_takes_only_what_was_promised(world: World) -> None:
    me = ready(world.client())
    place = json.loads(me.ask_place("photo.jpg", "image/jpeg", 100).text)

    def post(content: bytes, **changed: str) -> int:
        fields = {**place["fields"], **changed}
        return httpx.post(place["url"], data=fields, files={"file": content}, trust_env=False).status_code

    assert post(b"x" * 101) >= 400
    assert post(b"x", **{"Content-Type": "text/html"}) >= 400
    assert post(b"x", key=place["fields"]["key"].replace("/demo/", "/other/")) >= 400
    assert post(PHOTO[:100]) == 204


def test_a_file_that_is_not_what_it_says_comes_back_beside_its_field(world: World) -> None:
    me = ready(world.client())
    good, bad = me.upload("photo.jpg", "image/jpeg", PHOTO), me.upload("devis.pdf", "application/pdf", b"<html>")
    answer = me.post("/demandes", **LEAK, upload=[good, bad])
    assert answer.status == 400
    assert "devis.pdf : Ce fichier n’est pas d’un type accepté" in answer.plain
    assert f'value="{html.escape(good)}" checked' in answer.text
    assert "Ça coule." in answer.text


def test_files_survive_an_error_in_another_field(world: World) -> None:
    me = ready(world.client())
    upload = me.upload("photo.jpg", "image/jpeg", PHOTO)
    answer = me.post("/demandes", **{**LEAK, "title": ""}, upload=upload)
    assert answer.status == 400
    assert f'value="{html.escape(upload)}" checked' in answer.text
    assert me.post("/demandes", **LEAK, upload=upload).status == 303


def test_one_agency_cannot_attach_nor_fetch_the_file_of_another(world: World) -> None:
    """PLT-003."""
    world.settle(agency="other")
    stranger = ready(world.client("P7", agency="other"))
    upload = ready(world.client()).upload("photo.jpg", "image/jpeg", PHOTO)
    answer = stranger.post("/demandes", **LEAK, upload=upload)
    assert answer.status == 400
    assert "Ce fichier n’est pas arrivé" in answer.plain
    store, ours, theirs = Files(), AgencyId("demo"), AgencyId("other")
    seen = store.inspect(ours, UploadId(upload))
    key = store.keep(ours, UploadId(upload), seen, "photo.jpg", "image/jpeg")
    with pytest.raises(UploadMissingError):
        store.presign_download(theirs, key, "photo.jpg", "image/jpeg", inline=True)


@pytest.mark.parametrize("made_up", ["x", "a/b", "../demo/x.jpg", "A" * 22 + "/photo.jpg", "A" * 22 + "/../x.jpg", "é"])
def test_an_id_that_somebody_made_up_finds_nothing(world: World, made_up: str) -> None:
    answer = ready(world.client()).post("/demandes", **LEAK, upload=made_up)
    assert answer.status == 400
    assert "n’est pas arrivé ou n’est plus disponible" in answer.plain


def test_a_file_sent_again_under_the_same_form_changes_nothing_that_was_attached(world: World) -> None:
    me = ready(world.client())
    place = json.loads(me.ask_place("photo.jpg", "image/jpeg", len(PHOTO)).text)

    def post(content: bytes) -> None:
        httpx.post(place["url"], data=place["fields"], files={"file": content}, trust_env=False)

    post(PHOTO)
    me.post("/demandes", **LEAK, upload=place["id"])
    post(PHOTO.replace(b"0", b"1"))
    me.get("/demandes/nouvelle")
    me.post("/demandes", **LEAK, upload=place["id"])
    assert fetch(me.get("/demandes/1/fichiers/1-0")).content == PHOTO
    assert fetch(me.get("/demandes/2/fichiers/1-0")).content == PHOTO.replace(b"0", b"1")


def test_without_javascript_a_file_goes_through_its_own_page(world: World) -> None:
    me = world.client()
    field = html.unescape(me.get("/demandes/nouvelle").text)
    (address,) = set(re.findall(r'href="(/fichiers/ajouter\?[^"]*)"', field))
    page = me.get(address)
    names = re.findall(r'name="([^"]+)" value="([^"]*)"', page.text.partition('enctype="multipart')[2])
    action = re.search(r'action="([^"]+)" enctype', page.text)
    assert action
    sent = httpx.post(
        html.unescape(action[1]),
        data={name: html.unescape(value) for name, value in names},
        files={"file": ("photo.jpg", PHOTO)},
        trust_env=False,
    )
    assert sent.status_code == 303
    back = urlsplit(sent.headers["location"])
    query = {name: values[0] for name, values in parse_qs(back.query).items()}
    arrived = me.get(f"{back.path}?" + "&".join(f"{name}={quote(value)}" for name, value in query.items()))
    assert "photo.jpg est ajouté." in arrived.plain
    form = re.search(r'href="(/demandes/nouvelle\?fichiers=[^"]+)"', arrived.text)
    assert form
    again = me.get(html.unescape(form[1]))
    found = re.search(r'name="upload" value="([^"]+)" checked', again.text)
    assert found
    assert me.post("/demandes", **LEAK, upload=html.unescape(found[1])).status == 303
    assert world.head(1)["draft"]["attachments"][0]["name"] == "photo.jpg"


def test_the_page_without_javascript_only_leads_back_to_our_own_forms(world: World) -> None:
    text = world.client().get("/fichiers/ajouter?pour=https://piege.example/").text
    assert "piege.example" not in text
