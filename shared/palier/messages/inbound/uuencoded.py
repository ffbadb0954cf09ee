"""Files that old systems write into the text itself, between ``begin 644 name`` and ``end``."""

import re
from typing import Final

from msgspec import Struct

from palier.messages.inbound.transfer import decode_uuencode

_BEGIN: Final = re.compile(r"(?m)^begin [0-7]{3,4} ([^\r\n]{1,200}?)\r?\n(?=[!-`][!-` ]{4,90}\r?\n)")
_END: Final = re.compile(r"(?m)^end[ \t]{0,5}\r?$")
_MAX_FILES: Final = 50


class UuFile(Struct, frozen=True):
    name: str
    content: bytes


def take_uuencoded(text: str) -> tuple[str, tuple[UuFile, ...]]:
    """Return the text without them, and the files."""
    shown: list[str] = []
    files: list[UuFile] = []
    position = 0
    while len(files) < _MAX_FILES and (begin := _BEGIN.search(text, position)):
        end = _END.search(text, begin.end())
        if end is None:
            break
        shown.append(text[position : begin.start()])
        files.append(UuFile(begin[1], decode_uuencode(text[begin.end() : end.start()].encode("ascii", "replace"))))
        position = end.end()
    return "".join((*shown, text[position:])), tuple(files)
