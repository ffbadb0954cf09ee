"""The sample mails, each held against what a person would say it is (EML-001 to EML-010; peers' complaints 1 to 8)."""

import pytest

from palier.messages.inbound.classify import MailClass, Reason, classify
from palier.messages.inbound.model import Defect, Protection
from tests.unit.messages.inbound.mails import OWN, SAMPLES, read_sample

KINDS = {
    "auto-reply-exchange": (MailClass.AUTO_REPLY, Reason.AUTO_SUBMITTED),
    "auto-reply-subject-only": (MailClass.AUTO_REPLY, Reason.AUTOREPLY_SUBJECT),
    "bounce-dsn": (MailClass.BOUNCE, Reason.DELIVERY_REPORT),
    "bounce-plain": (MailClass.BOUNCE, Reason.MAILER_DAEMON),
    "newsletter": (MailClass.BULK, Reason.BULK_PRECEDENCE),
    "no-headers": (MailClass.REQUEST, Reason.NO_SENDER),
    "own-mail-looped": (MailClass.OWN, Reason.OWN_MESSAGE_ID),
    "read-receipt": (MailClass.AUTO_REPLY, Reason.READ_RECEIPT),
    "spam-verdict": (MailClass.QUARANTINE, Reason.SPAM),
    "through-group": (MailClass.REQUEST, Reason.THROUGH_A_GROUP),
    "virus-verdict": (MailClass.QUARANTINE, Reason.VIRUS),
}

VISIBLE = {
    "apple-reply": "Ok pour demain",
    "forward-attached": "Une odeur de gaz à la cave, je suis inquiète.",
    "free-reply": "Je prefere le deuxieme devis.",
    "gmail-reply": "Bonjour,\n\nOui, jeudi 6 mars à 14 h me convient. Le digicode est 47B12.\n\nBonne journée,\nLéa",
    "iphone-photo": "Bonjour,\nVoici la tache au plafond, elle s’agrandit.\n\nMerci de faire vite.",
    "japanese": "水漏れです。",
    "missing-boundary": "Deux photos de la fissure.",
    "no-headers": "Bonjour,\n\nla boîte aux lettres du 12 est cassée.\n\nMerci",
    "old-mac": "Le volet est bloqué.",
    "crcrlf": "Le volet est bloqué.",
    "orange-reply": "Bonsoir, c'est d'accord pour jeudi.",
    "outlook-message-origine": "L’ascenseur est encore en panne – troisième fois ce mois-ci.",
    "outlook-reply": "Bonjour,\n\nIntervention effectuée ce matin, le joint a été remplacé.",
    "pgp-clear-signed": "Merci de traiter la demande.\n-- important",
    "smime-signed-detached": "Veuillez trouver la convocation.",
    "smime-signed-indefinite": "Le procès-verbal signé est joint.",
    "smime-signed-opaque": "Le procès-verbal signé est joint.",
    "thunderbird-interleaved": "Oui, mais prévenez la gardienne car l'interphone ne fonctionne plus depuis dimanche.\n"
    "Mme Roussel, loge du rez-de-chaussée.",
    "unknown-charset": "La porte d'entrée ne ferme plus, la gâche est cassée.",
    "uuencoded": "Rapport du jour :\n\nFin du rapport.",
    "winmail-dat": "Bonjour,\nla facture est jointe à ce message.",
    "wrong-charset": "Le radiateur de la chambre est froid, 14 °C ce matin à 7 h. Merci d’avance.",
}

FILES = {
    "attachment-names": (
        "Facture n° 42 – réparation.pdf",
        "Devis toiture été.pdf",
        "Relevé de compte.pdf",
        "photo.jpg.exegpj",
        "piece-jointe-5.pdf",
        "Relevé de compte (2).pdf",
    ),
    "bounce-dsn": ("rapport-de-remise.txt", "[Palier #1042] Rendez-vous.eml"),
    "calendar-invite": ("invitation.ics",),
    "cut-in-attachment": ("photo.jpg",),
    "forward-attached": ("Odeur de gaz à la cave.eml",),
    "iphone-photo": ("IMG_0042.jpeg",),
    "missing-boundary": ("fissure.png",),
    "no-message-id": ("scan.pdf",),
    "outlook-reply": ("image001.png",),
    "pgp-encrypted": ("encrypted.asc",),
    "read-receipt": ("accuse-de-lecture.txt",),
    "smime-encrypted": ("smime.p7m",),
    "smime-signed-indefinite": ("pv.pdf",),
    "smime-signed-opaque": ("pv.pdf",),
    "uuencoded": ("rapport.txt",),
    "winmail-dat": ("Facture été.pdf", "winmail.dat"),
}

SUBJECTS = {
    "broken-encoded-words": "Demande de clés pour l'entrée et la cave du bâtiment C",
    "japanese": "水漏れ",
    "outlook-reply": "RE : [Palier #1042] Ordre de service",
    "plain-utf8": "Fuite d'eau sous l'évier – bâtiment B",
    "unknown-charset": "Porte d'entrée cassée",
    "wrong-charset": "Problème de chauffage – étage 4",
}

NAMES = sorted(path.stem for path in SAMPLES.glob("*.eml"))


def test_there_are_enough_samples_and_every_table_names_existing_ones() -> None:
    assert len(NAMES) >= 40
    assert {*KINDS, *VISIBLE, *FILES, *SUBJECTS} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_sample_is_of_the_kind_a_person_would_say(name: str) -> None:
    found = classify(read_sample(name), OWN)
    assert (found.kind, found.reason) == KINDS.get(name, (MailClass.REQUEST, Reason.PERSON))
    assert found.may_answer == (name not in KINDS)


@pytest.mark.parametrize(("name", "visible"), VISIBLE.items())
def test_sample_shows_what_its_sender_wrote_and_nothing_else(name: str, visible: str) -> None:
    assert read_sample(name).visible_text == visible


@pytest.mark.parametrize("name", NAMES)
def test_sample_has_exactly_its_files(name: str) -> None:
    assert tuple(file.name for file in read_sample(name).attachments) == FILES.get(name, ())


@pytest.mark.parametrize(("name", "subject"), SUBJECTS.items())
def test_sample_has_a_readable_subject(name: str, subject: str) -> None:
    assert read_sample(name).subject == subject


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_a_sample_is_lost_between_visible_and_folded(name: str) -> None:
    mail = read_sample(name)
    assert sorted(mail.text.split()) == sorted([*mail.visible_text.split(), *mail.folded_text.split()])


def test_phone_photo_arrives_whole() -> None:
    photo = read_sample("iphone-photo").attachments[0]
    assert (photo.declared_type, photo.sniffed_type, photo.inline) == ("image/jpeg", "image/jpeg", True)
    assert photo.content.startswith(b"\xff\xd8\xff")
    assert photo.content.endswith(b"\xff\xd9")


def test_programme_named_as_a_photo_is_seen_for_what_it_is() -> None:
    disguised = read_sample("attachment-names").attachments[3]
    assert disguised.declared_type == "image/jpeg"
    assert disguised.sniffed_type == "application/vnd.microsoft.portable-executable"


@pytest.mark.parametrize(
    ("name", "protection"),
    [
        ("smime-signed-opaque", Protection.SIGNED_UNVERIFIED),  # complaint 7: signed mail arrives empty
        ("smime-signed-indefinite", Protection.SIGNED_UNVERIFIED),
        ("smime-signed-detached", Protection.SIGNED_UNVERIFIED),
        ("pgp-clear-signed", Protection.SIGNED_UNVERIFIED),
        ("smime-encrypted", Protection.ENCRYPTED_SMIME),
        ("pgp-encrypted", Protection.ENCRYPTED_PGP),
        ("plain-utf8", Protection.NONE),
    ],
)
def test_shell_is_told(name: str, protection: Protection) -> None:
    assert read_sample(name).protection is protection


def test_winmail_is_unpacked_and_the_original_kept() -> None:
    mail = read_sample("winmail-dat")  # complaint 8
    assert mail.winmail_unpacked
    assert mail.attachments[0].content.startswith(b"%PDF-")
    assert mail.attachments[1].sniffed_type == "application/ms-tnef"


def test_invitation_is_summarised() -> None:
    calendar = read_sample("calendar-invite").calendar
    assert calendar is not None
    assert (calendar.method, calendar.summary) == ("REQUEST", "Visite de la chaufferie, bâtiment A")
    assert calendar.starts == "20250312T090000"
    assert calendar.organizer == "contact@plomberie-dupont.example"


def test_bounce_names_the_recipient_and_our_message() -> None:
    bounce = read_sample("bounce-dsn").bounce
    assert bounce is not None
    assert bounce.recipients == ("absent@courriel.example",)
    assert (bounce.action, bounce.status) == ("failed", "5.1.1")
    assert bounce.original_message_id == "m-1042-9@palier.example"


def test_hostile_html_is_reduced_to_harmless_text_and_own_pictures() -> None:
    html = read_sample("html-hostile").html_safe  # EML-008
    assert html is not None
    for danger in ("script", "style", "onload", "javascript", "form", "iframe", "svg", "data:", "piege.example/pixel"):
        assert danger not in html
    assert 'src="cid:photo1"' in html
    assert 'href="https://piege.example/x"' in html


def test_cut_mail_keeps_what_arrived() -> None:
    mail = read_sample("cut-in-attachment")
    assert Defect.UNCLOSED_MULTIPART in mail.defects
    assert mail.attachments[0].content.startswith(b"\xff\xd8\xff")


def test_empty_mail_is_flagged_and_still_a_request() -> None:
    mail = read_sample("empty")
    assert Defect.EMPTY in mail.defects
    assert classify(mail, OWN).kind is MailClass.REQUEST
