"""Time moves forward, and everything that falls due on the way is played in order, each at its own instant."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from botocore.exceptions import ClientError

from infra.local.testing import LocalCloud
from tests.functional.local_cloud.stack import notes, now, schedule


def _play(cloud: LocalCloud, days: float) -> list[dict[str, Any]]:
    """What was noted while `days` passed."""
    cloud.settle()
    before = notes(cloud)
    cloud.advance(f"{days}d")
    return [note for note in notes(cloud) if note not in before]


def test_one_off_schedules_fire_in_order_and_settle_before_the_next(small_cloud: LocalCloud) -> None:
    small_cloud.settle()
    start = now(small_cloud)
    names = ["first", "second", "third"]
    for days, name in reversed(list(enumerate(names, 1))):
        schedule(small_cloud, name, start + days * 86400)
    noted = [note for note in _play(small_cloud, 4) if note["name"] in names]
    assert [(note["sort"], note["name"]) for note in noted] == [
        (sort, name) for name in names for sort in ("fired", "worked")
    ]
    for days, name in enumerate(names, 1):
        [fired] = [note for note in noted if (note["sort"], note["name"]) == ("fired", name)]
        assert -1 <= fired["now"] - (start + days * 86400) <= 10


def test_a_schedule_fires_once_and_disappears(small_cloud: LocalCloud) -> None:
    schedule(small_cloud, "only-once", now(small_cloud) + 3600)
    _play(small_cloud, 1)
    assert [note["name"] for note in _play(small_cloud, 1) if note["name"] == "only-once"] == []
    listed = small_cloud.client("scheduler").list_schedules(GroupName="timers")["Schedules"]
    assert [one["Name"] for one in listed] == []


def test_schedules_beyond_the_new_time_do_not_fire(small_cloud: LocalCloud) -> None:
    schedule(small_cloud, "later", now(small_cloud) + 2 * 86400)
    assert "later" not in [note["name"] for note in _play(small_cloud, 1)]
    assert "later" in [note["name"] for note in _play(small_cloud, 2)]


def test_recurring_schedules_fire_once_between_one_offs_and_once_at_the_end(small_cloud: LocalCloud) -> None:
    small_cloud.settle()
    schedule(small_cloud, "middle", now(small_cloud) + 5 * 86400)
    noted = [note["name"] for note in _play(small_cloud, 10) if note["sort"] == "fired"]
    assert noted.count("middle") == 1
    middle = noted.index("middle")
    assert noted[:middle].count("often") == noted[middle:].count("often") == 1
    assert noted[:middle].count("daily") == noted[middle:].count("daily") == 1


def test_a_daily_schedule_fires_at_its_hour_in_its_zone(small_cloud: LocalCloud) -> None:
    fired = [note for note in _play(small_cloud, 2) if note["name"] == "daily" and note["sort"] == "fired"]
    at = datetime.fromtimestamp(fired[-1]["now"], UTC)
    assert at.minute == 0
    assert at.hour in {6, 7}  # 8 in Paris


def test_a_schedule_in_the_past_fires_at_once_in_real_time(small_cloud: LocalCloud) -> None:
    schedule(small_cloud, "now", now(small_cloud) + 1)
    waiter = _until_noted(small_cloud, "now")
    assert waiter["sort"] == "fired"


def _until_noted(cloud: LocalCloud, name: str) -> dict[str, Any]:
    """Polls: the schedule fires by itself, in real time."""
    deadline = now(cloud) + 15
    while now(cloud) < deadline:
        found = [note for note in notes(cloud, "fired") if note["name"] == name]
        if found:
            return found[0]
    raise AssertionError(f"{name} never fired")


def test_a_message_that_failed_is_tried_again_while_time_passes(small_cloud: LocalCloud) -> None:
    """120 s of visibility, 3 attempts: played in no time, and then in the dead letters."""
    queue = small_cloud.client("sqs")
    body = json.dumps({"name": "poison", "fail": True})
    queue.send_message(QueueUrl=small_cloud.outputs["WorkQueueUrl"], MessageBody=body)
    small_cloud.settle()
    small_cloud.advance("1h")
    tries = [note["now"] for note in notes(small_cloud, "failed") if note["name"] == "poison"]
    assert len(tries) == 3
    # The wait begins when the message is taken, the note is written when the function runs: a slow start eats into it.
    assert all(later - earlier >= 60 for earlier, later in itertools.pairwise(tries))
    dead = queue.receive_message(QueueUrl=small_cloud.outputs["WorkDeadLettersUrl"], WaitTimeSeconds=5)
    assert [message["Body"] for message in dead["Messages"]] == [body]


def test_functions_and_the_clock_page_agree(small_cloud: LocalCloud) -> None:
    small_cloud.advance("40d")
    seen = httpx.get(f"{small_cloud.people_url}/").json()["now"]
    assert abs(seen - now(small_cloud)) < 5


def test_time_never_goes_back(small_cloud: LocalCloud) -> None:
    answer = httpx.post(f"{small_cloud.people_url}/_local/clock", json={"at": "2020-01-01T00:00:00Z"})
    assert answer.status_code == 409
    assert "forward" in answer.json()["error"]


def test_nonsense_is_refused_with_a_reason(small_cloud: LocalCloud) -> None:
    for body in ({}, {"advance": "soon"}, {"at": "demain"}, {"at": "2030-01-01T00:00:00"}):
        answer = httpx.post(f"{small_cloud.people_url}/_local/clock", json=body)
        assert answer.status_code == 400
        assert answer.json()["error"]


@pytest.mark.parametrize("expression", ["at(2030-01-01T00:00:00Z)", "at(2030-01-01T00:00:00.5)", "rate(5)", "at(soon)"])
def test_expressions_that_aws_refuses_are_refused(small_cloud: LocalCloud, expression: str) -> None:
    with pytest.raises(ClientError, match="Invalid Schedule Expression"):
        small_cloud.client("scheduler").create_schedule(
            Name="refused",
            ScheduleExpression=expression,
            FlexibleTimeWindow={"Mode": "OFF"},
            Target={"Arn": small_cloud.outputs["TimerFunctionArn"], "RoleArn": small_cloud.outputs["TimersRoleArn"]},
        )
