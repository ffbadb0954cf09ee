"""How many SMS a text makes, as operators bill it (law.md §10). Pure: knows no message and no template.

A text of GSM-7 characters goes as 160, or 153 per segment when it is longer; a single character outside that alphabet
(ê, ç, a curly apostrophe, an emoji) makes the whole text UCS-2: 70, or 67 per segment, an emoji counting 2. A character
that counts 2 is never cut in the middle, so a segment may be left one short.
"""

import unicodedata
from collections.abc import Iterable
from enum import StrEnum

import msgspec

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
_LAST_OF_ONE_UNIT = 0xFFFF
_PLAINER = str.maketrans(
    {
        "’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "…": "...", "–": "-", "—": "-", "‑": "-",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "œ": "oe", "Œ": "OE", "°": "o", "\t": " ", "•": "-",
    }
)  # fmt: skip


class Alphabet(StrEnum):
    """How a text is coded on the air."""

    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"


class SmsLength(msgspec.Struct, frozen=True):
    """What a text costs: ``units`` are the positions it takes, ``segments`` the SMS billed."""

    alphabet: Alphabet
    units: int
    segments: int


def sms_length(text: str) -> SmsLength:
    """Return what a text takes to send. An empty text takes nothing."""
    if all(letter in _BASIC or letter in _EXTENDED for letter in text):
        return _counted(Alphabet.GSM_7, [2 if letter in _EXTENDED else 1 for letter in text], alone=160, each=153)
    return _counted(Alphabet.UCS_2, [2 if ord(letter) > _LAST_OF_ONE_UNIT else 1 for letter in text], alone=70, each=67)


def thrifty(text: str) -> str:
    """Return the text with plain punctuation and without the accents GSM-7 lacks, when that saves an SMS.

    Accents that GSM-7 has (é, è, à, ù) stay; nobody misreads « controle », and an agency pays by the segment.
    """
    plain = "".join(_plain(letter) for letter in unicodedata.normalize("NFC", text).translate(_PLAINER))
    return plain if sms_length(plain).segments < sms_length(text).segments else text


def _plain(letter: str) -> str:
    if letter in _BASIC or letter in _EXTENDED:
        return letter
    bare = unicodedata.normalize("NFD", letter)[0]
    return bare if bare in _BASIC else letter


def _counted(alphabet: Alphabet, weights: list[int], *, alone: int, each: int) -> SmsLength:
    units = sum(weights)
    if units <= alone:
        return SmsLength(alphabet, units, min(1, units))
    return SmsLength(alphabet, units, _segments(weights, each))


def _segments(weights: Iterable[int], each: int) -> int:
    full, used = 0, 0
    for weight in weights:
        if used + weight > each:
            full, used = full + 1, 0
        used += weight
    return full + 1
