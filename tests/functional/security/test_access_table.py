"""Deny by default: Chalice's routes, the access table and the template say the same, and nothing is left out."""

from typing import Any

import msgspec
import pytest

from infra.tools.translate import translated
from palier.aws.table import Table
from palier.kernel.clock import SystemClock
from palier.kernel.errors import ForbiddenError
from palier.people.caller import Caller, Space
from palier.web.access import Access, admit
from palier.web.failures import fail
from palier.web.site import Site
from tests.functional.security.routes import WITHOUT_DATA, access_table
from tests.template.test_routes import of_code

CLIENTS = {Space.CO_OWNER, Space.LANDLORD, Space.RENTER}


def test_every_route_has_an_access_and_every_access_a_route() -> None:
    declared = {(rule.path, rule.method, rule.function) for rule in access_table()}
    routed = {(route.path, route.method, route.function) for route in of_code() if route.function not in WITHOUT_DATA}
    assert declared == routed


def test_the_access_table_is_not_empty() -> None:
    """Guards the comparison: all kinds of callers are met."""
    assert {rule.access for rule in access_table()} == {access.value for access in Access}


def test_a_function_without_access_rules_has_no_data() -> None:
    for function in WITHOUT_DATA:
        name = "".join(part.capitalize() for part in function.split("_"))
        statements = _statements(f"{name}Role")
        assert [statement["Sid"] for statement in statements] == ["Log"]


def test_a_route_cannot_be_declared_without_saying_who_may_call_it() -> None:
    site = Site("test", table=Table("none"), clock=SystemClock(), failure=fail)
    with pytest.raises(TypeError):
        site.route("GET", "/nobody-said")  # type: ignore[call-arg]


def test_no_route_that_changes_something_answers_to_get() -> None:
    """GET never changes state: functions whose routes are all GET may not write; see test_roles."""
    writing = {rule.function for rule in access_table() if rule.method != "GET"}
    reading = {rule.function for rule in access_table()} - writing
    assert reading == {"client_portal", "staff_desk", "supplier_link"}


@pytest.mark.parametrize("access", list(Access))
@pytest.mark.parametrize("space", list(Space))
def test_only_the_named_spaces_pass(access: Access, space: Space) -> None:
    may = {Access.CLIENT: space in CLIENTS, Access.STAFF: space is Space.STAFF}.get(access, True)
    assert _passes(_caller(space), access) is may


@pytest.mark.parametrize("access", list(Access))
def test_with_a_password_to_choose_only_that_form_is_open(access: Access) -> None:
    """AUT-008."""
    caller = msgspec.structs.replace(_caller(Space.STAFF), must_change_password=True)
    assert _passes(caller, access) is (access is Access.PASSWORD_CHANGE)


def _passes(caller: Caller, access: Access) -> bool:
    try:
        admit(caller, access)
    except ForbiddenError:
        return False
    return True


def _caller(space: Space) -> Caller:
    values: dict[str, Any] = {"agency": "a", "agency_name": "A", "zone": "Europe/Paris", "party": "P", "name": "N"}
    return Caller(**values, space=space, secret="s")


def _statements(role: str) -> list[dict[str, Any]]:
    policies = translated()["Resources"][role]["Properties"]["Policies"]
    found: list[dict[str, Any]] = [one for policy in policies for one in policy["PolicyDocument"]["Statement"]]
    return found
