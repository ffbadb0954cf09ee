"""Every few minutes: whatever should have left and has not, leaves now.

Trigger: a recurring schedule. Reads the ``due`` index of each agency, nudges the workers' queues, fires late timers.
"""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from palier.aws.queues import nudge
from palier.aws.table import Table
from palier.kernel.clock import SystemClock
from palier.timers.fire import fire
from palier.timers.sweep import Workers, agencies, sweep

logger = Logger(service="sweeper")
metrics = Metrics(namespace="Palier", service="sweeper")
table = Table()
clock = SystemClock()
workers = Workers(
    deliver=lambda key: nudge("DELIVER_QUEUE_URL", key),
    document=lambda key: nudge("DOCUMENTS_QUEUE_URL", key),
    fire=lambda key: fire(table, clock, key),
)


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:  # noqa: ARG001 - Lambda's signature
    """Sweep every agency once."""
    late = 0
    for agency in agencies(table):
        swept = sweep(table, agency, workers, clock.now())
        found = swept.messages + swept.documents + swept.timers
        late += found
        if found:
            logger.warning(
                "late work nudged",
                extra={"agency": agency, "messages": swept.messages, "timers": swept.timers},
            )
    metrics.add_metric(name="LateItems", unit=MetricUnit.Count, value=late)
    return {"late": late}
