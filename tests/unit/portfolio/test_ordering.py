"""Names and references in the order a French reader expects."""

from hypothesis import given
from hypothesis import strategies as st

from palier.portfolio.ordering import fold, sortable


def test_accents_and_apostrophes_do_not_count() -> None:
    assert fold("Élise d’Août-Œuvré") == "ELISE D AOUT OEUVRE"


def test_references_sort_by_number() -> None:
    assert sorted(["10", "9", "9 bis", "101", "A2", "A10"], key=sortable) == ["9", "9 bis", "10", "101", "A2", "A10"]


@given(st.text())
def test_sortable_text_always_fits_a_key(text: str) -> None:
    made = sortable(text)
    assert made
    assert "#" not in made
    assert made.isascii()
