"""Just enough of ASN.1 BER to find a mail inside a CMS envelope: lengths definite or not, strings in pieces."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_END_OF_CONTENTS: Final = b"\x00\x00"
_MAX_DEPTH: Final = 12
_MAX_ELEMENTS: Final = 200_000
_LONG_TAG: Final = 0x1F
_INDEFINITE: Final = 0x80
_CONSTRUCTED: Final = 0x20
_MAX_LENGTH_BYTES: Final = 5


class BerError(ValueError):
    """Not BER, or more of it than we follow."""


@dataclass(frozen=True, slots=True)
class Element:
    tag: int
    data: bytes
    start: int
    end: int  # of the contents; the end of the data when the length is indefinite
    is_indefinite: bool

    @property
    def is_constructed(self) -> bool:
        return bool(self.tag & _CONSTRUCTED)


def element_at(data: bytes, position: int, end: int) -> Element:
    """Read the tag and length at ``position``."""
    if position + 2 > end or data[position] & _LONG_TAG == _LONG_TAG:
        raise BerError
    tag, first = data[position], data[position + 1]
    start = position + 2
    if first == _INDEFINITE:
        return Element(tag, data, start, end, is_indefinite=True)
    if first > _INDEFINITE:
        size = first - _INDEFINITE
        if size > _MAX_LENGTH_BYTES or start + size > end:
            raise BerError
        first = int.from_bytes(data[start : start + size], "big")
        start += size
    return Element(tag, data, start, min(start + first, end), is_indefinite=False)


class BerReader:
    """Walks elements; counts them, so that a hostile structure ends in an error and not in hours."""

    def __init__(self) -> None:
        self._seen = 0

    def children(self, parent: Element, depth: int = 0) -> Iterator[Element]:
        """Yield the elements inside a constructed one."""
        position = parent.start
        while position < parent.end:
            if parent.is_indefinite and parent.data[position : position + 2] == _END_OF_CONTENTS:
                return
            self._seen += 1
            if self._seen > _MAX_ELEMENTS or depth > _MAX_DEPTH:
                raise BerError
            child = element_at(parent.data, position, parent.end)
            yield child
            position = self._after(child, depth + 1)

    def octets(self, element: Element, depth: int = 0) -> bytes:
        """Return the bytes of a string, joined when it comes in pieces."""
        if not element.is_constructed:
            return element.data[element.start : element.end]
        return b"".join(self.octets(child, depth + 1) for child in self.children(element, depth))

    def _after(self, element: Element, depth: int) -> int:
        if not element.is_indefinite:
            return element.end
        position = element.start
        for child in self.children(element, depth):
            position = self._after(child, depth + 1)
        return position + len(_END_OF_CONTENTS)
