"""Previews of the pages of people who are not signed in, and of refusals."""

from palier.web.views import notices, sign_in
from palier.web.views.common import Fact, Link
from palier.web.views.forms import FieldError, FormState
from tests.browser.preview.samples.shells import CLIENT, NOTICE, PUBLIC, STAFF, TOKEN, Preview

_RULES = (
    sign_in.PasswordRule("au moins 8 caractères"),
    sign_in.PasswordRule("au moins un chiffre", failed=True),
    sign_in.PasswordRule("au moins une lettre majuscule"),
    sign_in.PasswordRule("au moins une lettre minuscule"),
    sign_in.PasswordRule("au moins un caractère spécial", failed=True),
)
_WELCOME = (
    "Bienvenue dans votre espace. Vous y suivez les interventions de votre immeuble et vous y écrivez à l’agence.",
    "Première visite ? Utilisez l’identifiant et le mot de passe reçus par courrier.",
)
_SPACES = (
    sign_in.SpaceChoice("co_owner", "Espace COPROPRIETAIRE", "2 immeubles"),
    sign_in.SpaceChoice("landlord", "Espace PROPRIETAIRE", "1 lot loué", icon="key"),
    sign_in.SpaceChoice("renter", "Espace LOCATAIRE", "8 rue des Acacias", icon="home"),
)
_ACCOUNTS = (
    sign_in.SpaceChoice(
        "a1", "Mme Camille Fontenelle", "Compte principal", "12/11/2026", "22/11/2026", current=True, icon="user"
    ),
    sign_in.SpaceChoice("a2", "SCI Les Glycines", "Compte secondaire", "03/10/2026", "jamais", icon="building"),
)
_LEGAL = (
    sign_in.LegalSection("Éditeur", ("Agence des Tilleuls, 3 place du Marché, 75000 Paris.",)),
    sign_in.LegalSection("Vos données", ("L’agence est responsable du traitement.", "Vous pouvez demander une copie.")),
    sign_in.LegalSection("Accessibilité", ("Ce site est partiellement conforme au RGAA 4.1.2.",), "accessibilite"),
)


def _error(name: str, status: int, title: str, text: str, wait: str = "") -> Preview:
    ways = (Link("Revenir à l’accueil", "/"), Link("Appeler l’agence", "tel:+33199001200"))
    return Preview(name, "notices/error.html", PUBLIC, notices.ErrorPage(status, title, (text,), ways, wait, "7f3a-22"))


def _form(action: str, *errors: FieldError, **values: str) -> FormState:
    return FormState(action, TOKEN, values, errors=errors)


_WRONG = FieldError("login", "L’identifiant ou le mot de passe n’est pas le bon. Encore 3 essais avant une pause.")

VISITORS = (
    Preview("connexion", "sign_in/login.html", NOTICE, sign_in.LoginPage(_form("/connexion"), _WELCOME)),
    Preview(
        "connexion-erreur",
        "sign_in/login.html",
        PUBLIC,
        sign_in.LoginPage(_form("/connexion", _WRONG, login="FONTENELLECAMILLE")),
    ),
    Preview("oubli", "sign_in/forgotten.html", PUBLIC, sign_in.ForgottenPasswordPage(_form("/mot-de-passe-oublie"))),
    Preview(
        "oubli-envoye",
        "sign_in/forgotten.html",
        PUBLIC,
        sign_in.ForgottenPasswordPage(_form("/mot-de-passe-oublie"), sent=True),
    ),
    Preview(
        "mot-de-passe",
        "sign_in/choose_password.html",
        PUBLIC,
        sign_in.ChoosePasswordPage(
            _form(
                "/mot-de-passe",
                FieldError("password", "Le mot de passe doit contenir un chiffre et un caractère spécial."),
                FieldError("again", "Les deux saisies ne sont pas identiques."),
            ),
            _RULES,
            first_login=True,
            login="FONTENELLECAMILLE",
        ),
    ),
    Preview(
        "reinitialisation-perimee",
        "sign_in/choose_password.html",
        PUBLIC,
        sign_in.ChoosePasswordPage(_form("/reinitialisation/x"), (), dead_link=True),
    ),
    Preview("espaces", "sign_in/spaces.html", CLIENT, sign_in.SpacesPage(_form("/espaces"), _SPACES, _ACCOUNTS)),
    Preview("mentions", "sign_in/legal.html", PUBLIC, sign_in.LegalPage(_LEGAL, Link("Connexion", "/connexion"))),
    _error("erreur-403", 403, "Accès refusé", "Vous n’avez pas le droit d’ouvrir cette page."),
    _error("erreur-404", 404, "Page introuvable", "Cette page n’existe pas, ou vous n’y avez pas accès."),
    _error("erreur-409", 409, "La page a changé", "Quelqu’un a modifié ces informations. Rien n’a été enregistré."),
    _error("erreur-429", 429, "Trop d’essais", "Par sécurité, vous devez patienter.", "3\u00a0minutes"),
    _error("erreur-500", 500, "Le service a rencontré une erreur", "Rien n’a été enregistré."),
    Preview(
        "confirmation",
        "notices/confirmation.html",
        CLIENT,
        notices.ConfirmationPage(
            "Votre demande est envoyée",
            "Référence",
            "1042",
            ("Nora Belkacem, votre gestionnaire, vient de la recevoir.",),
            (Fact("Lieu", "8 rue des Acacias, lot 14"),),
            ("L’agence lit votre demande.", "Elle choisit un intervenant.", "Vous êtes prévenue du rendez-vous."),
            (Link("Suivre cette demande", "/demandes/1042"), Link("Accueil", "/")),
        ),
    ),
    Preview(
        "ajouter-fichier",
        "notices/add_file.html",
        STAFF,
        notices.AddFilePage(
            "https://fichiers.example/",
            (
                ("key", "incoming/demo/u1/${filename}"),
                ("policy", "e30="),
                ("success_action_redirect", "https://palier.example/fichiers/ajouter"),
            ),
            "Une photo ou un PDF, 15 Mo au plus.",
            Link("Revenir au formulaire", "/gestion/syndic/tickets/nouveau"),
            "Pour le ticket en préparation",
            state="added",
            message="cave.jpg est ajouté.",
        ),
    ),
)
