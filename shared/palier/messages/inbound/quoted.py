"""What the sender wrote this time, apart from quoted history and signature. The remainder is kept, never dropped.

Two kinds of history: marked line by line with ``>`` (then answers may stand between: those lines alone are folded), and
pasted below a header block or an attribution (then all that follows is history).
"""

from typing import Final

from msgspec import Struct

from palier.messages.inbound import quote_markers as markers
from palier.messages.inbound.cleaning import many_lines
from palier.messages.inbound.limits import Limits

_MAX_LINE: Final = 700
_ATTRIBUTION_LINES: Final = 5
_BLOCK_LINES: Final = 8
_DISCLAIMER_LINES: Final = 40


class Folded(Struct, frozen=True):
    visible: str
    folded: str


def fold(text: str, limits: Limits, *, forwarded: bool = False) -> Folded:
    """Split a mail's text into what is new and what is history or signature; a forward is wanted whole."""
    if forwarded:
        return Folded(text, "")
    folder = _Folder(text.split("\n"), limits.quote_lines)
    folder.fold()
    visible, folded = folder.result()
    if not visible and not folder.only_signature:
        return Folded(text, "")  # nothing but history: better shown whole than an empty message
    return Folded(visible, folded)


class _Folder:
    """One pass over the lines; ``_keep`` says which stay."""

    def __init__(self, lines: list[str], limit: int) -> None:
        self._lines = lines
        self._keep = [True] * len(lines)
        self._end = min(len(lines), limit)
        self.only_signature = False

    def fold(self) -> None:
        if self._end < len(self._lines):
            self._drop(self._end, len(self._lines))
        index = 0
        while index < self._end:
            index = self._step(index)
        self._fold_signature()

    def result(self) -> tuple[str, str]:
        kept = "\n".join(line for line, keep in zip(self._lines, self._keep, strict=True) if keep)
        folded = "\n".join(line for line, keep in zip(self._lines, self._keep, strict=True) if not keep)
        return many_lines(kept).strip(), many_lines(folded)

    def _drop(self, start: int, end: int) -> None:
        self._keep[start:end] = [False] * (end - start)

    def _step(self, index: int) -> int:
        """Look at one line; return the next one to look at."""
        line = self._line(index)
        if not line:
            return index + 1
        if markers.FORWARD.fullmatch(line):
            return self._end
        if self._is_cut(index, line):
            self._drop(self._with_rule_above(index), len(self._lines))
            return self._end
        after = self._attribution_end(index)
        if after:
            return self._fold_attributed(index, after)
        if line.startswith(">"):
            self._drop(index, index + 1)
        return index + 1

    def _line(self, index: int) -> str:
        return self._lines[index][:_MAX_LINE].strip()

    def _is_cut(self, index: int, line: str) -> bool:
        if markers.SEPARATOR.fullmatch(line) or markers.REPLY_LINE.fullmatch(line):
            return True
        return self._is_header_block(index, line)

    def _is_header_block(self, index: int, line: str) -> bool:
        kinds = (markers.BLOCK_WHO, markers.BLOCK_WHEN, markers.BLOCK_WHAT)
        if not any(kind.fullmatch(line) for kind in kinds):
            return False
        block = [self._line(i) for i in range(index, min(index + _BLOCK_LINES, self._end))]
        return all(any(kind.fullmatch(one) for one in block) for kind in kinds)

    def _with_rule_above(self, index: int) -> int:
        """Outlook draws a line above its block: it goes with it."""
        above = index - 1
        while above >= 0 and not self._lines[above].strip():
            above -= 1
        return above if above >= 0 and markers.RULE.fullmatch(self._line(above)) else index

    def _attribution_end(self, index: int) -> int:
        """Return the line after the attribution that starts here, 0 when none does."""
        if not markers.STARTS_ATTRIBUTION.match(self._line(index)):
            return 0
        joined = ""
        for end in range(index, min(index + _ATTRIBUTION_LINES, self._end)):
            joined = f"{joined} {self._line(end)}".strip()
            if len(joined) > _MAX_LINE or (end > index and not self._line(end)):
                return 0
            if markers.ends_attribution(joined) and markers.ATTRIBUTION.fullmatch(joined):
                return end + 1
        return 0

    def _fold_attributed(self, start: int, after: int) -> int:
        """Fold an attribution and what it announces: marked lines only if they are marked, else all the rest."""
        first = next((i for i in range(after, self._end) if self._lines[i].strip()), self._end)
        marked = first < self._end and self._lines[first].lstrip().startswith(">")
        if marked or self._lines[start].lstrip().startswith(">"):
            self._drop(start, after)
            return after
        if first == self._end or self._has_words_above(start):
            self._drop(start, len(self._lines))
            return self._end
        return after

    def _has_words_above(self, index: int) -> bool:
        return any(keep and line.strip() for line, keep in zip(self._lines[:index], self._keep[:index], strict=True))

    def _fold_signature(self) -> None:
        had_words = self._has_words_above(self._end)
        for index in range(self._end):
            if self._keep[index] and self._is_signature(index):
                self._drop(index, self._section_end(index))
        self.only_signature = had_words and not self._has_words_above(self._end)

    def _is_signature(self, index: int) -> bool:
        line = self._line(index)
        if markers.SIGNATURE.fullmatch(self._lines[index]) or markers.is_app_signature(line):
            return True
        in_tail = self._end - index <= _DISCLAIMER_LINES
        return in_tail and markers.DISCLAIMER.fullmatch(line) is not None

    def _section_end(self, index: int) -> int:
        """A signature goes to the end of its block; an app's line is alone."""
        if markers.is_app_signature(self._line(index)):
            return index + 1
        return next((i for i in range(index, self._end) if not self._keep[i]), len(self._lines))
