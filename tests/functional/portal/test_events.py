"""The payloads of ``events/`` are understood: a session that is over leads to the sign-in page."""

import importlib
import json
from pathlib import Path

import pytest

from tests.functional.portal.conftest import World

EVENTS = Path(__file__).parents[3] / "events"
CLIENT = sorted(file for name in ("client_portal", "client_actions") for file in (EVENTS / name).glob("*.json"))


@pytest.mark.parametrize("file", CLIENT, ids=[f"{file.parent.name}/{file.stem}" for file in CLIENT])
def test_a_payload_of_a_signed_out_person_leads_to_the_sign_in_page(world: World, file: Path) -> None:
    del world  # the functions read its table
    app = importlib.import_module(f"functions.{file.parent.name}.app").app
    answer = app(json.loads(file.read_text("utf-8")), None)
    where, _, back = answer["headers"]["Location"].partition("?suite=")
    assert (answer["statusCode"], where) == (303, "/connexion")
    assert back in {"", json.loads(file.read_text("utf-8"))["path"]}


def test_an_old_address_of_a_style_sheet_is_not_there() -> None:
    payload = json.loads((EVENTS / "assets" / "style_sheet.json").read_text("utf-8"))
    assert importlib.import_module("functions.assets.app").app(payload, None)["statusCode"] == 404
