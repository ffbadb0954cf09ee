"""Where a list goes on, as an opaque word for the address bar. Never trusted: it must stay in the caller's agency."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

import msgspec

_LONGEST = 1200


def write_cursor(key: Mapping[str, Any] | None) -> str:
    """Return the word for a place in a list; empty at its end."""
    return "" if key is None else base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def read_cursor(word: str, agency: str) -> Mapping[str, Any] | None:
    """Return the place a word stands for, or None for the beginning when it is not one of this agency's."""
    if not word or len(word) > _LONGEST:
        return None
    try:
        key = msgspec.json.decode(
            base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)), type=dict[str, dict[str, str]]
        )
    except (binascii.Error, msgspec.MsgspecError, ValueError):
        return None
    ours = all(value.get("S", "").startswith(f"{agency}#") for name, value in key.items() if name.endswith("pk"))
    return key if key and ours else None
