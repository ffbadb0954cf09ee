"""What functions stand on when they are run one at a time: an emulator without a stack, with the few things they use.

Without the stack nothing happens after a commit, so that what is measured is one function and not its followers.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from infra.bench import agency, tickets
from infra.bench.gateway import HOST
from infra.bench.table import environment, opened, write_all
from infra.local.settings import ACCOUNT, MAIL_DOMAIN, REGION
from infra.local.storage import make_table
from infra.local.testing import LocalCloud, start_local_cloud
from palier.aws.item import Item
from palier.aws.table import Table

TABLE, FILES, INBOUND, GROUP = "palier-bench", "palier-bench-files", "palier-bench-inbound", "palier-bench"
INBOUND_DOMAIN = "in.palier.example"
TICKETS = 400
_ROLE = f"arn:aws:iam::{ACCOUNT}:role/bench"


class Stage(NamedTuple):
    """The emulator, the table with the agency in it, and what the functions find in their environment."""

    cloud: LocalCloud
    table: Table
    people: agency.People
    environment: Mapping[str, str]
    now: dt.datetime


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """Start the emulator, with the agency and its tickets; stop it in the end."""
    cloud = start_local_cloud(None, folder, durable=False)
    try:
        settings = {**environment(cloud.aws_url), **_make(cloud)}
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        with opened(cloud.aws_url, TABLE) as table:
            os.environ |= settings
            made = agency.make_agency(HOST, now)
            write_all(made.rows)
            fill(table, range(1, TICKETS + 1), now)
            yield Stage(cloud, table, made.people, settings, now)
    finally:
        cloud.stop()


def fill(table: Table, numbers: range, now: dt.datetime) -> None:
    """Write tickets, and let the counter stand at the last."""
    write_all(tickets.rows_of(numbers, table, now))
    pk, sk, highest = tickets.counter_row(numbers[-1])
    Item(pk, sk).update(actions=[Item.n.set(highest), Item.kind.set("COUNTER")])


def _make(cloud: LocalCloud) -> dict[str, str]:
    """Make the resources; returns the settings that name them."""
    make_table(cloud.client("dynamodb"), TABLE)
    for bucket in (FILES, INBOUND):
        cloud.client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    queues = {name: cloud.client("sqs").create_queue(QueueName=name)["QueueUrl"] for name in ("deliver", "documents")}
    secret = cloud.client("secretsmanager").create_secret(Name="bench", SecretString="s" * 64)["ARN"]
    cloud.client("ses").verify_domain_identity(Domain=MAIL_DOMAIN)
    cloud.client("ses").create_configuration_set(ConfigurationSet={"Name": GROUP})
    cloud.client("scheduler").create_schedule_group(Name=GROUP)
    return {
        "STAGE": "bench",
        "TABLE_NAME": TABLE,
        "FILES_BUCKET": FILES,
        "INBOUND_BUCKET": INBOUND,
        "DELIVER_QUEUE_URL": queues["deliver"],
        "DOCUMENTS_QUEUE_URL": queues["documents"],
        "LINK_SECRET_ARN": secret,
        "TIMER_GROUP": GROUP,
        "TIMERS_FUNCTION_ARN": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:bench-timers",
        "SCHEDULER_ROLE_ARN": _ROLE,
        "MAIL_DOMAIN": MAIL_DOMAIN,
        "INBOUND_DOMAIN": INBOUND_DOMAIN,
        "CONFIGURATION_SET": GROUP,
        "PUBLIC_URL": f"https://{HOST}",
    }
