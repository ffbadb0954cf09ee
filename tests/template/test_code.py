"""What the template says of each function is what its code needs, both ways."""

import ast
from typing import Any

import pytest

from infra.routes import logical_id
from infra.tools.translate import parsed
from palier.aws.settings import NAMES
from tests.template import code

TEMPLATE = parsed()
RESOURCES: dict[str, dict[str, Any]] = TEMPLATE["Resources"]
DEPLOYED = {name: r["Properties"] for name, r in RESOURCES.items() if r["Type"] == "AWS::Serverless::Function"}
GIVEN_TO_ALL = set(TEMPLATE["Globals"]["Function"]["Environment"]["Variables"])


def variables(function: str) -> set[str]:
    """Return the environment variables that are a function's own."""
    return set(DEPLOYED[logical_id(function)].get("Environment", {}).get("Variables", {}))


def test_every_folder_is_a_function_and_every_function_has_its_folder() -> None:
    folders = {logical_id(name): f"functions/{name}/" for name in code.functions()}
    assert {name: properties["CodeUri"] for name, properties in DEPLOYED.items()} == folders


@pytest.mark.parametrize("function", code.functions())
def test_handler_is_defined_in_the_code(function: str) -> None:
    module, name = DEPLOYED[logical_id(function)]["Handler"].split(".")
    assert module == "app"
    body = code.tree(code.FUNCTIONS / function / "app.py").body
    defined = {node.name for node in body if isinstance(node, ast.FunctionDef)}
    assigned = {
        leaf.id
        for node in body
        if isinstance(node, ast.Assign)
        for leaf in ast.walk(node)
        if isinstance(leaf, ast.Name)
    }
    assert name in defined | assigned


@pytest.mark.parametrize("function", code.functions())
def test_function_is_given_the_variables_that_its_code_asks_for_and_no_other(function: str) -> None:
    asked = set(NAMES) & set(code.texts_of(function))
    assert variables(function) == asked - GIVEN_TO_ALL


def test_every_variable_of_the_settings_module_is_given_to_somebody() -> None:
    given = GIVEN_TO_ALL.union(*(variables(name) for name in code.functions()))
    assert given == set(NAMES)


@pytest.mark.parametrize("function", code.functions())
def test_function_does_not_call_the_sdk_itself(function: str) -> None:
    named = {module.partition(".")[0] for module in code.imported_by(code.FUNCTIONS / function / "app.py")}
    assert not named & {"boto3", "botocore", "pynamodb"}


@pytest.mark.parametrize("function", code.functions())
def test_function_reads_only_tables_and_buckets_it_may_name(function: str) -> None:
    """A role without the permission and code with the variable, or the reverse, is a mistake in one of the two."""
    role = RESOURCES[logical_id(function).removesuffix("Function") + "Role"]["Properties"]["Policies"]
    assert ("Table.Arn" in str(role)) == ("TABLE_NAME" in variables(function))
    assert ("FilesBucket.Arn" in str(role)) == ("FILES_BUCKET" in variables(function))
    assert ("LinkSecret" in str(role)) == ("LINK_SECRET_ARN" in variables(function))


def test_rules_are_told_the_time() -> None:
    """PLT: no clock inside what decides; `now` is an argument."""
    pure = {"model", "rules", "workflow", "decide", "evolve", "facts", "status", "table", "timing"}
    for path in sorted((code.ROOT / "shared" / "palier").glob("*/*.py")):
        if path.stem in pure and path.parent.name not in {"aws", "web"}:
            called = {
                n.func.attr
                for n in ast.walk(code.tree(path))
                if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)
            }
            assert not called & {"now", "today", "utcnow"}, path
