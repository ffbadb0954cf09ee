"""What the walk through a mail's parts has found. Knows nothing of the walk."""

from dataclasses import dataclass, field

from palier.messages.inbound.attachments import AttachmentList
from palier.messages.inbound.bodies import Body
from palier.messages.inbound.delivery_report import read_delivery_status
from palier.messages.inbound.findings import Findings
from palier.messages.inbound.limits import Limits
from palier.messages.inbound.model import Bounce, CalendarSummary, Protection


@dataclass(slots=True)
class Contents:
    """What one mail holds, in reading order."""

    limits: Limits
    findings: Findings
    files: AttachmentList
    bodies: list[Body] = field(default_factory=list)
    fallbacks: list[Body] = field(default_factory=list)  # texts used only when the mail has no other
    protection: Protection = Protection.NONE
    winmail_unpacked: bool = False
    calendar: CalendarSummary | None = None
    status_report: str | None = None
    original_id: str | None = None

    @property
    def bounce(self) -> Bounce | None:
        return None if self.status_report is None else read_delivery_status(self.status_report, self.original_id)
