"""Address lists as people and machines write them: quotes unbalanced, commas in names, groups, no brackets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from palier.messages.inbound import charsets
from palier.messages.inbound.cleaning import one_line
from palier.messages.inbound.encoded_words import decode_words
from palier.messages.inbound.findings import Findings
from palier.messages.inbound.model import Address, Defect

# Bounded on purpose: an unbalanced quote costs 500 characters of search, not the whole header.
_TOKEN: Final = re.compile(
    r'(?P<quoted>"(?>(?:[^"\\]|\\.){0,500})")|(?P<angle><[^<>]{0,500}>)|(?P<comment>\([^()]{0,500}\))'
    r'|(?P<separator>[,;])|(?P<text>[^"<(,;]+)|(?P<junk>.)',
    re.DOTALL,
)
_MAILBOX: Final = re.compile(r"[^\s<>@,;:\"'()\[\]\\]{1,128}@[^\s<>@,;:\"'()\\]{1,253}")
_QUOTED_LOCAL: Final = re.compile(r"\"[^\"<>\r\n]{1,64}\"@[^\s<>@,;:\"'()\\]{1,253}")
_GROUP: Final = re.compile(r"^[^@\"<]{0,100}:")
_MAX_NAME: Final = 120


def parse_addresses(raw: bytes | None, limit: int, findings: Findings) -> tuple[Address, ...]:
    """Return the mailboxes of a field, in order, without duplicates."""
    if not raw:
        return ()
    text = charsets.decode(raw, "", findings)
    found = _collect(text, limit, findings)
    if not found and "=?" in text:  # the whole field, address included, was encoded
        found = _collect(decode_words(text, findings), limit, findings)
    return tuple(found.values())


def first_mailbox(text: str) -> str | None:
    """Return the first thing in the text that looks like an address."""
    match = _MAILBOX.search(text)
    return _tidy(match[0]) if match else None


def _collect(text: str, limit: int, findings: Findings) -> dict[str, Address]:
    found: dict[str, Address] = {}
    for entry in _entries(text):
        address = entry.address(findings)
        if address is None:
            continue
        if len(found) >= limit:
            findings.note(Defect.TOO_MANY_ADDRESSES)
            break
        found.setdefault(address.address.lower(), address)
    return found


@dataclass(slots=True)
class _Entry:
    words: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    angle: str = ""

    @property
    def has_address(self) -> bool:
        return bool(self.angle) or any("@" in word for word in self.words)

    def address(self, findings: Findings) -> Address | None:
        words = _GROUP.sub("", " ".join(self.words).replace(" ,", ","))
        found = _mailbox_in(self.angle) or _mailbox_in(words)
        if found is None:
            return None
        name = words if self.angle else words.replace(found, " ")
        name = decode_words(name.strip() or " ".join(self.comments), findings)
        return Address(one_line(name.strip(" \"'<>,;"), _MAX_NAME), _tidy(found))


def _mailbox_in(text: str) -> str | None:
    match = _MAILBOX.search(text) or _QUOTED_LOCAL.search(text)
    return match[0] if match else None


def _tidy(mailbox: str) -> str:
    local, _, domain = mailbox.rpartition("@")
    return one_line(f"{local}@{domain.rstrip('.>').lower()}", 400)


def _entries(text: str) -> Iterator[_Entry]:
    """Split at separators; a piece without an address belongs to the next one (« Nom, Prénom <a@b> »)."""
    entry = _Entry()
    for match in _TOKEN.finditer(text):
        kind, value = match.lastgroup, match[0]
        if kind == "separator" and entry.has_address:
            yield entry
            entry = _Entry()
        elif kind == "angle":
            if entry.angle:
                yield entry
                entry = _Entry()
            entry.angle = value[1:-1]
        else:
            _add_words(entry, kind, value)
    yield entry


def _add_words(entry: _Entry, kind: str | None, value: str) -> None:
    if kind == "comment":
        entry.comments.append(value[1:-1])
    elif kind == "quoted" and not entry.angle:
        entry.words.append(value if "@" in value else value[1:-1].replace("\\", ""))
    elif kind == "separator":
        entry.words = [*entry.words, ","] if value == "," and entry.words else []
    elif kind == "text" and value.strip() and not entry.angle:
        entry.words.append(value.strip())
