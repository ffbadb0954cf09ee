"""AWS prices in USD, Paris (eu-west-3), as data. From memory of the public price list: check before quoting a customer.

Without any free tier except EventBridge Scheduler's, and without taxes.
"""

from __future__ import annotations

from typing import NamedTuple

AS_OF = "2026-09"


class Prices(NamedTuple):
    """One unit of each thing that the product uses."""

    write_unit: float = 0.742 / 1e6
    read_unit: float = 0.1485 / 1e6
    table_gb_month: float = 0.297 + 0.2376  # storage, and its point-in-time copies
    lambda_gb_second: float = 1.33334e-5  # arm64; INIT is billed like the rest since August 2025
    lambda_request: float = 0.20 / 1e6
    rest_api_request: float = 3.50 / 1e6
    sqs_request: float = 0.40 / 1e6
    ses_mail: float = 0.10 / 1e3
    s3_put: float = 0.0053 / 1e3
    s3_get: float = 0.00042 / 1e3
    s3_gb_month: float = 0.024
    schedule: float = 0.0  # the first 14 million a month
    log_gb: float = 0.60
    sms: float = 0.075


PRICES = Prices()
