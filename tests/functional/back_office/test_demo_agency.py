"""The demonstration agency is taken whole by the API, and twice is once."""

from typing import Any

from infra.demo.back_office import publish
from palier.aws.keys import AgencyKeys
from palier.aws.table import Table
from palier.portfolio.store import load_directory
from tests.functional.back_office.conftest import Api
from tests.functional.back_office.test_publishing import everything


def test_demo_agency_is_taken_whole_and_only_once(api: Api, table: Table, keys: AgencyKeys) -> None:
    outcomes: list[str] = []

    def post(path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = api.post(path.rpartition("/")[2], *body["lines"])
        assert answer.status == 200, answer
        outcomes.extend(report["outcome"] for report in answer.json["lines"])
        report: dict[str, Any] = answer.json
        return report

    publish(post, lambda _: None)
    assert set(outcomes) == {"created"}
    assert sum(pk.startswith("demo#LOGIN#") for pk, _ in everything()) > 200
    directory = load_directory(table, keys)
    assert len(directory.buildings) >= 12
    assert len(directory.suppliers) >= 25
    assert list(directory.by_trade())[-1] == "Autres"

    before = everything()
    outcomes.clear()
    publish(post, lambda _: None)
    assert set(outcomes) == {"unchanged"}
    assert everything() == before
