"""Previews of the pages behind a supplier's link, one per step."""

import msgspec

from palier.web.views import supplier
from palier.web.views.client import ThreadMessage
from palier.web.views.common import ContactCard, Fact, FileLink, Moment, StatusTag
from palier.web.views.forms import FieldError, FormState, UploadField
from tests.browser.preview.samples.shells import MANAGER, OFFICE, SUPPLIER, TOKEN, Preview

_APPOINTMENT = (Fact("Rendez-vous", "mardi 24 novembre 2026, entre 9 h et 11 h"), Fact("Durée prévue", "2 h"))
_ANSWER = supplier.SupplierLinkPage(
    number="1042",
    subject="Fuite dans la cave",
    kind="Ordre de service",
    status=StatusTag("Attente du RDV d’intervention", "grey"),
    place="Résidence des Acacias, cave n° 6",
    address=("8 rue des Acacias", "bâtiment B", "75000 Paris"),
    description="De l’eau coule du plafond de la cave, le long de la descente.\nRechercher la fuite et réparer.",
    agency=OFFICE,
    manager=MANAGER,
    step="answer",
    expected_title="Pouvez-vous intervenir ?",
    form=FormState("/i/x/reponse", TOKEN, {"answer": "accept"}),
    urgent=True,
    supplier_name="Plomberie Marchetti",
    comment="Couper l’eau au compteur général : clé chez le gardien.",
    access="B1204, puis interphone « Gardien »",
    contact=ContactCard("M. Elias Roche", role="Gardien", phones=(("06 39 98 01 22", "+33639980122"),)),
    landlord_name="SCI Les Glycines",
    landlord_text="Merci de rappeler le numéro du ticket sur la facture.",
    files=(FileLink("cave.jpg", "/i/x/fichiers/f1", "1,2\u00a0Mo", "image"),),
    message_form=FormState("/i/x/message", TOKEN),
    message_upload=UploadField("/i/x/fichiers", fallback_url="/fichiers/ajouter?pour=x"),
    help_url="/aide/intervenants",
)
_WRONG = FormState(
    "/i/x/reponse",
    TOKEN,
    {"answer": "accept", "when": "slot", "date": "2026-11-20", "slot_from": "09:00"},
    errors=(FieldError("date", "Cette date est passée."), FieldError("slot_to", "Donnez la fin du créneau.")),
)
_PROOFS = UploadField("/i/x/fichiers", label="Photos du travail fait", fallback_url="/fichiers/ajouter?pour=x")
_INVOICE = UploadField(
    "/i/x/fichiers", name="invoice", label="Votre facture", hint="Vous gagnez une étape.", max_files=2
)


def _step(step: supplier.SupplierStep, title: str, **more: object) -> supplier.SupplierLinkPage:
    changes: dict[str, object] = {
        "step": step,
        "expected_title": title,
        "form": FormState(f"/i/x/{step}", TOKEN),
        "urgent": False,
    }
    return msgspec.structs.replace(_ANSWER, **{**changes, **more})


_MESSAGES = (
    ThreadMessage("Vous", Moment("20 novembre à 9\u00a0h"), "Y a-t-il un parking ?", mine=True),
    ThreadMessage("Nora Belkacem", Moment("20 novembre à 10\u00a0h"), "Oui, dans la cour."),
)
_PAGES = (
    ("intervenant-reponse", _ANSWER),
    ("intervenant-reponse-erreur", msgspec.structs.replace(_ANSWER, form=_WRONG)),
    ("intervenant-presence", _step("presence", "Êtes-vous sur place ?", appointment=_APPOINTMENT)),
    (
        "intervenant-fin",
        _step(
            "end",
            "L’intervention est-elle terminée ?",
            appointment=_APPOINTMENT,
            upload=_PROOFS,
            invoice_upload=_INVOICE,
        ),
    ),
    ("intervenant-facture", _step("invoice", "Envoyez votre facture", invoice_upload=_INVOICE)),
    (
        "intervenant-attente",
        _step(
            "wait",
            "Rendez-vous noté",
            form=None,
            expected_text="Rien à faire avant le jour de l’intervention.",
            appointment=_APPOINTMENT,
            messages=_MESSAGES,
        ),
    ),
)

SUPPLIERS = (
    *(Preview(name, "supplier/link.html", SUPPLIER, page) for name, page in _PAGES),
    Preview(
        "intervenant-merci",
        "supplier/done.html",
        SUPPLIER,
        supplier.SupplierDonePage(
            "1042",
            "Merci, votre rendez-vous est noté",
            ("L’agence et les occupants sont prévenus.",),
            "/i/x",
            _APPOINTMENT,
            MANAGER,
        ),
    ),
    Preview("intervenant-lien-mort", "supplier/dead.html", SUPPLIER, supplier.DeadLinkPage(agency=OFFICE)),
)
