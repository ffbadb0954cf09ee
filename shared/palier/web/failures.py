"""Every refusal as a page with a way forward: error codes to French sentences, in this one place."""

from urllib.parse import quote

import msgspec

from palier.kernel.errors import InvalidInputError, PalierError, TooManyAttemptsError
from palier.web import french
from palier.web.answers import Answer, Html, Json, SeeOther
from palier.web.render import page
from palier.web.request import Request
from palier.web.shell import public_shell
from palier.web.views.common import Link
from palier.web.views.notices import ErrorPage


class Sentence(msgspec.Struct, frozen=True):
    """What a refusal says to people, and its HTTP status."""

    status: int
    title: str
    text: str


_GONE = Sentence(404, "Page introuvable", "Cette page n’existe pas, ou vous n’y avez pas accès.")
SENTENCES: dict[str, Sentence] = {
    "NOT_FOUND": _GONE,
    "NOT_SIGNED_IN": Sentence(401, "Vous n’êtes plus connecté", "Reconnectez-vous, puis recommencez."),
    "PASSWORD_CHANGE_NEEDED": Sentence(
        403, "Mot de passe à choisir", "Choisissez d’abord votre propre mot de passe, puis recommencez."
    ),
    "FORBIDDEN": Sentence(
        403, "Accès refusé", "Vous n’avez pas le droit d’ouvrir cette page ou de faire cette action."
    ),
    "CONFLICT": Sentence(
        409,
        "La page a changé",
        "Quelqu’un a modifié ces informations en même temps que vous. Rien n’a été enregistré.",
    ),
    "BUSY": Sentence(503, "Service occupé", "Le service est très sollicité. Rien n’a été enregistré, réessayez."),
    "NOT_ALLOWED_NOW": Sentence(
        409,
        "Action impossible à cette étape",
        "Le ticket a avancé depuis l’affichage de la page\u00a0: cette action n’est plus proposée.",
    ),
    "NO_CONTACT_MODE": Sentence(
        409,
        "Aucun moyen de contact",
        "Cette personne n’a ni adresse e-mail ni mobile actif\u00a0: complétez ses coordonnées d’abord.",
    ),
    "BAD_FORM_TOKEN": Sentence(
        403,
        "Formulaire périmé",
        "Ce formulaire n’est plus valable. Revenez à la page précédente, actualisez-la et recommencez.",
    ),
    "TOO_MANY_ATTEMPTS": Sentence(429, "Trop d’essais", "Par sécurité, vous devez patienter avant de réessayer."),
    "INVALID_INPUT": Sentence(
        400, "Saisie refusée", "Ce qui a été envoyé ne peut pas être lu. Revenez à la page précédente."
    ),
    "WRONG_MEDIA_TYPE": Sentence(
        415, "Envoi refusé", "Ce qui a été envoyé n’est pas un formulaire de cette page. Revenez à la page précédente."
    ),
    "ALREADY_DONE": Sentence(
        409, "Déjà pris en compte", "Ce formulaire avait déjà été envoyé\u00a0: rien n’a été fait deux fois."
    ),
    "IMPERSONATING": Sentence(
        403,
        "Impossible en tant que client",
        "Vous êtes dans l’espace d’un client\u00a0: cette action lui est réservée.",
    ),
    "LINKED_ACCOUNT": Sentence(
        403, "Compte lié", "Cette action n’est possible que depuis le compte avec lequel vous vous êtes connecté."
    ),
    "PASSWORD_DRAFT_GONE": Sentence(
        409,
        "Mot de passe non enregistré",
        "Ce mot de passe n’est plus valable\u00a0: affichez-en un nouveau, puis validez-le.",
    ),
    "UNKNOWN_HOST": Sentence(404, "Adresse inconnue", "Aucune agence n’est servie à cette adresse."),
    "CHASE_TOO_SOON": Sentence(
        409, "Relance déjà envoyée", "Vous avez relancé l’agence il y a moins de 24 heures. Réessayez plus tard."
    ),
    "ALREADY_ANSWERED": Sentence(409, "Demande déjà traitée", "L’agence a déjà répondu à cette demande."),
    "DEAD_LINK": Sentence(404, "Ce lien n’est plus valable", "Il a été remplacé, ou l’intervention est terminée."),
}
_UNKNOWN = Sentence(500, "Le service a rencontré une erreur", "Rien n’a été enregistré. Réessayez dans un instant.")


def fail(request: Request, error: PalierError) -> Answer:
    """Answer a refusal: sign-in when nobody is signed in, JSON for scripts, a page otherwise."""
    if error.code == "NOT_SIGNED_IN" and not _wants_json(request):
        back = f"?suite={quote(request.path, safe='/')}" if request.method == "GET" and request.path != "/" else ""
        return SeeOther(f"/connexion{back}")
    if error.code == "PASSWORD_CHANGE_NEEDED" and not _wants_json(request):
        return SeeOther("/mot-de-passe")
    said = sentence_for(error)
    if _wants_json(request):
        return Json(problem(error, said), said.status, problem=True)
    return _page(request, error, said)


def sentence_for(error: PalierError) -> Sentence:
    """Return what a refusal says: its own sentence, or that of the error it is a kind of."""
    codes = (getattr(kind, "code", "") for kind in type(error).__mro__)
    return next((SENTENCES[code] for code in codes if code in SENTENCES), _UNKNOWN)


def _wants_json(request: Request) -> bool:
    return request.headers.get("accept", "").startswith("application/json")


def problem(error: PalierError, said: Sentence) -> dict[str, object]:
    """Return the problem+json of a refusal (RFC 9457)."""
    fields = {"errors": error.fields} if isinstance(error, InvalidInputError) else {}
    return {
        "type": "about:blank",
        "title": said.title,
        "status": said.status,
        "code": error.code,
        "detail": said.text,
        **fields,
    }


def _page(request: Request, error: PalierError, said: Sentence) -> Html:
    wait = french.wait(error.wait_seconds) if isinstance(error, TooManyAttemptsError) else ""
    home = "/gestion" if request.path.startswith("/gestion") else "/"
    view = ErrorPage(
        status=said.status,
        title=said.title,
        paragraphs=(said.text,),
        ways=(Link("Revenir à l’accueil", home),),
        wait=wait,
        reference=request.request_id,
    )
    return page("notices/error.html", shell=public_shell("Palier"), page=view, status=said.status)
