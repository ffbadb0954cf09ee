"""The header block of a mail or of a part: where it ends, and its fields, unfolded but still bytes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from palier.messages.inbound.encoded_words import decode_header
from palier.messages.inbound.findings import Findings
from palier.messages.inbound.limits import Limits
from palier.messages.inbound.model import Defect

# A line may end in LF, CRLF, CR, or CRCRLF (a gateway's accident). Atomic groups: no second thoughts, linear work.
_LINE_END: Final = re.compile(rb"(?>\r{0,2}\n|\r)")
_EMPTY_LINE: Final = re.compile(rb"(?>\r{0,2}\n|\r)(?>\r{0,2}\n|\r)")
_FIELD: Final = re.compile(rb"([!-9;-~]{1,100})[ \t]{0,20}:")
_MBOX_FROM: Final = (b"From ", b">From ")


@dataclass(frozen=True, slots=True)
class Headers:
    """Fields in order; names in lower case, values as bytes without line ends."""

    fields: tuple[tuple[str, bytes], ...] = ()

    def every(self, name: str) -> list[bytes]:
        return [value for field, value in self.fields if field == name]

    def first(self, name: str) -> bytes | None:
        return next((value for field, value in self.fields if field == name), None)

    def text(self, name: str, findings: Findings) -> str:
        """Return the first field of that name, decoded; empty when there is none."""
        value = self.first(name)
        return "" if value is None else decode_header(value, findings)

    def token(self, name: str) -> str:
        """Return the first field of that name as lower-case ASCII, for machine-read fields."""
        return (self.first(name) or b"").decode("ascii", "replace").strip().lower()


def split_headers(source: bytes, start: int, end: int, limits: Limits, findings: Findings) -> tuple[Headers, int]:
    """Return the fields of the entity at ``start`` and the offset where its body begins."""
    if _LINE_END.match(source, start, end):
        return Headers(), _LINE_END.match(source, start, end).end()  # type: ignore[union-attr]
    cap = min(end, start + limits.header_block_bytes)
    blank = _EMPTY_LINE.search(source, start, cap)
    if blank is None and cap < end:
        findings.note(Defect.HEADERS_TRUNCATED)
    block_end, body = (blank.start(), blank.end()) if blank else (cap, cap)
    reader = _FieldReader(limits, findings)
    junk_at = reader.read(source[start:block_end])
    return Headers(tuple(reader.fields())), body if junk_at is None else start + junk_at


def skip_leading_blanks(source: bytes) -> int:
    """Return where a mail really starts: after a byte-order mark, empty lines, and a mailbox file's From line."""
    start = 3 if source.startswith(b"\xef\xbb\xbf") else 0
    while (match := _LINE_END.match(source, start)) and start < 100:  # noqa: PLR2004 - more is a body, not an accident
        start = match.end()
    if not _FIELD.match(source, start) and not source.startswith(_MBOX_FROM, start):
        return 0
    return start


class _FieldReader:
    """Reads lines into fields. Stops at a line that can only be the start of a body without its empty line."""

    def __init__(self, limits: Limits, findings: Findings) -> None:
        self._limits = limits
        self._findings = findings
        self._found: list[tuple[str, list[bytes]]] = []

    def read(self, block: bytes) -> int | None:
        lines = list(_lines(block, self._limits.header_lines))
        if len(lines) > self._limits.header_lines:
            self._findings.note(Defect.HEADERS_TRUNCATED)
            lines.pop()
        for index, (offset, line) in enumerate(lines):
            if not self._take(line, first=index == 0):
                self._findings.note(Defect.MALFORMED_HEADER)
                if not self._found or not _goes_on(lines, index + 1):
                    return offset
                self._found[-1][1].append(line)
        return None

    def _take(self, line: bytes, *, first: bool) -> bool:
        if line[:1] in {b" ", b"\t"}:
            if self._found:
                self._found[-1][1].append(line)
            return bool(self._found)
        match = _FIELD.match(line)
        if match:
            self._found.append((match[1].decode("ascii").lower(), [line[match.end() :]]))
            return True
        return line.startswith(_MBOX_FROM) and (first or not self._found)

    def fields(self) -> Iterator[tuple[str, bytes]]:
        for name, pieces in self._found:
            value = b" ".join(piece.strip() for piece in pieces).strip()
            if len(value) > self._limits.header_value_chars:
                self._findings.note(Defect.HEADERS_TRUNCATED)
                value = value[: self._limits.header_value_chars]
            yield name, value.replace(b"\x00", b"")


def _lines(block: bytes, limit: int) -> Iterator[tuple[int, bytes]]:
    """Yield (offset, line), one more than ``limit`` at most."""
    position = 0
    for count, match in enumerate(_LINE_END.finditer(block)):
        yield position, block[position : match.start()]
        position = match.end()
        if count >= limit:
            return
    if position < len(block):
        yield position, block[position:]


def _goes_on(lines: list[tuple[int, bytes]], index: int) -> bool:
    """Tell whether more header follows: then a line without a colon was a badly folded one."""
    return index < len(lines) and (_FIELD.match(lines[index][1]) is not None or lines[index][1][:1] in {b" ", b"\t"})
