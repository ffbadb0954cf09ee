"""Draws the summary of a ticket. Knows the document's layout, and nothing of where it comes from or goes."""

from palier.documents.latin import one_line
from palier.documents.sheet import (
    BRICK,
    BRICK_PALE,
    DOOR,
    DOOR_PALE,
    INK,
    INNER,
    MARGIN,
    SOFT,
    Sheet,
)
from palier.documents.summary import Summary, SummaryStep, SummarySupplier

_WHEN = 34.0


def draw_summary(summary: Summary) -> bytes:
    """Return the summary as a PDF file."""
    sheet = Sheet(
        summary.agency,
        summary.agency_lines,
        "Résumé du ticket",
        f"Ticket n° {summary.number} – {summary.subject}",
        f"Résumé établi le {summary.made}",
    )
    _title(sheet, summary)
    sheet.pairs(tuple((one.label, one.value) for one in summary.facts))
    sheet.heading("Description")
    sheet.write_in(10)
    sheet.paragraph(summary.description or "–")
    if summary.suppliers:
        sheet.heading("Intervenant" if len(summary.suppliers) == 1 else "Intervenants")
    for supplier in summary.suppliers:
        _supplier(sheet, supplier)
    sheet.heading("Déroulement")
    for step in summary.steps:
        _step(sheet, step)
    return bytes(sheet.output())


def _title(sheet: Sheet, summary: Summary) -> None:
    top = sheet.get_y()
    width = sheet.plate(summary.number)
    sheet.set_y(top + 0.6)
    sheet.write_in(16, INK, "B")
    sheet.paragraph(one_line(summary.subject), MARGIN + width + 5, INNER - width - 5, 8)
    sheet.set_y(max(sheet.get_y(), top + 9.4) + 3)
    sheet.set_x(MARGIN)
    sheet.tag(summary.kind, DOOR_PALE, DOOR)
    sheet.tag(summary.status, DOOR_PALE, DOOR)
    if summary.urgent:
        sheet.tag("URGENT", BRICK_PALE, BRICK)
    sheet.ln(11)


def _supplier(sheet: Sheet, supplier: SummarySupplier) -> None:
    sheet.keep_together(30)
    sheet.write_in(11, INK, "B")
    sheet.paragraph(one_line(supplier.name))
    sheet.ln(1)
    sheet.pairs(tuple((one.label, one.value) for one in supplier.facts))
    sheet.ln(1)


def _step(sheet: Sheet, step: SummaryStep) -> None:
    """Date on the left, what happened on the right. A title never stands alone at the foot of a page."""
    x, width = MARGIN + _WHEN, INNER - _WHEN
    sheet.keep_together(16)
    top = sheet.get_y()
    sheet.write_in(9, SOFT)
    sheet.set_xy(MARGIN, top + 0.2)
    sheet.cell(_WHEN, 5, step.at)
    sheet.set_y(top)
    sheet.write_in(10.5, INK, "B")
    sheet.paragraph(one_line(step.title), x, width)
    sheet.write_in(8.5, SOFT)
    sheet.paragraph(one_line(step.author), x, width, 4.4)
    sheet.write_in(10)
    sheet.ln(0.8)
    if step.text:
        sheet.paragraph(step.text, x, width, 4.9)
    for fact in step.facts:
        sheet.paragraph(f"{fact.label}\u00a0: {fact.value}", x, width, 4.9)
    sheet.ln(4.2)
