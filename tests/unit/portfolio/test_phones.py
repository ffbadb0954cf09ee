"""Mobile numbers of law.md §10, the overseas trap included."""

import pytest

from palier.portfolio.phones import mobile_e164


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("+33 (0)7 56 78 90 12", "+33756789012"),
        ("0692 12 34 56", "+262692123456"),  # La Réunion: read as French it would be the invalid +33692…
        ("0639 01 23 45", "+262639012345"),  # Mayotte
        ("0690 12 34 56", "+590690123456"),  # Guadeloupe
        ("0694 20 12 34", "+594694201234"),  # Guyane
        ("0696 20 12 34", "+596696201234"),  # Martinique
        ("0709 12 34 56", "+596709123456"),  # DROM
        ("+687 75 12 34", "+687751234"),  # Nouvelle-Calédonie
        ("+689 87 12 34 56", "+68987123456"),  # Polynésie
        ("+508 55 12 34", "+508551234"),  # Saint-Pierre-et-Miquelon
        ("+681 82 12 34", "+681821234"),  # Wallis-et-Futuna
        ("06.39.98.12.34", "+33639981234"),  # kept for fiction: in no country's plan
        ("0033 6 39 98 12 34", "+33639981234"),
    ],
)
def test_mobile_is_written_with_the_prefix_of_its_own_territory(typed: str, stored: str) -> None:
    assert mobile_e164(typed) == stored


@pytest.mark.parametrize(
    "typed", ["01 99 00 12 34", "0262 12 34 56", "12", "", "néant", "06 12 34 56 7", "+1 202 555 01"]
)
def test_what_is_no_mobile_is_none(typed: str) -> None:
    assert mobile_e164(typed) is None


@pytest.mark.parametrize("stored", ["+33612345678", "+262692123456", "+33639981234", "+687751234"])
def test_stored_mobile_stays_as_it_is(stored: str) -> None:
    assert mobile_e164(stored) == stored
