"""The demonstration's files: those that the generator makes, large enough, and fictional (PUB-004)."""

import re

import phonenumbers
import pytest

from infra.demo.back_office import records_of
from infra.demo.generate import files, generate
from palier.portfolio.phones import mobile_e164
from palier.publication.model import Collection


def test_committed_files_are_the_generated_ones() -> None:
    """Written by ``python -m infra.demo.generate``."""
    for path, text in files():
        assert path.read_text("utf-8") == text, path.name


@pytest.mark.parametrize(
    ("collection", "least"),
    [("buildings", 12), ("lots", 300), ("parties", 250), ("suppliers", 25), ("staff", 6), ("relations", 3)],
)
def test_agency_is_large_enough_to_show_everything(collection: str, least: int) -> None:
    assert len(records_of(Collection(collection))) >= least


def test_agency_shows_the_rare_cases() -> None:
    made = generate()
    buildings = {one["id"]: one for one in made["buildings"]}
    seats = {one["building"] for one in made["council"] if one["role"] == "council_president"}
    assert {one["module"] for one in buildings.values()} == {"syndic", "gerance"}
    assert "Indian/Reunion" in {one["zone"] for one in buildings.values() if "zone" in one}
    assert any(one.get("single_owner") for one in buildings.values())
    assert any(one["module"] == "syndic" and one["id"] not in seats for one in buildings.values())
    assert {one["role"] for one in made["staff"]} >= {"principal", "manager", "assistant", "accountant"}
    assert any(not one["trades"] for one in made["suppliers"])
    assert any(not one["published"] for one in made["accounts"])


def test_nobody_of_the_demonstration_can_be_reached() -> None:
    text = "".join(text for _, text in files())
    assert all(address.endswith(".example") for address in re.findall(r"[\w.-]+@[\w.-]+\w", text))
    numbers = {re.sub(" ", "", number) for number in re.findall(r"0\d(?: \d\d){4}", text)}
    assert numbers
    for number in numbers:
        assert number.startswith(("063998", "019900")), number
        assert mobile_e164(number) is None or not phonenumbers.is_valid_number(phonenumbers.parse(number, "FR"))
