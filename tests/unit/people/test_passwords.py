"""AUT-006, AUT-009, AUT-012: what is taken as a password, and what we give as one."""

import math
import secrets
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.people import passwords
from palier.people.hashing import NOBODYS_HASH, hash_password, matches
from palier.people.passwords import Rule, failed_choice, failed_rules, initial_password, temporary_password

FINE = st.tuples(
    st.sampled_from(string.digits),
    st.sampled_from(string.ascii_uppercase + "ÉÇÀ"),
    st.sampled_from(string.ascii_lowercase + "éçà"),
    st.sampled_from("!?+-* €§"),
    st.text(alphabet=string.printable + "éàŒ", min_size=4, max_size=150),
).map("".join)


@given(FINE, st.randoms())
def test_order_does_not_matter_and_every_class_makes_it_pass(password: str, random: object) -> None:
    shuffled = list(password)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert failed_rules("".join(shuffled)) == ()


@given(st.text(max_size=250))
def test_a_longer_password_fails_no_rule_that_a_shorter_one_passed_except_length(password: str) -> None:
    more = set(failed_rules(password + "x"))
    assert more - {Rule.TOO_LONG} <= set(failed_rules(password))


@pytest.mark.parametrize(
    ("password", "failed"),
    [
        ("", (Rule.LENGTH, Rule.DIGIT, Rule.UPPER, Rule.LOWER, Rule.SPECIAL)),
        ("Abcdef1!", ()),
        ("Abcde1!", (Rule.LENGTH,)),
        ("Abcdefg!", (Rule.DIGIT,)),
        ("abcdef1!", (Rule.UPPER,)),
        ("ABCDEF1!", (Rule.LOWER,)),
        ("Abcdefg1", (Rule.SPECIAL,)),
        ("abcdefgh", (Rule.DIGIT, Rule.UPPER, Rule.SPECIAL)),
        ("Ab1!" + "x" * 197, (Rule.TOO_LONG,)),
    ],
)
def test_a_refusal_lists_every_failed_rule(password: str, failed: tuple[Rule, ...]) -> None:
    assert failed_rules(password) == failed


def test_the_confirmation_must_be_the_same() -> None:
    assert failed_choice("Abcdef1!", "Abcdef1?") == (Rule.SAME_TWICE,)
    assert failed_choice("Abcdef1é!", "Abcdef1e\u0301!") == ()


def test_passwords_that_we_give_have_at_least_fifty_bits() -> None:
    """Law: below that no throttling makes them lawful (law.md §3)."""
    assert passwords.INITIAL_BITS >= 50
    assert passwords.temporary_bits() >= 50


def test_the_claimed_bits_are_those_of_the_draws() -> None:
    drawn: list[str] = []

    def pick(alphabet: str) -> str:
        drawn.append(alphabet)
        return alphabet[0]

    temporary_password(pick)
    assert math.isclose(sum(math.log2(len(set(alphabet))) for alphabet in drawn), passwords.temporary_bits())
    drawn.clear()
    initial_password(pick)
    assert math.isclose(sum(math.log2(len(set(alphabet))) for alphabet in drawn), passwords.INITIAL_BITS)


def test_an_initial_password_is_eleven_capitals() -> None:
    made = initial_password(secrets.choice)
    assert len(made) == 11
    assert set(made) <= set(string.ascii_uppercase)


def test_a_temporary_password_passes_the_policy_and_reads_without_doubt() -> None:
    for _ in range(200):
        made = temporary_password(secrets.choice)
        assert failed_rules(made) == ()
        assert not set(made) & set("0O1lI")


def test_a_hash_matches_its_password_however_the_keyboard_wrote_it() -> None:
    stored = hash_password("Abcdef1é!")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert matches("Abcdef1e\u0301!", stored)
    assert not matches("Abcdef1e!", stored)


def test_nothing_matches_a_missing_hash() -> None:
    assert not matches("", "")
    assert not matches("nobody", "")
    assert not matches("anything", "not a hash")


def test_the_hash_of_nobody_costs_what_a_real_one_costs() -> None:
    real = hash_password("Abcdef1!")
    assert NOBODYS_HASH.split("$")[:4] == real.split("$")[:4]
    assert len(NOBODYS_HASH) == len(real)
