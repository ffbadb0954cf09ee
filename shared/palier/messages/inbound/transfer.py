"""Content-Transfer-Encoding undone, tolerating what real mail contains. Never fails."""

import binascii
import re
from typing import Final

from palier.messages.inbound.findings import Findings
from palier.messages.inbound.model import Defect

_PLAIN: Final = frozenset({"", "7bit", "8bit", "binary", "7-bit", "8-bit", "none", "7bits", "8bits"})
_NOT_BASE64: Final = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
_BASE64_TEXT: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n\t "
_EMPTY_LINE: Final = re.compile(rb"(?<=[A-Za-z0-9+/=])[ \t]{0,9}(?>\r?\n)[ \t]{0,9}(?>\r?\n)")
_ONLY_BASE64_LINES: Final = re.compile(rb"[\r\n]*(?:[A-Za-z0-9+/]{16,}[\r\n]+)*[A-Za-z0-9+/]{2,}={0,2}\s*")
_BLANK_SOFT_BREAK: Final = re.compile(rb"=[ \t]{1,50}(?=\r?\n)")
_MAX_SEGMENTS: Final = 200
_QUANTUM: Final = 4


def decode_transfer(raw: bytes, encoding: str, findings: Findings) -> bytes:
    """Return the decoded bytes of a part."""
    name = encoding.split(";", maxsplit=1)[0].strip().strip("\"'").lower()
    if name in _PLAIN:
        return raw
    if name == "base64":
        return decode_base64(raw, findings)
    if name in {"quoted-printable", "quotedprintable", "qp"}:
        return decode_quoted_printable(_BLANK_SOFT_BREAK.sub(b"=", raw))
    if name in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        return decode_uuencode(raw)
    findings.note(Defect.UNKNOWN_ENCODING)
    return raw


def decode_quoted_printable(raw: bytes) -> bytes:
    """Undo quoted-printable; wrong escapes stay as written."""
    return binascii.a2b_qp(raw)


def decode_base64(raw: bytes, findings: Findings) -> bytes:
    """Undo base64: missing padding, stray characters, several padded runs, a footer that some list appended."""
    raw = _without_footer(raw, findings)
    first_pad = raw.find(b"=")
    rest = raw[first_pad:].lstrip(b"=").strip() if first_pad >= 0 else b""
    if not rest:
        return _base64_run(raw, findings)
    findings.note(Defect.BROKEN_BASE64)
    runs = [_base64_run(raw[:first_pad], findings)]
    # The standard decoder stops at the first padding; what follows may be more data.
    segments = re.split(rb"=+", rest, maxsplit=_MAX_SEGMENTS)
    runs += [_base64_run(one, findings) for one in segments if _ONLY_BASE64_LINES.fullmatch(one)]
    return b"".join(runs)


def _without_footer(raw: bytes, findings: Findings) -> bytes:
    """Cut at an empty line what is no base64: letters of a sentence would decode to rubbish."""
    if not raw.translate(None, _BASE64_TEXT):
        return raw
    empty_line = _EMPTY_LINE.search(raw.rstrip())
    if empty_line and raw[empty_line.end() :].translate(None, _BASE64_TEXT):
        findings.note(Defect.BROKEN_BASE64)
        return raw[: empty_line.start()]
    return raw


def _base64_run(raw: bytes, findings: Findings) -> bytes:
    try:
        return binascii.a2b_base64(raw)
    except binascii.Error:
        pass
    letters = raw.translate(None, _NOT_BASE64)
    if len(letters) % _QUANTUM == 1:
        findings.note(Defect.BROKEN_BASE64)
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % _QUANTUM))


def decode_uuencode(raw: bytes) -> bytes:
    """Undo uuencode, with or without its begin and end lines."""
    return b"".join(_uu_line(line) for line in raw.splitlines() if not line.startswith((b"begin ", b"end", b"`")))


def _uu_line(line: bytes) -> bytes:
    if not line.strip():
        return b""
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        # Old encoders append a checksum letter: keep the bytes that the length letter announces.
        length = ((line[0] - 32) & 63) * 4 // 3 + 4
        try:
            return binascii.a2b_uu(line[:length])
        except binascii.Error:
            return b""
