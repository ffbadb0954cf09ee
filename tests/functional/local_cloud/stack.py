"""What the tests of the local cloud do with the fixture stack."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from infra.local.testing import LocalCloud


def notes(cloud: LocalCloud, sort: str = "") -> list[dict[str, Any]]:
    """What the functions noted (`fired`, `worked`, `failed`, `mail`), in the order of their own clock."""
    table = cloud.client("dynamodb").get_paginator("query")
    pages = table.paginate(
        TableName=cloud.outputs["TableName"],
        KeyConditionExpression="pk = :pk AND sk BETWEEN :low AND :high",
        ExpressionAttributeValues={
            ":pk": {"S": "notes"},
            ":low": {"S": f"{sort}#" if sort else "a"},
            ":high": {"S": f"{sort}$" if sort else "zz"},
        },
        ConsistentRead=True,
    )
    found = [
        {"sort": item["sk"]["S"].partition("#")[0], **json.loads(item["body"]["S"])}
        for page in pages
        for item in page["Items"]
    ]
    return sorted(found, key=lambda note: note["now"])


def schedule(cloud: LocalCloud, name: str, instant: float, lag: str = "") -> None:
    at = datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    cloud.client("scheduler").create_schedule(
        Name=name + lag,
        GroupName="timers",
        ScheduleExpression=f"at({at})",
        FlexibleTimeWindow={"Mode": "OFF"},
        ActionAfterCompletion="DELETE",
        Target={
            "Arn": cloud.outputs["TimerFunctionArn"],
            "RoleArn": cloud.outputs["TimersRoleArn"],
            "Input": json.dumps({"name": name}),
        },
    )


def invoke(cloud: LocalCloud, function: str, event: dict[str, Any]) -> Any:
    answer = cloud.client("lambda").invoke(FunctionName=cloud.functions[function], Payload=json.dumps(event))
    value = json.loads(answer["Payload"].read())
    assert "FunctionError" not in answer, value
    return value


def now(cloud: LocalCloud) -> float:
    return datetime.fromisoformat(cloud.now()).timestamp()
