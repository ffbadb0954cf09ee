"""Names of attached files, made safe for every disk, zip and page, and still recognisable."""

import re
import unicodedata
from typing import Final

from palier.messages.inbound.cleaning import one_line
from palier.messages.inbound.sniff import extension_of

_FORBIDDEN: Final = re.compile(r'[<>:"|?*\x00-\x1f]')
_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_EXTENSION: Final = re.compile(r"\.[A-Za-z0-9]{1,8}$")
_MAX_NAME: Final = 120
_MAX_RAW: Final = 4_000


def safe_name(raw: str, media_type: str, number: int) -> str:
    """Return a plain file name; a made-up one when the mail gives none."""
    name = raw[-_MAX_RAW:].replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = _FORBIDDEN.sub("_", one_line(unicodedata.normalize("NFC", name), _MAX_RAW)).strip(" .")
    if not name:
        return f"piece-jointe-{number}{extension_of(media_type)}"
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    if not _EXTENSION.search(name):
        name += extension_of(media_type)
    return _shorten(name)


def unique_name(name: str, taken: set[str]) -> str:
    """Return the name, numbered when another file of the mail has it already."""
    if name.lower() not in taken:
        return name
    stem, extension = _split(name)
    number = 2
    while f"{stem} ({number}){extension}".lower() in taken:
        number += 1
    return f"{stem} ({number}){extension}"


def _shorten(name: str) -> str:
    stem, extension = _split(name)
    return stem[: _MAX_NAME - len(extension)].rstrip(" .") + extension


def _split(name: str) -> tuple[str, str]:
    match = _EXTENSION.search(name)
    return (name[: match.start()], match[0]) if match else (name, "")
