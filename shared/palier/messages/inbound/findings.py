"""Notes taken while reading one mail: defects met, and whether something was left unread."""

from dataclasses import dataclass, field

from palier.messages.inbound.model import Defect

_CUTTING = frozenset(
    {
        Defect.OVERSIZED,
        Defect.HEADERS_TRUNCATED,
        Defect.TOO_DEEP,
        Defect.TOO_MANY_PARTS,
        Defect.TOO_MANY_ATTACHMENTS,
        Defect.TOO_MANY_ADDRESSES,
        Defect.TEXT_TRUNCATED,
    }
)


@dataclass(slots=True)
class Findings:
    """Passed down the reading functions; the only thing they change."""

    parts: int = 0
    _defects: dict[Defect, None] = field(default_factory=dict)

    def note(self, defect: Defect) -> None:
        self._defects[defect] = None

    @property
    def defects(self) -> tuple[Defect, ...]:
        return tuple(self._defects)

    @property
    def truncated(self) -> bool:
        return any(defect in _CUTTING for defect in self._defects)
