"""Message ids in Message-ID, In-Reply-To and References: any number, bracketed or not."""

import re
from typing import Final

_BRACKETED: Final = re.compile(r"<\s{0,3}([^<>\s]{1,500})\s{0,3}>")
_BARE: Final = re.compile(r"[^<>\s,;\"()]{1,400}@[^<>\s,;\"()]{1,400}")


def parse_message_ids(raw: bytes | None, limit: int) -> tuple[str, ...]:
    """Return the ids without brackets, first seen first; bare ones when none is bracketed."""
    if not raw:
        return ()
    text = raw.decode("utf-8", "replace").replace("\ufffd", "?")
    found = _BRACKETED.findall(text) or _BARE.findall(text)
    distinct = tuple(dict.fromkeys(one for one in found if one.isprintable()))
    if len(distinct) <= limit:
        return distinct
    return (distinct[0], *distinct[1 - limit :])  # the root, and the nearest
