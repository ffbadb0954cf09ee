"""MAPI properties as Outlook packs them in winmail.dat: only the ones that carry text, names and files."""

import struct
from collections.abc import Mapping
from typing import Final

_FIXED: Final = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_VARIABLE: Final = frozenset({0x0D, 0x1E, 0x1F, 0x102})
_MULTIPLE: Final = 0x1000
_NAMED: Final = 0x8000
_UNICODE: Final = 0x1F
_OBJECT: Final = 0x0D
_IID_LENGTH: Final = 16
_INTEGER: Final = 0x03
_MAX_PROPERTIES: Final = 2_000
_MAX_VALUES: Final = 200

BODY: Final = 0x1000
RTF_COMPRESSED: Final = 0x1009
BODY_HTML: Final = 0x1013
DISPLAY_NAME: Final = 0x3001
ATTACH_DATA: Final = 0x3701
ATTACH_FILENAME: Final = 0x3704
ATTACH_LONG_FILENAME: Final = 0x3707
ATTACH_MIME_TAG: Final = 0x370E
ATTACH_CONTENT_ID: Final = 0x3712
INTERNET_CODEPAGE: Final = 0x3FDE


class MapiError(ValueError):
    """The properties end in the middle of one, or hold a type that nobody defined."""


class MapiReader:
    """A cursor over packed properties."""

    def __init__(self, data: bytes, codec: str) -> None:
        self._data = data
        self._codec = codec
        self._at = 0

    def read(self) -> Mapping[int, bytes | str | int]:
        """Return the values by property id; what was read before an error is kept."""
        values: dict[int, bytes | str | int] = {}
        try:
            for _ in range(min(self._u32(), _MAX_PROPERTIES)):
                tag, value = self._property()
                if value is not None:
                    values.setdefault(tag, value)
        except (MapiError, struct.error):
            pass
        return values

    def _property(self) -> tuple[int, bytes | str | int | None]:
        kind, tag = self._u16(), self._u16()
        if tag >= _NAMED:
            self._skip_name()
        is_multiple = bool(kind & _MULTIPLE)
        kind &= ~_MULTIPLE
        count = self._u32() if is_multiple or kind in _VARIABLE else 1
        if count > _MAX_VALUES:
            raise MapiError
        values = [self._value(kind) for _ in range(count)]
        return tag, values[0] if values else None

    def _value(self, kind: int) -> bytes | str | int | None:
        if kind in _FIXED:
            raw = self._take(_FIXED[kind])
            return int.from_bytes(raw, "little") if kind == _INTEGER else None
        if kind not in _VARIABLE:
            raise MapiError
        length = self._u32()
        raw = self._take(length)
        self._at += -length % 4
        if kind == _UNICODE:
            return raw.decode("utf-16-le", "replace").rstrip("\x00")
        if kind == _OBJECT:
            return raw[_IID_LENGTH:]
        return raw if kind != 0x1E else raw.rstrip(b"\x00").decode(self._codec, "replace")  # noqa: PLR2004

    def _skip_name(self) -> None:
        self._take(16)
        if self._u32() == 0:
            self._take(4)
        else:
            length = self._u32()
            self._take(length + -length % 4)

    def _take(self, length: int) -> bytes:
        if self._at + length > len(self._data):
            raise MapiError
        raw = self._data[self._at : self._at + length]
        self._at += length
        return raw

    def _u16(self) -> int:
        return int.from_bytes(self._take(2), "little")

    def _u32(self) -> int:
        return int.from_bytes(self._take(4), "little")
