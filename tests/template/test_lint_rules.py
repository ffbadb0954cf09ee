"""Each rule of ``infra/lint`` fires on a stack that breaks it, says nothing of one that does not, and is loaded."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cfnlint.helpers import load_plugins

from infra.lint import base
from infra.lint.rules.called import OnePermissionEach
from infra.lint.rules.least_privilege import NoWildcardAction, NoWildcardResource, OneRoleEach, ReadersOnlyRead
from infra.lint.rules.watched import AlarmOnErrors, FailuresAreKept, LogGroupOfItsOwn
from infra.lint.stack import NotTranslatedError, Stack
from infra.tools.translate import ROOT, translated

Resources = dict[str, dict[str, Any]]
RULES = [
    LogGroupOfItsOwn, AlarmOnErrors, FailuresAreKept, OneRoleEach,
    NoWildcardAction, NoWildcardResource, ReadersOnlyRead, OnePermissionEach,
]  # fmt: skip


def properties(resources: Resources, name: str) -> dict[str, Any]:
    found: dict[str, Any] = resources[name]["Properties"]
    return found


def statements(resources: Resources, role: str) -> list[Any]:
    found: list[Any] = properties(resources, role)["Policies"][0]["PolicyDocument"]["Statement"]
    return found


def allow(action: Any, resource: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource}


def no_log_group(r: Resources) -> None:
    del properties(r, "StaffDeskFunction")["LoggingConfig"]["LogGroup"]


def kept_for_ever(r: Resources) -> None:
    del properties(r, "StaffDeskLogGroup")["RetentionInDays"]


def shared_log_group(r: Resources) -> None:
    properties(r, "StaffDeskFunction")["LoggingConfig"]["LogGroup"] = {"Ref": "TimersLogGroup"}


def no_alarm(r: Resources) -> None:
    del r["StaffDeskErrorsAlarm"]


def alarm_that_tells_nobody(r: Resources) -> None:
    properties(r, "StaffDeskErrorsAlarm")["AlarmActions"] = []


def alarm_on_something_else(r: Resources) -> None:
    properties(r, "StaffDeskErrorsAlarm")["MetricName"] = "Duration"


def queue_without_dead_letters(r: Resources) -> None:
    del properties(r, "DeliverQueue")["RedrivePolicy"]


def stream_that_drops_failures(r: Resources) -> None:
    del properties(r, "AfterCommitFunctionCommits")["DestinationConfig"]


def asynchronous_function_without_destination(r: Resources) -> None:
    for name in [name for name, each in r.items() if each["Type"] == "AWS::Lambda::EventInvokeConfig"]:
        del r[name]


def shared_role(r: Resources) -> None:
    properties(r, "StaffDeskFunction")["Role"] = {"Fn::GetAtt": ["StaffActionsRole", "Arn"]}


def role_from_elsewhere(r: Resources) -> None:
    properties(r, "StaffDeskFunction")["Role"] = "arn:aws:iam::000000000000:role/admin"


def managed_policy(r: Resources) -> None:
    properties(r, "StaffDeskRole")["ManagedPolicyArns"] = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]


def every_action(r: Resources) -> None:
    statements(r, "TimersRole").append(allow("*", "arn:aws:s3:::one"))


def every_action_of_a_service(r: Resources) -> None:
    statements(r, "TimersRole").append(
        {"Fn::If": ["OnAws", allow(["s3:Get*"], "arn:aws:s3:::one"), {"Ref": "AWS::NoValue"}]}
    )


def every_resource(r: Resources) -> None:
    statements(r, "TimersRole").append(allow("s3:GetObject", ["arn:aws:s3:::one/*", "*"]))


def every_resource_in_one_branch(r: Resources) -> None:
    statements(r, "TimersRole").append(allow("s3:GetObject", {"Fn::If": ["OnAws", "arn:aws:s3:::one/*", "*"]}))


def another_action_of_an_excepted_role(r: Resources) -> None:
    statements(r, "DeliverRole").append(allow("sns:Subscribe", "*"))


def exception_nobody_needs(r: Resources) -> None:
    statements(r, "DeliverRole")[:] = [s for s in statements(r, "DeliverRole") if "sns:Publish" not in str(s)]


def reader_that_writes(r: Resources) -> None:
    statements(r, "StaffDeskRole").append(allow("dynamodb:PutItem", {"Fn::GetAtt": ["Table", "Arn"]}))


def no_permission(r: Resources) -> None:
    del r["StaffDeskPermission"]


def two_permissions(r: Resources) -> None:
    r["Another"] = copy.deepcopy(r["StaffDeskPermission"])


def permission_without_route(r: Resources) -> None:
    r["Another"] = copy.deepcopy(r["StaffDeskPermission"])
    properties(r, "Another")["FunctionName"] = {"Ref": "TimersFunction"}


BREAKS: list[tuple[type[base.Rule], Callable[[Resources], None]]] = [
    (LogGroupOfItsOwn, no_log_group),
    (LogGroupOfItsOwn, kept_for_ever),
    (LogGroupOfItsOwn, shared_log_group),
    (AlarmOnErrors, no_alarm),
    (AlarmOnErrors, alarm_that_tells_nobody),
    (AlarmOnErrors, alarm_on_something_else),
    (FailuresAreKept, queue_without_dead_letters),
    (FailuresAreKept, stream_that_drops_failures),
    (FailuresAreKept, asynchronous_function_without_destination),
    (OneRoleEach, shared_role),
    (OneRoleEach, role_from_elsewhere),
    (OneRoleEach, managed_policy),
    (NoWildcardAction, every_action),
    (NoWildcardAction, every_action_of_a_service),
    (NoWildcardResource, every_resource),
    (NoWildcardResource, every_resource_in_one_branch),
    (NoWildcardResource, another_action_of_an_excepted_role),
    (NoWildcardResource, exception_nobody_needs),
    (ReadersOnlyRead, reader_that_writes),
    (OnePermissionEach, no_permission),
    (OnePermissionEach, two_permissions),
    (OnePermissionEach, permission_without_route),
]


def found(rule: type[base.Rule], resources: Resources) -> Iterator[base.Finding]:
    return rule().findings(Stack({"Resources": resources}))


@pytest.mark.parametrize("rule", RULES)
def test_the_template_keeps_the_rule(rule: type[base.Rule]) -> None:
    assert list(found(rule, translated()["Resources"])) == []


@pytest.mark.parametrize(("rule", "break_it"), BREAKS, ids=[f"{r.__name__}-{b.__name__}" for r, b in BREAKS])
def test_a_broken_stack_is_found(rule: type[base.Rule], break_it: Callable[[Resources], None]) -> None:
    resources = copy.deepcopy(translated()["Resources"])
    before = set(found(rule, resources))
    break_it(resources)
    assert set(found(rule, resources)) - before


def test_every_rule_has_a_stack_that_breaks_it() -> None:
    assert {rule for rule, _ in BREAKS} == set(RULES)


def test_cfn_lint_loads_exactly_our_rules() -> None:
    loaded = load_plugins(str(ROOT / "infra" / "lint" / "rules"))
    assert sorted(rule.id for rule in loaded) == sorted(rule.id for rule in RULES)


def test_a_template_before_translation_is_refused() -> None:
    """cfn-lint does not translate SAM: without this the rules would see no function, and nothing wrong."""
    with pytest.raises(NotTranslatedError):
        Stack({"Resources": {"A": {"Type": "AWS::Serverless::Function"}}})
