"""The password policy (AUT-009) and the passwords that the agency gives (AUT-006, AUT-012). Pure.

The policy is the seeds' minimum; below 80 bits it is lawful only because guesses are throttled (AUT-033).
"""

import math
import string
import unicodedata
from collections.abc import Callable
from enum import StrEnum

SHORTEST = 8
LONGEST = 200  # what is hashed is bounded: a megabyte of password would be an attack

_CAPITALS = string.ascii_uppercase
_INITIAL_LENGTH = 11
# Letters and digits that nobody mistakes for another when they are read from paper or dictated.
_UPPER, _LOWER, _DIGITS, _SPECIALS = "ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789", "!?+*=%@"
_TEMPORARY_LENGTH = 12

INITIAL_BITS = _INITIAL_LENGTH * math.log2(len(_CAPITALS))

Pick = Callable[[str], str]


class Rule(StrEnum):
    """One rule of the policy."""

    LENGTH = "length"
    DIGIT = "digit"
    UPPER = "upper"
    LOWER = "lower"
    SPECIAL = "special"
    TOO_LONG = "too_long"
    SAME_TWICE = "same_twice"
    NEW = "new"


SHOWN = (Rule.LENGTH, Rule.DIGIT, Rule.UPPER, Rule.LOWER, Rule.SPECIAL)


def normalise(password: str) -> str:
    """Return one spelling for what keyboards write in several (é as one sign or as two)."""
    return unicodedata.normalize("NFKC", password)


def failed_rules(password: str) -> tuple[Rule, ...]:
    """Return every rule that a password fails, in the order in which they are shown."""
    text = normalise(password)
    passed = {
        Rule.LENGTH: len(text) >= SHORTEST,
        Rule.DIGIT: any(char.isdecimal() for char in text),
        Rule.UPPER: any(char.isupper() for char in text),
        Rule.LOWER: any(char.islower() for char in text),
        Rule.SPECIAL: any(not char.isalnum() for char in text),
        Rule.TOO_LONG: len(text) <= LONGEST,
    }
    return tuple(rule for rule, fine in passed.items() if not fine)


def failed_choice(new: str, again: str) -> tuple[Rule, ...]:
    """Return what is wrong with a new password typed twice."""
    return failed_rules(new) + (() if normalise(new) == normalise(again) else (Rule.SAME_TWICE,))


def initial_password(pick: Pick) -> str:
    """Make the password that comes with a new account: eleven capitals, 51 bits (AUT-006)."""
    return "".join(pick(_CAPITALS) for _ in range(_INITIAL_LENGTH))


def temporary_password(pick: Pick) -> str:
    """Make the password that staff reads to a client (AUT-012): it passes the policy and has over 50 bits.

    Its shape is fixed, so that no draw is thrown away: capital, small letters and digits in between, a special sign.
    """
    shape = [_UPPER, _SPECIALS, _DIGITS, *[_LOWER + _DIGITS] * (_TEMPORARY_LENGTH - 4), _LOWER]
    return "".join(pick(alphabet) for alphabet in shape)


def temporary_bits() -> float:
    """Return how many bits a temporary password has."""
    inner = math.log2(len(_LOWER + _DIGITS)) * (_TEMPORARY_LENGTH - 4)
    return inner + sum(math.log2(len(alphabet)) for alphabet in (_UPPER, _SPECIALS, _DIGITS, _LOWER))
