"""Queues, schedules and alarms: work that fails waits somewhere, and somebody is told."""

import json
from typing import Any, get_args

import pytest

from infra.lint.stack import Stack, target
from infra.tools import translate
from palier.agencies.dead_letters.store import Queue

RESOURCES: dict[str, dict[str, Any]] = translate.translated()["Resources"]
STACK = Stack(translate.translated())
QUEUES = STACK.of_type("AWS::SQS::Queue")
ALARMS = STACK.of_type("AWS::CloudWatch::Alarm")
SOURCES = {
    target(source["EventSourceArn"]): source for source in STACK.of_type("AWS::Lambda::EventSourceMapping").values()
}
WORK_QUEUES = sorted(name for name, queue in QUEUES.items() if "RedrivePolicy" in queue)
LAST_RESORTS = sorted(set(QUEUES) - set(WORK_QUEUES))
ONLY_ON_AWS = ("AWS::SES::ReceiptRule", "AWS::SES::ReceiptRuleSet")


@pytest.mark.parametrize("name", WORK_QUEUES)
def test_a_message_is_hidden_for_as_long_as_its_worker_may_take(name: str) -> None:
    """AWS asks for six times the function's time-out; otherwise a slow mail is sent twice."""
    worker = STACK.functions()[target(SOURCES[name]["FunctionName"])]
    assert QUEUES[name]["VisibilityTimeout"] >= 6 * worker["Timeout"]


@pytest.mark.parametrize("name", WORK_QUEUES)
def test_one_bad_message_does_not_send_back_the_others(name: str) -> None:
    assert SOURCES[name]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


@pytest.mark.parametrize("name", WORK_QUEUES)
def test_every_queue_has_dead_letters_of_its_own(name: str) -> None:
    dead = [target(QUEUES[each]["RedrivePolicy"]["deadLetterTargetArn"]) for each in WORK_QUEUES]
    assert dead.count(target(QUEUES[name]["RedrivePolicy"]["deadLetterTargetArn"])) == 1


@pytest.mark.parametrize("name", WORK_QUEUES)
def test_dead_letters_are_named_after_their_queue(name: str) -> None:
    """The administrator's `redrive` command finds them by their names."""
    dead = QUEUES[target(QUEUES[name]["RedrivePolicy"]["deadLetterTargetArn"])]
    queue = QUEUES[name]["QueueName"]["Fn::Sub"]
    assert dead["QueueName"]["Fn::Sub"] == f"{queue}-dead"
    assert queue.removeprefix("palier-${Stage}-") in get_args(Queue)


@pytest.mark.parametrize("name", LAST_RESORTS)
def test_what_was_given_up_is_kept_two_weeks_and_told_to_somebody(name: str) -> None:
    assert QUEUES[name]["MessageRetentionPeriod"] == 14 * 24 * 3600
    watched = [target(d["Value"]) for a in ALARMS.values() for d in a.get("Dimensions", []) if d["Name"] == "QueueName"]
    assert name in watched


def test_every_alarm_tells_somebody_and_none_sounds_for_silence() -> None:
    for name, alarm in ALARMS.items():
        assert alarm["AlarmActions"] == [{"Ref": "AlarmTopic"}], name
        assert alarm["TreatMissingData"] == "notBreaching", name


@pytest.mark.parametrize(
    "metric", ["5XXError", "Latency", "IteratorAge", "Throttles", "ThrottledRequests", "LateItems"]
)
def test_what_people_would_feel_is_watched(metric: str) -> None:
    assert metric in {alarm["MetricName"] for alarm in ALARMS.values()}


def test_schedules_wake_functions_that_their_role_may_call_and_keep_their_failures() -> None:
    callable_by = {
        target(resource)
        for statement in STACK.allowed()
        if statement.role == "SchedulerRole" and "lambda:InvokeFunction" in statement.actions
        for resource in statement.resources
    }
    schedules = STACK.of_type("AWS::Scheduler::Schedule")
    woken = {target(schedule["Target"]["Arn"]) for schedule in schedules.values()}
    assert woken == {"SweeperFunction"}
    assert callable_by == woken | {"TimersFunction"}
    assert all("DeadLetterConfig" in schedule["Target"] for schedule in schedules.values())


def test_timers_function_is_the_one_that_after_commit_schedules() -> None:
    variables = STACK.functions()["AfterCommitFunction"]["Environment"]["Variables"]
    assert target(variables["TIMERS_FUNCTION_ARN"]) == "TimersFunction"
    assert target(variables["SCHEDULER_ROLE_ARN"]) == "SchedulerRole"


def test_a_new_mail_reaches_its_worker() -> None:
    """EML: SES → bucket `mail/` → queue → inbound_email."""
    rule = STACK.of_type("AWS::SES::ReceiptRule")["MailRule"]["Rule"]
    (action,) = rule["Actions"]
    assert action["S3Action"] == {"BucketName": {"Ref": "InboundBucket"}, "ObjectKeyPrefix": "mail/"}
    (told,) = RESOURCES["InboundBucket"]["Properties"]["NotificationConfiguration"]["QueueConfigurations"]
    assert target(told["Queue"]) == "InboundQueue"
    assert told["Filter"]["S3Key"]["Rules"] == [{"Name": "prefix", "Value": "mail/"}]
    assert target(SOURCES["InboundQueue"]["FunctionName"]) == "InboundEmailFunction"


def test_what_the_local_cloud_cannot_make_is_made_on_aws_only() -> None:
    for name, resource in RESOURCES.items():
        if resource["Type"] in ONLY_ON_AWS:
            assert resource.get("Condition") == "OnAws", name


def test_nothing_is_deployed_by_accident() -> None:
    """No default stage, and every parameter without a default is one that each installation must choose."""
    parameters = translate.parsed()["Parameters"]
    needed = {name for name, parameter in parameters.items() if "Default" not in parameter}
    assert needed == {"Stage", "MailDomain", "InboundDomain", "AlarmEmail"}


def test_every_function_runs_what_the_layers_are_built_for() -> None:
    for name, function in STACK.functions().items():
        assert (function["Runtime"], function["Architectures"]) == ("python3.13", ["arm64"]), name
        assert function["LoggingConfig"]["LogFormat"] == "JSON", name


def test_dashboard_is_readable_and_names_only_what_exists() -> None:
    body = RESOURCES["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    widgets = json.loads(body)["widgets"]
    assert len({(widget["x"], widget["y"]) for widget in widgets}) == len(widgets)
    for name in ("DeliverDeadLetters", "DocumentsDeadLetters", "InboundDeadLetters", "FailuresQueue"):
        assert f"${{{name}.QueueName}}" in body
