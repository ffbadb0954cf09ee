"""The tree of parts, found by offsets in the raw bytes. Knows containers and boundaries, not what parts mean.

The standard library's parser recurses per level and tests every open boundary on every line: deep mail stops it and
wide mail slows it. Here each container is searched once for its own delimiter, and depth and number are bounded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from palier.messages.inbound.findings import Findings
from palier.messages.inbound.headers import Headers, split_headers
from palier.messages.inbound.limits import Limits
from palier.messages.inbound.model import Defect
from palier.messages.inbound.parameters import Parameterised, parse_content_type, parse_disposition
from palier.messages.inbound.transfer import decode_transfer

_GUESS: Final = re.compile(rb"(?m)^--(-{0,40}[^\s-][^\r\n]{0,80}?)[ \t\r]{0,3}\n[!-9;-~]{1,60}:")
_GUESS_WINDOW: Final = 200_000
_NEXT_LINE: Final = re.compile(rb"[\r\n]")
_AFTER_DELIMITER: Final = re.compile(rb"(--)?[ \t]{0,100}(?:\r{0,2}\n|\r|\Z)")
_MAX_TYPES: Final = 5
_ENCODED: Final = frozenset({"base64", "quoted-printable"})


@dataclass(slots=True)
class Part:
    """A node: its fields, its media type, and where its body lies in ``source``."""

    headers: Headers
    content_type: Parameterised
    source: bytes
    start: int
    end: int
    depth: int
    children: list["Part"] = field(default_factory=list)

    @property
    def media_type(self) -> str:
        return self.content_type.value

    @property
    def raw_body(self) -> bytes:
        return self.source[self.start : self.end]

    def content(self, findings: Findings) -> bytes:
        return decode_transfer(self.raw_body, self.headers.token("content-transfer-encoding"), findings)

    def disposition(self, findings: Findings) -> Parameterised:
        return parse_disposition(self.headers.first("content-disposition"), findings)


class TreeReader:
    """Reads entities into parts within the limits of one mail."""

    def __init__(self, limits: Limits, findings: Findings) -> None:
        self._limits = limits
        self._findings = findings

    def read(self, source: bytes, start: int = 0, end: int | None = None, depth: int = 0) -> Part:
        """Return the part that the bytes hold, with its descendants."""
        return self._entity(source, start, len(source) if end is None else end, depth, "text/plain")

    def _entity(self, source: bytes, start: int, end: int, depth: int, default_type: str) -> Part:
        self._findings.parts += 1
        headers, body = split_headers(source, start, end, self._limits, self._findings)
        content_type = self._content_type(headers)
        if not content_type.value:
            content_type = Parameterised(default_type, content_type.parameters)
        part = Part(headers, content_type, source, body, end, depth)
        if content_type.value.startswith("multipart/"):
            self._fill(part)
        return part

    def _content_type(self, headers: Headers) -> Parameterised:
        """Return the media type; of several, the one that says how to take the body apart."""
        found = [parse_content_type(value, self._findings) for value in headers.every("content-type")[:_MAX_TYPES]]
        container = next((one for one in found if one.value.startswith("multipart/") and one.get("boundary")), None)
        return container or (found[0] if found else Parameterised("", {}))

    def _fill(self, part: Part) -> None:
        if part.depth >= self._limits.depth:
            self._findings.note(Defect.TOO_DEEP)
            return
        self._decode_container(part)
        child_type = "message/rfc822" if part.media_type == "multipart/digest" else "text/plain"
        for start, end in self._spans(part):
            if self._findings.parts >= self._limits.parts:
                self._keep_rest(part, start)
                return
            part.children.append(self._entity(part.source, start, end, part.depth + 1, child_type))

    def _decode_container(self, part: Part) -> None:
        """A container may not be encoded; some are all the same."""
        encoding = part.headers.token("content-transfer-encoding")
        if encoding in _ENCODED and b"\n--" not in part.source[part.start : part.end]:
            part.source = decode_transfer(part.raw_body, encoding, self._findings)
            part.start, part.end = 0, len(part.source)

    def _keep_rest(self, part: Part, start: int) -> None:
        """Keep all that follows as one opaque file."""
        self._findings.note(Defect.TOO_MANY_PARTS)
        opaque = Parameterised("application/octet-stream", {"name": "suite-non-lue.eml"})
        part.children.append(Part(Headers(), opaque, part.source, start, part.end, part.depth + 1))

    def _spans(self, part: Part) -> list[tuple[int, int]]:
        declared = part.content_type.get("boundary").encode("utf-8", "replace").strip()
        spans = list(self._between_delimiters(part, declared)) if declared else []
        if not spans:
            self._findings.note(Defect.MISSING_BOUNDARY)
            guessed = _GUESS.search(part.source, part.start, min(part.end, part.start + _GUESS_WINDOW))
            spans = list(self._between_delimiters(part, guessed[1])) if guessed else []
        return spans

    def _between_delimiters(self, part: Part, boundary: bytes) -> Iterator[tuple[int, int]]:
        """Yield the spans of the children; what stands before and after the delimiters is nobody's.

        A closing delimiter does not end the search: some programs give an inner container the outer one's boundary.
        """
        opened: int | None = None
        for line_start, after, closing in self._delimiters(part, boundary):
            if opened is not None:
                yield opened, max(opened, _without_line_end(part.source, opened, line_start))
            opened = None if closing else after
        if opened is not None:
            self._findings.note(Defect.UNCLOSED_MULTIPART)
            yield opened, part.end

    def _delimiters(self, part: Part, boundary: bytes) -> Iterator[tuple[int, int, bool]]:
        delimiter = b"--" + boundary
        source, position = part.source, part.start
        for _ in range(self._limits.boundary_hits):
            hit = source.find(delimiter, position, part.end)
            if hit < 0:
                return
            after = hit + len(delimiter)
            match = _AFTER_DELIMITER.match(source, after, part.end)
            at_line_start = hit == part.start or source[hit - 1] in b"\r\n"
            if at_line_start and match:
                yield hit, match.end(), match[1] is not None
                position = match.end()
            else:
                line = _NEXT_LINE.search(source, after, part.end)
                position = line.end() if line else part.end
        self._findings.note(Defect.TOO_MANY_PARTS)


def _without_line_end(source: bytes, start: int, end: int) -> int:
    """The line end before a delimiter belongs to the delimiter."""
    if end > start and source[end - 1] == ord("\n"):
        end -= 1
    if end > start and source[end - 1] == ord("\r"):
        end -= 1
    return end
