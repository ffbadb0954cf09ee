"""A form's token is for whoever holds the secret it was made with, and for nobody else."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from palier.web.form_tokens import BadFormTokenError, new_form_token, nonce_of

SECRETS = st.text(string.ascii_letters + string.digits + "._-", min_size=20, max_size=120)


@given(SECRETS)
def test_a_token_is_taken_from_the_secret_it_was_given_to(secret: str) -> None:
    token = new_form_token(secret)
    assert token.startswith(f"{nonce_of(token, secret)}.")


@given(SECRETS, SECRETS)
def test_a_token_is_refused_from_any_other_secret(secret: str, other: str) -> None:
    assume(secret != other)
    with pytest.raises(BadFormTokenError):
        nonce_of(new_form_token(secret), other)


@given(SECRETS)
def test_each_form_has_its_own_token(secret: str) -> None:
    assert new_form_token(secret) != new_form_token(secret)


@given(SECRETS, st.integers(min_value=0), st.characters(codec="utf-8"))
def test_a_token_with_any_character_changed_is_refused(secret: str, place: int, char: str) -> None:
    token = new_form_token(secret)
    at = place % len(token)
    assume(token[at] != char)
    with pytest.raises(BadFormTokenError):
        nonce_of(token[:at] + char + token[at + 1 :], secret)


@given(st.text(max_size=300), SECRETS)
def test_what_is_no_token_is_refused_by_name(text: str, secret: str) -> None:
    with pytest.raises(BadFormTokenError):
        nonce_of(text, secret)


def test_the_token_does_not_tell_the_secret() -> None:
    secret = "agency.party.a-secret-nobody-may-see"
    assert secret[-10:] not in new_form_token(secret)
