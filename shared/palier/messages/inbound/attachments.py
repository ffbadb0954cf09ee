"""The files of a mail, named, sniffed and counted."""

from dataclasses import dataclass, field

from palier.messages.inbound.file_names import safe_name, unique_name
from palier.messages.inbound.findings import Findings
from palier.messages.inbound.limits import Limits
from palier.messages.inbound.mime_tree import Part
from palier.messages.inbound.model import Attachment, Defect
from palier.messages.inbound.sniff import sniff_type


@dataclass(slots=True)
class AttachmentList:
    """Grows while the tree is walked; beyond the limit files stay in the raw original only, and the mail says so."""

    limits: Limits
    findings: Findings
    found: list[Attachment] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)

    def add_part(self, part: Part, content: bytes, *, name: str = "", inline: bool = False) -> None:
        """Keep a leaf of the tree as a file."""
        disposition = part.disposition(self.findings)
        content_id = part.headers.text("content-id", self.findings).strip().strip("<>")[:300]
        self.add(
            disposition.get("filename") or part.content_type.get("name") or name,
            part.media_type,
            content,
            content_id=content_id or None,
            inline=inline or disposition.value == "inline",
        )

    def add(
        self, name: str, media_type: str, content: bytes, *, content_id: str | None = None, inline: bool = False
    ) -> None:
        if len(self.found) >= self.limits.attachments:
            self.findings.note(Defect.TOO_MANY_ATTACHMENTS)
            return
        sniffed = sniff_type(content)
        shown = unique_name(safe_name(name, sniffed, len(self.found) + 1), self._taken)
        self._taken.add(shown.lower())
        self.found.append(Attachment(shown, media_type, sniffed, content, inline, content_id))


def file_name_of(part: Part, findings: Findings) -> str:
    """Return the name that the part bears, raw."""
    return part.disposition(findings).get("filename") or part.content_type.get("name")
