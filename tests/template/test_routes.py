"""The API's paths are the routes of the code, neither more nor fewer."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from infra import routes
from infra.lint.exceptions import READ_ONLY
from infra.tools.translate import translated

EXAMPLE = f"""
paths:
{routes.BEGIN} (a remark)
          "/old":
            get: {{}}
{routes.END}
rest: true
"""


@cache
def of_code() -> list[routes.Route]:
    """Import the apps in a process of its own: they must not lead this one's clients nowhere."""
    environment = {**os.environ, "PYTHONPATH": f"{routes.ROOT}{os.pathsep}{routes.ROOT / 'shared'}"}
    command = (sys.executable, "-m", "infra.routes", "--list")
    listed = subprocess.run(command, cwd=routes.ROOT, env=environment, capture_output=True, text=True, check=False)
    assert listed.returncode == 0, listed.stderr
    return [routes.Route(*route) for route in json.loads(listed.stdout)]


def of_template() -> dict[tuple[str, str], str]:
    """Return the function that the API's body names for each path and method."""
    paths: dict[str, dict[str, Any]] = translated()["Resources"]["Api"]["Properties"]["Body"]["paths"]
    return {(path, method.upper()): _called(way) for path, ways in paths.items() for method, way in ways.items()}


def _called(way: dict[str, Any]) -> str:
    uri: str = way["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
    return uri.split("functions/${")[1].partition(".Arn}")[0]


def test_every_route_of_the_code_is_in_the_template_and_nothing_else_is() -> None:
    wanted = {(route.path, route.method): routes.logical_id(route.function) for route in of_code()}
    assert of_template() == wanted


def test_the_template_is_what_the_generator_would_write() -> None:
    text = routes.TEMPLATE.read_text("utf-8")
    assert routes.with_routes(text, of_code()) == text


def test_methods_are_explicit() -> None:
    """The local cloud drops ANY, and a route that takes any method has not been thought about."""
    assert {method for _, method in of_template()} <= set(routes.METHODS)


def test_functions_that_only_read_answer_only_to_reading() -> None:
    asked = {function: method for (_, method), function in of_template().items() if method not in {"GET", "HEAD"}}
    assert not set(asked) & set(READ_ONLY)


def test_a_path_has_one_name_for_each_of_its_parameters() -> None:
    """API Gateway refuses ``/tickets/{id}`` beside ``/tickets/{number}/close``."""
    names: dict[str, str] = {}
    for path, _ in of_template():
        before = ""
        for part in path.split("/"):
            if part.startswith("{"):
                assert names.setdefault(before, part) == part, f"{before}/ is followed by {names[before]} and {part}"
            before += f"/{part}"


def test_one_route_in_two_functions_is_refused() -> None:
    with pytest.raises(routes.TwoFunctionsAnswerError, match="GET /a: first and second"):
        routes.in_order({"first": [("/a", "GET")], "second": [("/a", "GET")]})


def test_the_same_path_may_be_read_and_written_by_two_functions() -> None:
    found = routes.in_order({"staff_desk": [("/a", "GET")], "staff_actions": [("/a", "POST")]})
    assert [route.function for route in found] == ["staff_desk", "staff_actions"]


def test_what_stands_between_the_markers_is_replaced_and_nothing_else() -> None:
    lines = routes.with_routes(EXAMPLE, [routes.Route("/new", "GET", "assets")]).splitlines()
    assert lines[:3] == EXAMPLE.splitlines()[:3]
    assert lines[-2:] == EXAMPLE.splitlines()[-2:]
    assert any('"/new":' in line for line in lines)
    assert not any("/old" in line for line in lines)


@pytest.mark.parametrize("gone", [[routes.BEGIN], [routes.END], [routes.BEGIN, routes.END]])
def test_a_template_without_markers_is_refused(gone: Sequence[str]) -> None:
    text = EXAMPLE
    for marker in gone:
        text = text.replace(marker, "")
    with pytest.raises(routes.MarkersMissingError):
        routes.with_routes(text, [])


def test_a_folder_name_becomes_its_logical_id() -> None:
    assert routes.logical_id("client_portal") == "ClientPortalFunction"


def test_the_apps_folder_is_read() -> None:
    """Guards the comparison itself: two empty tables would be equal."""
    assert {route.function for route in of_code()} >= {"staff_desk", "staff_actions", "supplier_link", "sign_in"}
    assert Path(routes.ROOT / "functions").is_dir()
