"""The bill of a thousand tickets: linear in what happens, and honest about what was not counted."""

from typing import Any

import pytest

from infra.bench.cost import Bill, bill, billed_ms
from infra.bench.prices import Prices
from infra.bench.results import Counted, Kind

PRICES = Prices(write_unit=1.0, read_unit=0.1, rest_api_request=10.0)


def counted(name: str = "Clôturer", **fields: Any) -> Counted:
    """Return something counted: one transaction of 20 units and one read of 4."""
    base = Counted(name, Kind.COMMAND, "staff_actions", 1, 1, 0, 4.0, 20.0, {}, 5.0)
    return base._replace(**fields)


def usd(made: Bill, what: str) -> float:
    """Return one line of the bill."""
    return next(line.usd for line in made.lines if line.what == what)


def test_a_thousand_tickets_pay_their_units() -> None:
    made = bill([counted()], PRICES, {"Clôturer": 2})
    assert usd(made, "DynamoDB, writes") == pytest.approx(2 * 1000 * 20)
    assert usd(made, "DynamoDB, reads") == pytest.approx(2 * 1000 * 4 * 0.1)


def test_only_people_come_through_the_front_door() -> None:
    worker = counted("Une relance échoit", kind=Kind.WORKER)
    made = bill([counted(), worker], PRICES, {"Clôturer": 1, "Une relance échoit": 5})
    assert usd(made, "API Gateway") == pytest.approx(1000 * 10.0)


def test_what_was_not_counted_is_named_and_not_taken_for_free() -> None:
    assert bill([], PRICES, {"Clôturer": 1}).missing == ("Clôturer",)


def test_other_services_are_billed_by_their_requests() -> None:
    made = bill([counted(others={"s3.PutObject": 2})], Prices(s3_put=1.0), {"Clôturer": 1})
    assert usd(made, "S3, requests") == pytest.approx(2000)


def test_an_invocation_lasts_for_its_work_and_its_waiting() -> None:
    idle = counted(reads=0, transactions=0, cpu_ms=0.0)
    assert billed_ms(idle) == 0
    assert billed_ms(counted(reads=0, transactions=0, cpu_ms=10.0)) > 10  # a part of a processor
    assert billed_ms(counted(cpu_ms=0.0)) > 0  # the table's answer


def test_the_whole_is_the_sum_of_its_lines() -> None:
    made = bill([counted()], PRICES, {"Clôturer": 1})
    assert made.usd == pytest.approx(sum(line.usd for line in made.lines))
