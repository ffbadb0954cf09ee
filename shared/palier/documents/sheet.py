"""A sheet of A4 in Palier's colours: head, foot, headings, labelled values. Knows no ticket.

The fonts are those of every PDF reader, so the file stays a few kilobytes; ``latin`` sees to the letters they lack.
"""

from fpdf import FPDF, Align
from fpdf.enums import XPos, YPos

from palier.documents.latin import latin, one_line

Colour = tuple[int, int, int]

# The tokens of web/static/palier.css.
DOOR, DOOR_DEEP, DOOR_PALE = (20, 80, 63), (12, 53, 42), (228, 239, 233)
ENAMEL, BRICK, BRICK_PALE = (28, 59, 142), (162, 39, 28), (251, 234, 231)
INK, SOFT, LINE, WHITE = (22, 33, 29), (82, 96, 90), (211, 219, 215), (255, 255, 255)

FONT = "Helvetica"
MARGIN, WIDTH, HEIGHT = 18.0, 210.0, 297.0
INNER = WIDTH - 2 * MARGIN
_BAND, _STEP = 31.0, 1.7
_BOTTOM = 20.0


class Sheet(FPDF):
    """The pages of one document. ``running`` is what the head of every page but the first says."""

    def __init__(self, agency: str, agency_lines: tuple[str, ...], title: str, running: str, made: str) -> None:
        super().__init__(format="A4")
        self.core_fonts_encoding = "cp1252"
        self.c_margin = 0  # text stands on the same edge as the rules
        self._agency, self._lines = one_line(agency), tuple(one_line(line) for line in agency_lines)
        self._title, self._running, self._made = one_line(title), one_line(running), one_line(made)
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=_BOTTOM)
        self.set_lang("fr-FR")
        self.set_title(self._running)
        self.set_author(self._agency)
        self.set_creator("Palier")
        self.alias_nb_pages()
        self.add_page()

    def header(self) -> None:
        """Draw the head of a page (called by the library)."""
        if self.page_no() == 1:
            self._front()
        else:
            self._following()

    def footer(self) -> None:
        """Draw the foot of a page (called by the library)."""
        self.set_y(-14)
        self._rule(self.get_y())
        self.set_y(-12.5)
        self.write_in(8, SOFT)
        self.cell(INNER / 2, 5, self._made)
        page = f"Page {self.page_no()}/"  # the total is put in at the end, so its width is guessed
        self.set_x(WIDTH - MARGIN - self.get_string_width(page + "0" * len(str(self.page_no()))))
        self.cell(0, 5, page + "{nb}")

    def _front(self) -> None:
        """The landing: a band whose lower edge comes down in two steps, as on the site."""
        self._fill(0, 0, WIDTH, _BAND, DOOR_DEEP)
        self._fill(WIDTH * 0.62, _BAND, WIDTH * 0.38, _STEP, DOOR_DEEP)
        self._fill(WIDTH * 0.81, _BAND + _STEP, WIDTH * 0.19, _STEP, DOOR_DEEP)
        self.set_xy(MARGIN, 9)
        self.write_in(15, WHITE, "B")
        self.cell(INNER * 0.66, 7, self._fitting(self._agency, INNER * 0.66))
        self.write_in(11, WHITE)
        self.cell(INNER * 0.34, 7, self._title, align=Align.R)
        self.set_xy(MARGIN, 17)
        self.write_in(8.5, DOOR_PALE)
        for line in self._lines[:2]:
            self.cell(INNER, 4.4, self._fitting(line, INNER), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_y(_BAND + 2 * _STEP + 8)

    def _following(self) -> None:
        self._fill(0, 0, WIDTH, 2.2, DOOR_DEEP)
        self.set_xy(MARGIN, 8)
        self.write_in(8.5, SOFT)
        self.cell(INNER * 0.4, 5, self._fitting(self._agency, INNER * 0.38))
        self.cell(INNER * 0.6, 5, self._fitting(self._running, INNER * 0.58), align=Align.R)
        self._rule(14.5)
        self.set_y(20)

    def write_in(self, size: float, colour: Colour = INK, style: str = "") -> None:
        """Choose size, colour and weight of what is written next."""
        self.set_font(FONT, style, size)
        self.set_text_color(*colour)

    def heading(self, text: str, room: float = 30) -> None:
        """Write the heading of a section, on a page where ``room`` millimetres of it still fit."""
        self.ln(6)
        self.keep_together(room)
        self.write_in(12, DOOR, "B")
        self.cell(INNER, 7, latin(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self._rule(self.get_y() + 0.4)
        self.ln(3)

    def paragraph(self, text: str, x: float = MARGIN, width: float = INNER, line: float = 5.0) -> None:
        """Write text that flows over as many lines and pages as it needs."""
        self.set_x(x)
        self.multi_cell(width, line, latin(text), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def labelled(self, label: str, value: str, x: float, width: float) -> float:
        """Write a small label over its value and return where it ends."""
        self.set_x(x)
        self.write_in(8, SOFT)
        self.cell(width, 4, latin(label), new_x=XPos.LEFT, new_y=YPos.NEXT)
        self.write_in(10)
        self.multi_cell(width, 4.8, latin(value), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        return self.get_y()

    def pairs(self, facts: tuple[tuple[str, str], ...], x: float = MARGIN, width: float = INNER) -> None:
        """Write labelled values, two a row."""
        column = (width - 8) / 2
        for left in range(0, len(facts), 2):
            self.keep_together(14)
            top = self.get_y()
            ends = [
                self._at(top, label, value, x + place * (column + 8), column)
                for place, (label, value) in enumerate(facts[left : left + 2])
            ]
            self.set_y(max(ends) + 2.4)

    def keep_together(self, height: float) -> None:
        """Go to the next page unless this much still fits here."""
        if self.will_page_break(height):
            self.add_page()

    def plate(self, text: str) -> float:
        """Draw a number as an enamel house number, as on the site, and return its width."""
        x, y = self.get_x(), self.get_y()
        self.write_in(13, WHITE, "B")
        width = self.get_string_width(text) + 7
        self._rounded(x, y, width, 9.4, DOOR)
        self._rounded(x + 0.5, y + 0.5, width - 1, 8.4, WHITE)
        self._rounded(x + 1.1, y + 1.1, width - 2.2, 7.2, ENAMEL)
        self.set_xy(x, y + 1.1)
        self.cell(width, 7.2, text, align=Align.C)
        self.set_xy(x + width, y)
        return width

    def tag(self, text: str, ground: Colour, colour: Colour) -> None:
        """Write a word on a coloured ground, and stand after it."""
        x, y = self.get_x(), self.get_y()
        self.write_in(9, colour, "B")
        width = self.get_string_width(latin(text)) + 5
        self._rounded(x, y, width, 6, ground)
        self.set_xy(x, y)
        self.cell(width, 6, latin(text), align=Align.C)
        self.set_xy(x + width + 2.5, y)

    def _at(self, top: float, label: str, value: str, x: float, width: float) -> float:
        self.set_y(top)
        return self.labelled(label, value, x, width)

    def _fitting(self, text: str, width: float) -> str:
        while text and self.get_string_width(text) > width:
            text = text[:-2].rstrip() + "…"
        return text

    def _fill(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        self.set_fill_color(*colour)
        self.rect(x, y, width, height, style="F")

    def _rounded(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        self.set_fill_color(*colour)
        self.rect(x, y, width, height, style="F", round_corners=True, corner_radius=1.1)

    def _rule(self, y: float) -> None:
        self.set_draw_color(*LINE)
        self.set_line_width(0.25)
        self.line(MARGIN, y, WIDTH - MARGIN, y)
