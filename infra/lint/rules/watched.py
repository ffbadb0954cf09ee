"""Every function is watched: its logs are kept for a known time, somebody is told of its errors, no failure is lost."""

from collections.abc import Iterator
from typing import Any

from infra.lint import base
from infra.lint.stack import Stack, target


class LogGroupOfItsOwn(base.Rule):
    """Logs go where the template says, for as long as it says."""

    id = "E9101"
    shortdesc = "Every function has a log group with a retention"
    description = "Without one Lambda makes a group that is kept for ever"

    def findings(self, stack: Stack) -> Iterator[base.Finding]:
        """Yield functions whose log group is not in the template, is shared, or never expires."""
        groups = stack.of_type("AWS::Logs::LogGroup")
        taken: set[str] = set()
        for name, function in stack.functions().items():
            group = target(function.get("LoggingConfig", {}).get("LogGroup"))
            if group not in groups:
                yield base.at(name, "writes to no log group of this template")
            elif group in taken:
                yield base.at(name, f"shares {group} with another function")
            elif "RetentionInDays" not in groups[group]:
                yield base.at(group, "has no RetentionInDays")
            taken.add(group)


class AlarmOnErrors(base.Rule):
    """Crashes and time-outs are told to somebody."""

    id = "E9102"
    shortdesc = "Every function has an alarm on its errors that tells somebody"
    description = "Lambda's Errors metric counts crashes, time-outs and failed starts"

    def findings(self, stack: Stack) -> Iterator[base.Finding]:
        """Yield functions without an alarm on Errors that has an action."""
        alarms = stack.of_type("AWS::CloudWatch::Alarm").values()
        watched = {_function_of(alarm) for alarm in alarms if alarm.get("AlarmActions")}
        for name in stack.functions():
            if name not in watched:
                yield base.at(name, "has no alarm on AWS/Lambda Errors with an action")


def _function_of(alarm: Any) -> str:
    if (alarm.get("Namespace"), alarm.get("MetricName")) != ("AWS/Lambda", "Errors"):
        return ""
    return next((target(d["Value"]) for d in alarm.get("Dimensions", []) if d["Name"] == "FunctionName"), "")


class FailuresAreKept(base.Rule):
    """Work that failed after its retries waits in a queue, from which it can be done again."""

    id = "E9103"
    shortdesc = "Every function has a failure destination"
    description = "Pages answer the person who waits; everything else must leave its failures in a queue"

    def findings(self, stack: Stack) -> Iterator[base.Finding]:
        """Yield event sources and asynchronous functions whose failures vanish."""
        pages, fed = stack.pages(), set[str]()
        for name, source in stack.of_type("AWS::Lambda::EventSourceMapping").items():
            fed.add(target(source.get("FunctionName")))
            if not _keeps_failures(source, stack):
                yield base.at(name, "has neither an OnFailure destination nor a queue with a RedrivePolicy")
        kept = {
            target(config.get("FunctionName"))
            for config in stack.of_type("AWS::Lambda::EventInvokeConfig").values()
            if config.get("DestinationConfig", {}).get("OnFailure")
        }
        for name in stack.functions():
            if name not in pages | fed | kept:
                yield base.at(name, "is called asynchronously and has no OnFailure destination")


def _keeps_failures(source: Any, stack: Stack) -> bool:
    queue = stack.of_type("AWS::SQS::Queue").get(target(source.get("EventSourceArn")), {})
    return bool(source.get("DestinationConfig", {}).get("OnFailure") or queue.get("RedrivePolicy"))
