"""Outlook's winmail.dat (TNEF) opened: its files and its text.

Our own reader, because mail is hostile: the library at hand (tnefparse 1.4) believes a forged property count (four
thousand million turns for twenty bytes) and copies the rest of the file for each object.
"""

import codecs
from dataclasses import dataclass, field
from typing import Final

from palier.messages.inbound import mapi

_SIGNATURE: Final = b"\x78\x9f\x3e\x22"
_HEADER: Final = 6
_OBJECT_HEADER: Final = 9
_CHECKSUM: Final = 2
_BODY: Final = 0x800C
_ATTACH_DATA: Final = 0x800F
_ATTACH_TITLE: Final = 0x8010
_ATTACH_RENDERING: Final = 0x9002
_MESSAGE_PROPERTIES: Final = 0x9003
_ATTACHMENT_PROPERTIES: Final = 0x9005
_CODEPAGE: Final = 0x9007
_UTF8_CODEPAGE: Final = 65001


@dataclass(slots=True)
class TnefFile:
    name: str = ""
    media_type: str = ""
    content_id: str = ""
    content: bytes = b""


@dataclass(slots=True)
class Tnef:
    """What winmail.dat held; ``rtf`` is still compressed."""

    text: str = ""
    html: str = ""
    rtf: bytes = b""
    files: list[TnefFile] = field(default_factory=list)
    is_complete: bool = True


def read_tnef(data: bytes, max_objects: int) -> Tnef | None:
    """Return the contents, None when the bytes are not TNEF at all."""
    if not data.startswith(_SIGNATURE):
        return None
    reader = _Reader()
    position = _HEADER
    for _ in range(max_objects):
        if position + _OBJECT_HEADER + _CHECKSUM > len(data):
            break
        name = int.from_bytes(data[position + 1 : position + 3], "little")
        length = int.from_bytes(data[position + 5 : position + 9], "little")
        start = position + _OBJECT_HEADER
        reader.take(name, data[start : start + length])
        position = start + length + _CHECKSUM
    reader.found.is_complete = position == len(data)
    return reader.found


class _Reader:
    def __init__(self) -> None:
        self.found = Tnef()
        self._codec = "cp1252"

    def take(self, name: int, value: bytes) -> None:
        if name == _CODEPAGE:
            self._codec = _codec(int.from_bytes(value[:4], "little"))
        elif name == _BODY:
            self.found.text = self.found.text or value.rstrip(b"\x00").decode(self._codec, "replace")
        elif name == _MESSAGE_PROPERTIES:
            self._message_properties(value)
        elif name == _ATTACH_RENDERING or (name in _FILE_OBJECTS and not self.found.files):
            self.found.files.append(TnefFile())
        if name in _FILE_OBJECTS:
            self._file_object(self.found.files[-1], name, value)

    def _file_object(self, file: TnefFile, name: int, value: bytes) -> None:
        if name == _ATTACH_DATA:
            file.content = value
        elif name == _ATTACH_TITLE:
            file.name = file.name or value.rstrip(b"\x00").decode(self._codec, "replace")
        else:
            self._file_properties(file, value)

    def _file_properties(self, file: TnefFile, value: bytes) -> None:
        found = mapi.MapiReader(value, self._codec).read()
        long_name = found.get(mapi.ATTACH_LONG_FILENAME) or found.get(mapi.ATTACH_FILENAME)
        file.name = _text(long_name) or file.name or _text(found.get(mapi.DISPLAY_NAME))
        file.media_type = _text(found.get(mapi.ATTACH_MIME_TAG))
        file.content_id = _text(found.get(mapi.ATTACH_CONTENT_ID))
        content = found.get(mapi.ATTACH_DATA)
        if isinstance(content, bytes) and not file.content:
            file.content = content

    def _message_properties(self, value: bytes) -> None:
        found = mapi.MapiReader(value, self._codec).read()
        page = found.get(mapi.INTERNET_CODEPAGE)
        codec = _codec(page) if isinstance(page, int) else self._codec
        self.found.text = self.found.text or _text(found.get(mapi.BODY), codec)
        self.found.html = _text(found.get(mapi.BODY_HTML), codec)
        rtf = found.get(mapi.RTF_COMPRESSED)
        self.found.rtf = rtf if isinstance(rtf, bytes) else b""


_FILE_OBJECTS: Final = frozenset({_ATTACH_DATA, _ATTACH_TITLE, _ATTACHMENT_PROPERTIES})


def _text(value: bytes | str | int | None, codec: str = "cp1252") -> str:
    if isinstance(value, bytes):
        return value.rstrip(b"\x00").decode(codec, "replace")
    return value if isinstance(value, str) else ""


def _codec(page: int) -> str:
    if page == _UTF8_CODEPAGE:
        return "utf-8"
    try:
        return codecs.lookup(f"cp{page}").name
    except LookupError:
        return "cp1252"
