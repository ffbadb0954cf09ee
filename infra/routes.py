"""Writes the paths of the API into ``template.yaml`` from the Chalice apps of ``functions/*/app.py``.

The routes stand in the template so that it can be read and deployed alone; they are written from the code so
that nobody types them twice. ``--write`` updates the template, ``--list`` prints the routes; without either
the command says whether the template is up to date.
"""

import argparse
import importlib.util
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "template.yaml"
BEGIN = "          # routes: begin"
END = "          # routes: end"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")

# Enough for the apps to be imported; the address refuses every connection at once.
_NOWHERE = {
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
    "AWS_DEFAULT_REGION": "eu-west-3",
    "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
    "AWS_MAX_ATTEMPTS": "1",
}


class Route(NamedTuple):
    """One path and method, and the function that answers."""

    path: str
    method: str
    function: str


class TwoFunctionsAnswerError(ValueError):
    """Two functions declare the same path and method: only one could ever be called."""


class MarkersMissingError(ValueError):
    """The template has no place for the routes."""


def logical_id(function: str) -> str:
    """Return the template's name of a function folder: ``client_portal`` → ``ClientPortalFunction``."""
    return "".join(part.capitalize() for part in function.split("_")) + "Function"


def in_order(declared: Mapping[str, Sequence[tuple[str, str]]]) -> list[Route]:
    """Sort the (path, method) pairs of every function; one claimed by two is refused."""
    owners: dict[tuple[str, str], str] = {}
    for function, pairs in declared.items():
        for pair in pairs:
            if pair in owners:
                raise TwoFunctionsAnswerError(f"{pair[1]} {pair[0]}: {owners[pair]} and {function}")
            owners[pair] = function
    routes = [Route(path, method, function) for (path, method), function in owners.items()]
    return sorted(routes, key=lambda route: (route.path, METHODS.index(route.method)))


def routes_of_apps(folder: Path = ROOT / "functions") -> list[Route]:
    """Import every app and return its routes. Meant for a process of its own: see ``lead_nowhere``."""
    lead_nowhere()
    return in_order({file.parent.name: list(_routes(_load(file))) for file in sorted(folder.glob("*/app.py"))})


def lead_nowhere() -> None:
    """Give this process the settings of a deployed function, all of them leading nowhere."""
    sys.path.insert(0, str(ROOT / "shared"))
    from palier.aws.settings import NAMES

    os.environ.update(_NOWHERE)
    for name in NAMES:
        os.environ.setdefault(name, f"arn:none:{name.lower()}")


def _load(app_file: Path) -> Any:
    name = f"functions.{app_file.parent.name}.app"
    spec = importlib.util.spec_from_file_location(name, app_file)
    if spec is None or spec.loader is None:
        raise ImportError(str(app_file))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _routes(module: Any) -> Iterator[tuple[str, str]]:
    declared: Mapping[str, Mapping[str, object]] = getattr(getattr(module, "app", None), "routes", {})
    for path, methods in declared.items():
        for method in methods:
            yield path, method


def rendered(routes: Sequence[Route]) -> list[str]:
    """Return the lines that belong between the markers: one per path, then one per route."""
    lines: list[str] = []
    previous = None
    for route in routes:
        if route.path != previous:
            lines.append(f'          "{route.path}":')
        lines.append(f"            {route.method.lower()}: {_integration(route.function)}")
        previous = route.path
    return lines


def _integration(function: str) -> str:
    uri = (
        "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
        f"${{{logical_id(function)}.Arn}}/invocations"
    )
    integration = f'{{type: aws_proxy, httpMethod: POST, uri: !Sub "{uri}"}}'
    return f"{{responses: {{}}, x-amazon-apigateway-integration: {integration}}}"


def with_routes(template: str, routes: Sequence[Route]) -> str:
    """Return the template with what stands between the markers replaced."""
    lines = template.splitlines()
    begins = [number for number, line in enumerate(lines) if line.startswith(BEGIN)]
    ends = [number for number, line in enumerate(lines) if line.startswith(END)]
    if len(begins) != 1 or len(ends) != 1 or begins > ends:
        raise MarkersMissingError(f"expected one {BEGIN.strip()!r}, then one {END.strip()!r}")
    return "\n".join([*lines[: begins[0] + 1], *rendered(routes), *lines[ends[0] :]]) + "\n"


def main() -> int:
    """Write the routes, list them, or compare them."""
    parser = argparse.ArgumentParser(prog="python -m infra.routes", description=__doc__)
    parser.add_argument("--write", action="store_true", help="update template.yaml")
    parser.add_argument("--list", action="store_true", help="print the routes as JSON")
    arguments = parser.parse_args()
    routes = routes_of_apps()
    if arguments.list:
        print(json.dumps(routes))
        return 0
    current = TEMPLATE.read_text("utf-8")
    wanted = with_routes(current, routes)
    if arguments.write:
        TEMPLATE.write_text(wanted, "utf-8")
    elif wanted != current:
        print("template.yaml does not have the routes of the code: run `make routes`")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
