"""Style sheets and scripts: found under their fingerprint, kept for ever; anything else is not there."""

import importlib
from typing import Any

import pytest

from palier.web.assets import STATIC, TYPES, read_assets
from palier.web.render import asset

ASSETS = read_assets()


def get(fingerprint: str, name: str, vendor: str = "") -> dict[str, Any]:
    resource = f"/assets/{{fingerprint}}/{vendor}{{name}}"
    event = {
        "httpMethod": "GET",
        "headers": {},
        "multiValueHeaders": {},
        "multiValueQueryStringParameters": None,
        "pathParameters": {"fingerprint": fingerprint, "name": name},
        "stageVariables": None,
        "requestContext": {"resourcePath": resource, "httpMethod": "GET"},
        "body": None,
        "isBase64Encoded": False,
    }
    answer: dict[str, Any] = importlib.import_module("functions.assets.app").app(event, None)
    return answer


@pytest.mark.parametrize("name", [name for name in ASSETS if "/" not in name])
def test_every_file_is_served_under_the_address_that_pages_use(name: str) -> None:
    _, _, fingerprint, plain = asset(name).split("/")
    answer = get(fingerprint, plain)
    assert answer["statusCode"] == 200
    assert answer["body"] == (STATIC / name).read_text("utf-8")
    assert answer["headers"]["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["headers"]["Content-Type"] == TYPES[f".{name.rpartition('.')[2]}"]
    assert answer["headers"]["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("fingerprint", "name"),
    [
        ("000000000000", "palier.css"),
        ("", "palier.css"),
        (ASSETS["palier.css"].fingerprint, "nothing.css"),
        (ASSETS["palier.css"].fingerprint, "../render.py"),
        (ASSETS["palier.css"].fingerprint, "..%2Frender.py"),
        (ASSETS["palier.css"].fingerprint, "/etc/hostname"),
    ],
)
def test_anything_else_is_not_there_and_is_not_kept(fingerprint: str, name: str) -> None:
    for vendor in ("", "vendor/"):
        answer = get(fingerprint, name, vendor)
        assert answer["statusCode"] == 404
        assert answer["headers"]["Cache-Control"] == "no-store"


def test_every_file_of_the_folder_has_a_type_that_can_be_served() -> None:
    """A font or a bitmap needs ``BinaryMediaTypes`` and another answer: whoever adds one learns it here."""
    files = (file for file in STATIC.rglob("*") if file.is_file() and not file.name.startswith("."))
    strangers = [file.name for file in files if file.suffix not in TYPES]
    assert strangers == []
