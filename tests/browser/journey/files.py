"""Files that people send in the tests."""

import io

from fpdf import FPDF
from PIL import Image
from playwright.sync_api import FilePayload


def _photo() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (240, 160), "#7a8b6f").save(content, "PNG")
    return content.getvalue()


def invoice(amount: str) -> FilePayload:
    """Return a supplier's invoice."""
    paper = FPDF()
    paper.add_page()
    paper.set_font("Helvetica", size=20)
    paper.cell(text=f"Facture, total TTC {amount} EUR")
    return {"name": "facture-2026-118.pdf", "mimeType": "application/pdf", "buffer": bytes(paper.output())}


PHOTO: FilePayload = {"name": "palier.png", "mimeType": "image/png", "buffer": _photo()}
