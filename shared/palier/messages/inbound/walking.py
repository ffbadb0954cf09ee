"""Walks the tree of parts and sorts what it finds: texts, files, shells, reports."""

from collections.abc import Callable
from typing import Final

from palier.messages.inbound import charsets
from palier.messages.inbound.attachments import AttachmentList, file_name_of
from palier.messages.inbound.bodies import Body, alternative, read_body
from palier.messages.inbound.calendar_part import summarise_calendar
from palier.messages.inbound.contents import Contents
from palier.messages.inbound.findings import Findings
from palier.messages.inbound.headers import Headers, skip_leading_blanks, split_headers
from palier.messages.inbound.limits import Limits
from palier.messages.inbound.message_ids import parse_message_ids
from palier.messages.inbound.mime_tree import Part, TreeReader
from palier.messages.inbound.model import Defect, Protection
from palier.messages.inbound.rtf import rtf_to_text
from palier.messages.inbound.smime import Shell, open_shell
from palier.messages.inbound.sniff import sniff_type
from palier.messages.inbound.tnef import Tnef, read_tnef
from palier.messages.inbound.uuencoded import take_uuencoded

_TEXTS: Final = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext", "text/markdown"})
_TNEF: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef", "application/x-ms-tnef"})
_SMIME: Final = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_SIGNATURES: Final = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
_MESSAGES: Final = frozenset({"message/rfc822", "message/global", "message/news"})
_STATUSES: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
_ORIGINALS: Final = frozenset({"text/rfc822-headers", "message/rfc822-headers", "message/global-headers"})
_BINARY_WINDOW: Final = 2_000
_NAMES: Final = {"message/disposition-notification": "accuse-de-lecture.txt", "message/feedback-report": "plainte.txt"}


def collect(root: Part, limits: Limits, findings: Findings) -> Contents:
    """Return everything the tree holds."""
    contents = Contents(limits, findings, AttachmentList(limits, findings))
    _Walker(contents).walk(root)
    return contents


class _Walker:
    """One function per kind of part. Recursion is bounded by the depth limit of the tree."""

    def __init__(self, contents: Contents) -> None:
        self._out = contents
        self._findings = contents.findings

    def walk(self, part: Part) -> None:
        if part.media_type.startswith("multipart/"):
            self._container(part)
        else:
            self._leaf(part)

    def _container(self, part: Part) -> None:
        if not part.children:
            self._unread_container(part)
        elif part.media_type == "multipart/alternative" or _holds_alternatives_of(part):
            self._alternative(part)
        elif part.media_type == "multipart/encrypted":
            self._out.protection = Protection.ENCRYPTED_PGP
            for child in part.children:
                if child.media_type != "application/pgp-encrypted":  # a version number, no file
                    self._file(child)
        else:
            if part.media_type == "multipart/signed":
                self._mark_signed()
            for child in part.children:
                self.walk(child)

    def _alternative(self, part: Part) -> None:
        outer, self._out.bodies = self._out.bodies, []
        for child in part.children:
            self.walk(child)
        self._out.bodies = [*outer, alternative(self._out.bodies)]

    def _unread_container(self, part: Part) -> None:
        """Too deep: keep it as a file. No delimiter found: it is a text that calls itself a container."""
        if part.depth >= self._out.limits.depth:
            self._out.files.add("suite-non-lue.eml", part.media_type, part.raw_body)
        elif part.raw_body.strip():
            self._out.bodies.append(read_body(part, part.content(self._findings), self._findings))

    def _leaf(self, part: Part) -> None:
        handler = self._handlers().get(part.media_type)
        name = file_name_of(part, self._findings).lower()
        if handler is not None:
            handler(part)
        elif name == "winmail.dat":
            self._tnef(part)
        elif name.endswith(".p7m"):
            self._smime(part)
        elif part.media_type in _TEXTS and not self._is_file(part, name):
            self._text(part)
        else:
            self._file(part)

    def _handlers(self) -> dict[str, Callable[[Part], None]]:
        return {
            **dict.fromkeys(_TNEF, self._tnef),
            **dict.fromkeys(_SMIME, self._smime),
            **dict.fromkeys(_SIGNATURES, self._signature),
            **dict.fromkeys(_MESSAGES, self._message),
            **dict.fromkeys(_STATUSES, self._status),
            **dict.fromkeys(_ORIGINALS, self._original_headers),
            "text/calendar": self._calendar,
            "application/ics": self._calendar,
        }

    def _is_file(self, part: Part, name: str) -> bool:
        disposition = part.disposition(self._findings).value
        if disposition == "attachment" or (part.headers.first("content-id") and part.depth and name):
            return True
        return bool(name) and bool(self._out.bodies) and part.depth > 0

    def _text(self, part: Part) -> None:
        content = part.content(self._findings)
        if b"\x00" in content[:_BINARY_WINDOW] and not sniff_type(content).startswith(("text/", "application/octet")):
            self._findings.note(Defect.BINARY_AS_TEXT)
            self._out.files.add_part(part, content)
            return
        body = read_body(part, content, self._findings)
        plain, files = take_uuencoded(body.plain)
        self._out.bodies.append(Body(plain, body.html))
        for file in files:
            self._out.files.add(file.name, "application/octet-stream", file.content)

    def _file(self, part: Part) -> None:
        content = part.content(self._findings)
        if content or file_name_of(part, self._findings):
            self._out.files.add_part(part, content, name=_NAMES.get(part.media_type, ""))

    def _signature(self, part: Part) -> None:
        """The raw original proves; a detached signature is no file for people."""
        del part
        self._mark_signed()

    def _mark_signed(self) -> None:
        if self._out.protection is Protection.NONE:
            self._out.protection = Protection.SIGNED_UNVERIFIED

    def _smime(self, part: Part) -> None:
        content = part.content(self._findings)
        opened = open_shell(content)
        if opened.shell is Shell.SIGNED and opened.content:
            self._mark_signed()
            if part.depth < self._out.limits.depth:
                self._inner(opened.content, part.depth + 1)
                return
        elif opened.shell is Shell.ENCRYPTED or "enveloped" in part.content_type.get("smime-type").lower():
            self._out.protection = Protection.ENCRYPTED_SMIME
        else:
            self._findings.note(Defect.BROKEN_SMIME)
        self._out.files.add_part(part, content, name="smime.p7m")

    def _inner(self, source: bytes, depth: int) -> None:
        if self._findings.parts < self._out.limits.parts:
            self.walk(TreeReader(self._out.limits, self._findings).read(source, depth=depth))
        else:
            self._findings.note(Defect.TOO_MANY_PARTS)
            self._out.files.add("suite-non-lue.eml", "message/rfc822", source)

    def _tnef(self, part: Part) -> None:
        """Unpack winmail.dat and keep it: what Outlook hid in it may matter to somebody."""
        content = part.content(self._findings)
        tnef = read_tnef(content, self._out.limits.tnef_objects)
        if tnef is None or not tnef.is_complete:
            self._findings.note(Defect.BROKEN_TNEF)
        if tnef is not None:
            self._unpacked(tnef)
        self._out.files.add_part(part, content, name="winmail.dat")

    def _unpacked(self, tnef: Tnef) -> None:
        self._out.winmail_unpacked = True
        plain = tnef.text or ("" if tnef.html else rtf_to_text(tnef.rtf))
        if plain.strip() or tnef.html.strip():
            self._out.fallbacks.append(Body(plain, tnef.html))
        for file in tnef.files:
            if file.content:
                self._out.files.add(file.name, file.media_type, file.content, content_id=file.content_id or None)

    def _message(self, part: Part) -> None:
        """A mail inside the mail is a file; its text serves only if there is no other."""
        content = part.content(self._findings)
        headers, body = self._inner_headers(content)
        subject = headers.text("subject", Findings())
        ids = parse_message_ids(headers.first("message-id"), 1)
        self._out.original_id = self._out.original_id or (ids[0] if ids else None)
        self._out.files.add_part(part, content, name=f"{subject or 'message-joint'}.eml")
        if part.depth < self._out.limits.depth and body < len(content) and not self._out.fallbacks:
            self._out.fallbacks.append(self._text_of(content, part.depth + 1))

    def _text_of(self, content: bytes, depth: int) -> Body:
        """Return the text of an inner mail, whose files stay inside its own file."""
        inner = Contents(self._out.limits, self._findings, AttachmentList(self._out.limits, Findings()))
        if self._findings.parts < self._out.limits.parts:
            _Walker(inner).walk(TreeReader(self._out.limits, self._findings).read(content, depth=depth))
        return alternative(inner.bodies[:1])

    def _inner_headers(self, content: bytes) -> tuple[Headers, int]:
        start = skip_leading_blanks(content)
        return split_headers(content, start, len(content), self._out.limits, Findings())

    def _status(self, part: Part) -> None:
        content = part.content(self._findings)
        self._out.status_report = charsets.decode(content, "utf-8", self._findings)
        self._out.files.add_part(part, content, name="rapport-de-remise.txt")

    def _original_headers(self, part: Part) -> None:
        content = part.content(self._findings)
        ids = parse_message_ids(self._inner_headers(content)[0].first("message-id"), 1)
        self._out.original_id = self._out.original_id or (ids[0] if ids else None)
        self._out.files.add_part(part, content, name="en-tetes.txt")

    def _calendar(self, part: Part) -> None:
        content = part.content(self._findings)
        text = charsets.decode(content, part.content_type.get("charset"), self._findings)
        self._out.calendar = self._out.calendar or summarise_calendar(text)
        self._out.files.add_part(part, content, name="invitation.ics")


def _holds_alternatives_of(part: Part) -> bool:
    """Tell whether an inner container shares this one's boundary: its alternatives then lie here, beside it."""
    boundary = part.content_type.get("boundary")
    return any(
        child.media_type == "multipart/alternative"
        and not child.children
        and child.content_type.get("boundary") == boundary
        for child in part.children
    )
