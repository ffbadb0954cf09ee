"""Text for the fonts of every PDF reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.documents.latin import latin, one_line


@pytest.mark.parametrize(
    "text", ["L’été à l’œuvre : 12 €", "« Noël » … – — ‰", "ÀÉÈÊËÎÏÔÙÛÜŸÇŒÆ", "ligne\nautre ligne"]
)
def test_french_stays_as_it_is(text: str) -> None:
    assert latin(text) == text


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Łukasz Dvořák", "Lukasz Dvorák"),
        ("1\u202f234,50\u00a0€", "1\u00a0234,50\u00a0€"),
        ("e\u0301te\u0301", "été"),
        ("Bien reçu 👍", "Bien reçu ?"),
        ("A\u200bB\ufeffC", "ABC"),
        ("½ → ¾ ≤ 1", "½ -> ¾ <= 1"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\x00\x07cloche", "cloche"),
    ],
)
def test_what_the_fonts_lack_gets_the_nearest_letter(text: str, near: str) -> None:
    assert latin(text) == near


@given(st.text(max_size=200))
def test_anything_can_be_written(text: str) -> None:
    latin(text).encode("cp1252")
    assert "\n" not in one_line(text)


@given(st.text(max_size=200))
def test_doing_it_again_changes_nothing(text: str) -> None:
    assert latin(latin(text)) == latin(text)
