"""Counting SMS (law.md §10, TPL-008)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.messages.sms_length import Alphabet, sms_length, thrifty

GSM_LETTERS = "@£$¥èéùìòÇØøÅåΔ_ÆæßÉ !#¤%&()*+,-./0123456789:;<=>?¡ABCXYZÄÖÑÜ§¿abcxyzäöñüà"


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("", 0),
        ("A" * 160, 1),
        ("A" * 161, 2),
        ("A" * 306, 2),
        ("A" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ê" * 70, 1),
        ("ê" * 71, 2),
        ("ê" * 134, 2),
        ("ê" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("l’AG", 1),
    ],
)
def test_segments_are_those_of_the_law_page(text: str, segments: int) -> None:
    assert sms_length(text).segments == segments


@pytest.mark.parametrize("letter", "êâîôûëïçœÀÈ«»’…–°😀")
def test_one_letter_outside_the_alphabet_makes_the_whole_text_ucs2(letter: str) -> None:
    assert sms_length("Bonjour" + letter).alphabet is Alphabet.UCS_2


@pytest.mark.parametrize("letter", "éèàùìòÉÇäöüæ§¤€")
def test_french_letters_of_gsm7_stay_gsm7(letter: str) -> None:
    assert sms_length("Bonjour" + letter).alphabet is Alphabet.GSM_7


def test_a_euro_sign_never_straddles_two_segments() -> None:
    """152 letters and a € take 154 units: the sign goes whole into the second segment."""
    assert sms_length("A" * 152 + "€" + "A" * 151).segments == 2
    assert sms_length("A" * 152 + "€" + "A" * 152).segments == 3


@given(st.text(alphabet=GSM_LETTERS, min_size=1, max_size=900))
def test_plain_letters_divide_by_160_then_153(text: str) -> None:
    expected = 1 if len(text) <= 160 else math.ceil(len(text) / 153)
    assert sms_length(text).segments == expected


@given(st.text(max_size=400), st.text(max_size=60))
def test_a_longer_text_never_costs_less(text: str, more: str) -> None:
    assert sms_length(text + more).segments >= sms_length(text).segments


@given(st.text(max_size=400))
def test_units_fit_in_the_segments_billed(text: str) -> None:
    length = sms_length(text)
    each = (160, 153) if length.alphabet is Alphabet.GSM_7 else (70, 67)
    room = each[0] if length.segments == 1 else each[1] * length.segments
    assert length.units <= room
    assert length.segments <= max(1, len(text))


@given(st.text(max_size=300))
def test_thrift_never_costs_more(text: str) -> None:
    assert sms_length(thrifty(text)).segments <= sms_length(text).segments


def test_thrift_leaves_a_text_alone_when_it_saves_nothing() -> None:
    assert thrifty("Contrôle à 9 h") == "Contrôle à 9 h"


def test_thrift_drops_what_makes_a_second_segment() -> None:
    text = "Rendez-vous de contrôle de l’ascenseur le mardi 24 novembre entre 14 h et 16 h, résidence des Tilleuls"
    assert sms_length(text).segments == 2
    assert sms_length(thrifty(text)).segments == 1
    assert "controle de l'ascenseur" in thrifty(text)
