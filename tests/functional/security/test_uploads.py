"""Files: what is promised, what is stored and what is attached must agree, and be the sender's own (DOC)."""

import json
from collections.abc import Mapping

import httpx
import pytest

from tests.functional.agencies import PHOTO, Browser, store
from tests.functional.security.objects import JSON_HEADERS
from tests.functional.security.scene import Scene, changed, state

TOO_LARGE = 15 * 1024 * 1024 + 1
REFUSED: list[Mapping[str, object] | str] = [
    {"name": "virus.exe", "type": "application/x-msdownload", "size": 10},
    {"name": "page.html", "type": "text/html", "size": 10},
    {"name": "image.svg", "type": "image/svg+xml", "size": 10},
    {"name": "photo.jpg", "type": "text/html", "size": 10},
    {"name": "photo.jpg.exe", "type": "image/jpeg", "size": 10},
    {"name": "sans-extension", "type": "image/jpeg", "size": 10},
    {"name": "", "type": "image/jpeg", "size": 10},
    {"name": ".jpg", "type": "image/jpeg", "size": 10},
    {"name": "photo.jpg", "type": "image/jpeg", "size": 0},
    {"name": "photo.jpg", "type": "image/jpeg", "size": -1},
    {"name": "photo.jpg", "type": "image/jpeg", "size": TOO_LARGE},
    {"name": "photo.jpg", "type": "image/jpeg", "size": 10**30},
    {"name": "photo.jpg", "type": "image/jpeg", "size": "10"},
    {"name": "photo.jpg", "type": "image/jpeg"},
    {"name": ["photo.jpg"], "type": "image/jpeg", "size": 10},
    "",
    "[]",
    "not JSON",
    "[" * 5000,
]


def _doors(scene: Scene) -> dict[str, Browser]:
    """Where each kind of person asks for a place, in a browser with a good token."""
    people, supplier = scene.agency.people, scene.agency.browser()
    people["owner"].get("/demandes/nouvelle")
    people["manager"].get("/gestion/syndic/tickets/nouveau")
    supplier.get(scene.links["plumber"])
    link = f"{scene.links['plumber']}/fichiers"
    return {"/fichiers": people["owner"], "/gestion/fichiers": people["manager"], link: supplier}


def _ask(door: str, browser: Browser, promise: Mapping[str, object] | str) -> httpx.Response:
    content = promise if isinstance(promise, str) else json.dumps(promise)
    return browser.http.post(door, content=content, headers={**JSON_HEADERS, "X-Form-Token": browser.token})


def test_a_bad_promise_gets_no_place(ours: Scene) -> None:
    for door, browser in _doors(ours).items():
        for promise in REFUSED:
            answer = _ask(door, browser, promise)
            assert answer.status_code == 400, (door, promise, answer.text)
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["detail"]


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd.jpg",
        "C:\\photos\\a.jpg",
        "a\r\nX-Header: 1.jpg",
        "a\x00b.jpg",
        "«é»<b>.jpg",
        "a" * 900 + ".jpg",
    ],
)
def test_a_hostile_name_stays_inside_the_senders_folder(ours: Scene, name: str) -> None:
    door, browser = next(iter(_doors(ours).items()))
    place = _ask(door, browser, {"name": name, "type": "image/jpeg", "size": len(PHOTO)}).json()
    upload, kept = place["id"].split("/")
    assert place["fields"]["key"] == f"incoming/{ours.agency.slug}/{upload}/{kept}"
    assert kept.isprintable()
    assert not set(kept) & set('/\\"<>:#%')
    assert len(kept) <= 110


def test_the_store_takes_only_what_was_promised(ours: Scene) -> None:
    door, browser = next(iter(_doors(ours).items()))
    place = _ask(door, browser, {"name": "photo.jpg", "type": "image/jpeg", "size": len(PHOTO)}).json()
    elsewhere = {**place, "fields": {**place["fields"], "key": f"files/{ours.agency.slug}/x.jpg"}}
    neighbours = {**place, "fields": {**place["fields"], "key": f"incoming/beta/{place['id']}"}}
    unsigned = {**place, "fields": {"key": place["fields"]["key"]}}
    for wrong in (elsewhere, neighbours, unsigned):
        assert store(wrong, PHOTO).status_code in {400, 403}, wrong["fields"]["key"]
    assert store(place, PHOTO + b"0").status_code in {400, 403}
    assert store(place, b"").status_code in {400, 403}
    assert store(place, PHOTO, kind="text/html").status_code in {400, 403}
    assert store(place, PHOTO).status_code == 204


def test_nobody_reads_the_store_without_a_signature(ours: Scene) -> None:
    door, browser = next(iter(_doors(ours).items()))
    place = _ask(door, browser, {"name": "photo.jpg", "type": "image/jpeg", "size": len(PHOTO)}).json()
    assert store(place, PHOTO).status_code == 204
    for address in (place["url"], f"{place['url'].rstrip('/')}/{place['fields']['key']}"):
        assert httpx.get(address, trust_env=False).status_code in {403, 404}


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        ("photo.jpg", "image/jpeg", b"<!doctype html><script>alert(1)</script>"),
        ("facture.pdf", "application/pdf", b"MZ\x90\x00" + b"0" * 60),
        ("photo.png", "image/png", PHOTO),
        ("note.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04zip"),
        ("note.txt", "text/plain", b"\x00\x01\x02binary"),
    ],
)
def test_what_is_not_what_its_name_says_is_not_attached(ours: Scene, name: str, kind: str, content: bytes) -> None:
    for door, browser in _doors(ours).items():
        upload = browser.upload(door, name, content, kind)
        before = state(ours)
        answer = _attach(ours, door, browser, upload)
        assert answer.status_code == 400, (door, answer.status_code)
        assert "n’est pas d’un type accepté" in answer.text
        assert changed(before, state(ours)) == []


def test_an_upload_is_its_agencys_own_and_really_there(ours: Scene, theirs: Scene) -> None:
    own = ours.upload.split("/")[0]
    ids = [
        theirs.upload,
        f"{'A' * 22}/photo.jpg",
        f"{own}/../../{theirs.agency.slug}/{theirs.upload}",
        f"{own}/other.jpg",
        "../../../files",
        "x",
        f"{own}/",
        f"{'A' * 22}/{'a' * 3000}.jpg",
    ]
    before, kept = state(ours), _kept(ours)
    for door, browser in _doors(ours).items():
        for upload in ids:
            answer = _attach(ours, door, browser, upload)
            assert answer.status_code == 400, (door, upload, answer.status_code)
            assert theirs.agency.mark not in answer.text
    assert changed(before, state(ours)) == []
    assert _kept(ours) == kept


def test_more_than_ten_files_are_refused(ours: Scene) -> None:
    before = state(ours)
    many = [f"{str(number).zfill(22)}/photo.jpg" for number in range(11)]
    for door, browser in _doors(ours).items():
        answer = _attach(ours, door, browser, *many)
        assert (answer.status_code, "10 fichiers au plus" in answer.text) == (400, True)
    assert changed(before, state(ours)) == []


def test_an_upload_named_twice_is_attached_once_and_serves_again(theirs: Scene) -> None:
    """A second form with the same id keeps the same file: nothing is overwritten, nothing multiplies."""
    doors = _doors(theirs)
    door, browser = list(doors.items())[1]
    upload = browser.upload(door)
    before = _kept(theirs)
    assert _attach(theirs, door, browser, upload, upload).status_code == 303
    browser.get("/gestion/syndic/tickets/nouveau")
    assert _attach(theirs, door, browser, upload).status_code == 303
    assert len(_kept(theirs) - before) == 1


def _attach(scene: Scene, door: str, browser: Browser, *uploads: str) -> httpx.Response:
    """Send the form that these files are for."""
    said = {"upload": list(uploads)}
    if door == "/fichiers":
        return browser.post(f"/interventions/{scene.leak}/message", {"message": "Photo", **said})
    if door == "/gestion/fichiers":
        return browser.post(f"/gestion/tickets/{scene.order}/note", {"text": "Photo", **said})
    return browser.post(door.replace("/fichiers", "/message"), {"message": "Photo", **said})


def _kept(scene: Scene) -> set[str]:
    """The files that the agency keeps."""
    client = scene.cloud.client("s3")
    bucket = next(one["Name"] for one in client.list_buckets()["Buckets"] if "files" in one["Name"])
    found = client.list_objects_v2(Bucket=bucket, Prefix=f"files/{scene.agency.slug}/")
    return {one["Key"] for one in found.get("Contents", [])}
