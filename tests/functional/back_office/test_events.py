"""The payloads of ``events/back_office`` are ones that the app answers, each by the view it is named after."""

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

EVENTS = sorted((Path(__file__).parents[3] / "events" / "back_office").glob("*.json"))


@pytest.mark.parametrize("path", EVENTS, ids=lambda path: path.stem)
def test_saved_event_is_answered(path: Path, back_office: ModuleType) -> None:
    event: dict[str, Any] = json.loads(path.read_text("utf-8"))
    answer = back_office.app(event, None)
    open_to_all = event["resource"] == "/api/v1/openapi.json"
    assert answer["statusCode"] == (200 if open_to_all else 401), "the saved key is nobody's"


def test_every_route_has_a_saved_event(back_office: ModuleType) -> None:
    events = [json.loads(path.read_text("utf-8")) for path in EVENTS]
    saved = {(event["httpMethod"], event["resource"]) for event in events}
    assert saved == {(rule.method, rule.path) for rule in back_office.site.rules}
