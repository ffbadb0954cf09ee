"""Tables in plain text, wide enough for their content. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

Cell = str | int | float | None
_GAP = "  "
_NUMBER = re.compile(r"\d+(\.\d+)?")


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Return a table with its title; numbers stand to the right, a missing one is a dash."""
    texts = [[_text(cell) for cell in row] for row in rows]
    widths = [max(len(text) for text in column) for column in zip(heads, *texts, strict=True)]
    right = [any(_is_number(row[at]) for row in rows) for at in range(len(heads))]
    lines = [title, "", _line(heads, widths, right), _GAP.join("-" * width for width in widths)]
    return "\n".join([*lines, *(_line(row, widths, right) for row in texts)]) + "\n"


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) or (isinstance(cell, str) and _NUMBER.fullmatch(cell) is not None)


def _line(texts: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    cells = (
        text.rjust(width) if to_the_right else text.ljust(width)
        for text, width, to_the_right in zip(texts, widths, right, strict=True)
    )
    return _GAP.join(cells).rstrip()


def _text(cell: Cell) -> str:
    if cell is None:
        return "–"
    return f"{cell:.1f}" if isinstance(cell, float) else str(cell)
