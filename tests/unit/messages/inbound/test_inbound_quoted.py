"""History and signatures folded away, French and English, without losing what a person wrote."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palier.messages.inbound.limits import DEFAULT_LIMITS
from palier.messages.inbound.quoted import fold

NEW = "Je confirme pour jeudi."


LINES = ["", "> a", "Bonjour", "-- ", "Le 3 mars 2025, X <a@b.example> a écrit :", "De : X", "Envoyé : 3 mars 2025"]
LINES += ["Objet : y", "-----Message d'origine-----", "Envoyé de mon iPhone", "_" * 32]


def visible(text: str) -> str:
    return fold(text, DEFAULT_LIMITS).visible


@pytest.mark.parametrize(
    "history",
    [
        "Le lun. 3 mars 2025 à 10:12, Agence <a@b.example> a écrit :\n> Bonjour",
        "Le lun. 3 mars 2025 à 10:12, Agence <a@b.example> a\u00a0écrit\u00a0:\n\nBonjour",
        "Le lun. 3 mars 2025 à 10:12, Agence Démonstration du Port <\nagence@b.example> a écrit :\n\n> Bonjour",
        "Le 03/03/2025 à 10:12, Agence a écrit :\n> Bonjour",
        "Agence <a@b.example> a écrit :\n> Bonjour",
        "On Mon, Mar 3, 2025 at 10:12 AM Agence <a@b.example> wrote:\n> Bonjour",
        "2025-03-03 10:12 GMT+01:00 Agence <a@b.example>:\n> Bonjour".replace(">:", "> wrote:"),
        "-----Message d'origine-----\nDe : Agence\nBonjour",
        "-----Message d’origine-----\nBonjour",
        "-----Original Message-----\nFrom: Agence\nBonjour",
        "-------- Message original --------\nDe : Agence\nBonjour",
        "----- Mail original -----\nDe: Agence\nBonjour",
        "_______________________________\nDe : Agence\nEnvoyé : lundi 3 mars 2025 10:12\nÀ : Léa\nObjet : x\n\nBonjour",
        "*De :* Agence\n*Envoyé :* lundi 3 mars 2025 10:12\n*À :* Léa\n*Objet :* x\n\nBonjour",
        "De\u00a0: Agence\nDate\u00a0: lundi 3 mars 2025\nÀ\u00a0: Léa\nObjet\u00a0: x\nBonjour",
        "From: Agence\nSent: Monday, March 3, 2025\nTo: Léa\nSubject: x\n\nBonjour",
        "> Message du 03/03/25 10:12\n> De : Agence\n> A : Léa\n> Objet : x\n>\nBonjour",
        "> envoyé : 3 mars 2025 à 10:12\n> de : Agence <a@b.example>\n> à : Léa\n> objet : x\n\nBonjour",
        "Am 03.03.2025 um 10:12 schrieb Agence <a@b.example>:\n> Bonjour",
        "> Bonjour\n> suite",
        "-- \nLéa Mercier\n01 99 00 12 34",
        "Envoyé de mon iPhone",
        "Envoyé depuis mon appareil mobile Samsung.",
        "Envoyé à partir de Outlook pour Android",
        "Téléchargez Outlook pour iOS",
        "Provenance : Courrier pour Windows",
        "Sent from my iPhone",
        "Envoyé depuis l'application Mail Orange",
        "Garanti sans virus.www.avast.com",
        "Ce message et ses pièces jointes sont confidentiels et destinés à leur seul destinataire.",
    ],
)
def test_history_and_signature_are_folded_and_kept(history: str) -> None:
    found = fold(f"{NEW}\n\n{history}", DEFAULT_LIMITS)
    assert found.visible == NEW
    assert found.folded.split() == history.split()


@pytest.mark.parametrize(
    "text",
    [
        "Le 3 mars le plombier a écrit son rapport, je ne l'ai pas reçu.",
        "Le voisin du 3e écrit :\nil faut réparer.",
        "De : la cave\nÀ : le grenier\ntout est humide",
        "Envoyé de chez Léa, à rappeler",
        "Envoyé de la part de M. Petit",
        "Prix < 200 €\n- un\n- deux",
        "Voir ci-dessous\n--- Forwarded message ---\nDe : Léa\nDate : 3 mars 2025\nSubject : x\n\nLa cave est inondée",
        "Message du gardien\nla porte est ouverte",
    ],
)
def test_what_a_person_wrote_is_never_folded(text: str) -> None:
    assert visible(text) == text


def test_answers_between_quoted_lines_stay() -> None:
    text = "Le 3 mars 2025, Agence a écrit :\n> Quand ?\nJeudi.\n> Qui ?\nMoi."
    assert visible(text) == "Jeudi.\nMoi."


def test_mail_that_is_nothing_but_history_is_shown_whole() -> None:
    text = "> tout\n> est cité"
    assert visible(text) == text


def test_mail_that_is_only_a_phone_signature_shows_nothing() -> None:
    assert visible("Envoyé de mon iPhone") == ""


def test_forward_is_wanted_whole() -> None:
    text = f"{NEW}\n\n-----Message d'origine-----\nBonjour"
    assert fold(text, DEFAULT_LIMITS, forwarded=True).visible == text


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(LINES),
        max_size=20,
    )
)
def test_every_word_is_either_visible_or_folded(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = fold(text, DEFAULT_LIMITS)
    assert sorted(text.split()) == sorted([*found.visible.split(), *found.folded.split()])
