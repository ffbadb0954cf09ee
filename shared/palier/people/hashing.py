"""Hashing of passwords: argon2id with OWASP's parameters, loaded only where somebody types a password."""

from palier.people.passwords import LONGEST, normalise

_MEMORY_KIB, _ROUNDS, _LANES = 19_456, 2, 1

# The hash of a password nobody knows, verified when a login does not exist: both refusals take the same time.
NOBODYS_HASH = "$argon2id$v=19$m=19456,t=2,p=1$QH+6VS1RrRg+Xo7OqYOeVw$epso++iF2ThufuG3cgDrn6F1eiyE2DYmrUc+/KEoy3U"


def hash_password(password: str) -> str:
    """Return what is stored of a password."""
    from argon2 import PasswordHasher

    return PasswordHasher(_ROUNDS, _MEMORY_KIB, _LANES).hash(normalise(password))


def matches(password: str, stored: str) -> bool:
    """Tell whether this password made that hash; no stored hash takes as long and never matches."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        hasher = PasswordHasher(_ROUNDS, _MEMORY_KIB, _LANES)
        hasher.verify(stored or NOBODYS_HASH, normalise(password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False
    return bool(stored)
