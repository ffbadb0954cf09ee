"""The same through the deployed template: roles that may just do it, links that browsers can follow."""

import json
import re
from collections.abc import Iterator

import httpx
import pytest

from infra.local.settings import REGION, ROOT_KEY, ROOT_SECRET
from infra.local.testing import LocalCloud
from palier.aws.item import Item
from palier.aws.table import Table
from palier.kernel.clock import FixedClock, SystemClock
from palier.requests.model import INTERVENTION
from tests.functional.portal import conftest
from tests.functional.portal.conftest import World

PHOTO = b"\xff\xd8\xff\xe0" + b"0" * 500
LEAK = {"kind": INTERVENTION, "place": "B1/L1", "title": "Fuite", "description": "Ça coule."}


@pytest.fixture
def site(cloud: LocalCloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[httpx.Client]:
    """A browser on the deployed site, signed in as a co-owner."""
    tables = cloud.client("dynamodb").list_tables()["TableNames"]
    for name, value in {
        "AWS_ENDPOINT_URL": cloud.aws_url,
        "AWS_ACCESS_KEY_ID": ROOT_KEY,
        "AWS_SECRET_ACCESS_KEY": ROOT_SECRET,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
    }.items():
        monkeypatch.setenv(name, value)
    host = httpx.URL(cloud.people_url).netloc.decode()
    monkeypatch.setattr(conftest, "HOST", host)
    world = World(Table(tables[0]), FixedClock(SystemClock().now()), ())
    cookie = world.client().cookie
    with httpx.Client(base_url=cloud.people_url, cookies={"palier": cookie}, trust_env=False, timeout=60) as browser:
        yield browser
    Item._connection = None


def token(page: httpx.Response) -> str:
    assert page.status_code == 200, page.text
    found = re.findall(r'name="form_token" value="([^"]+)"', page.text)
    return str(found[-1])


def test_a_request_with_a_photo_goes_all_the_way(site: httpx.Client) -> None:
    proof = token(site.get("/demandes/nouvelle"))
    promise = {"name": "photo.jpg", "type": "image/jpeg", "size": len(PHOTO)}
    asked = site.post("/fichiers", json=promise, headers={"X-Form-Token": proof})
    assert asked.status_code == 200, asked.text
    place = json.loads(asked.text)
    sent = httpx.post(place["url"], data=place["fields"], files={"file": PHOTO}, trust_env=False)
    assert sent.status_code == 204, sent.text
    taken = site.post("/demandes", data={"form_token": proof, **LEAK, "upload": place["id"]})
    assert taken.status_code == 303, taken.text
    where = taken.headers["location"].partition("?")[0]
    assert "Ça coule." in site.get(where).text
    link = site.get(f"{where}/fichiers/1-0")
    assert httpx.get(link.headers["location"], trust_env=False).content == PHOTO


@pytest.mark.parametrize("address", ["/", "/demandes", "/interventions", "/fichiers/ajouter?pour=/demandes/nouvelle"])
def test_every_page_answers(site: httpx.Client, address: str) -> None:
    assert site.get(address).status_code == 200


def test_pages_find_their_style_sheet(site: httpx.Client) -> None:
    address = re.findall(r'<link rel="stylesheet" href="([^"]+)"', site.get("/").text)[0]
    sheet = site.get(address)
    assert (sheet.status_code, sheet.headers["content-type"]) == (200, "text/css; charset=utf-8")
