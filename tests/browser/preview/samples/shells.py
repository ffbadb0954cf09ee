"""The shells of the previews: a visitor, a client, a member of staff, a supplier. Everything is fictional."""

import msgspec

from palier.web.views.common import (
    Button,
    ContactCard,
    ContextSwitch,
    Flash,
    Impersonation,
    Link,
    Shell,
)

TOKEN = "nonce.0123456789abcdef"
AGENCY = "Agence des Tilleuls"


class Preview(msgspec.Struct, frozen=True):
    """One page as it can be looked at."""

    name: str
    template: str
    shell: Shell
    page: msgspec.Struct


PUBLIC = Shell(agency_name=AGENCY, agency_phone="01 99 00 12 00")
NOTICE = msgspec.structs.replace(
    PUBLIC, banners=("L’agence sera fermée le vendredi 27 novembre. Urgences : 01 99 00 12 99.",)
)
CLIENT = Shell(
    agency_name=AGENCY,
    agency_phone="01 99 00 12 00",
    space_label="Espace COPROPRIETAIRE",
    user_name="Mme Camille Fontenelle",
    menu=(
        Link("Accueil", "/", current=True, icon="home"),
        Link("Demandes", "/demandes", icon="send"),
        Link("Suivi d’interventions", "/interventions", icon="tool"),
    ),
    user_menu=(Link("Redéfinir mon mot de passe", "/mot-de-passe", icon="key"),),
    sign_out_url="/deconnexion",
    context=ContextSwitch("Immeuble", "8 rue des Acacias", (Link("21 quai du Canal", "/espaces?immeuble=b2"),)),
    form_token=TOKEN,
)
WATCHED = msgspec.structs.replace(
    CLIENT,
    impersonation=Impersonation(
        "Mme Camille Fontenelle", "Nora Belkacem", Button("Quitter cet espace", "/deconnexion")
    ),
    flash=Flash("Votre demande est envoyée."),
)
STAFF = Shell(
    agency_name=AGENCY,
    space_label="Gestion",
    home_url="/gestion",
    user_name="Nora Belkacem",
    dense=True,
    menu=(
        Link("Tickets syndic", "/gestion/syndic/tickets", current=True),
        Link("Tickets gérance", "/gestion/gerance/tickets"),
        Link("Portefeuille", "/gestion/portefeuille"),
    ),
    user_menu=(Link("Redéfinir mon mot de passe", "/mot-de-passe", icon="key"),),
    sign_out_url="/deconnexion",
    form_token=TOKEN,
)
DONE = msgspec.structs.replace(STAFF, flash=Flash("L’acceptation est enregistrée."))
SUPPLIER = Shell(agency_name=AGENCY, agency_phone="01 99 00 12 00", home_url="")

MANAGER = ContactCard(
    "Nora Belkacem",
    role="Gestionnaire",
    emails=("nora.belkacem@tilleuls.example",),
    phones=(("01 99 00 12 14", "+33199001214"),),
)
OFFICE = ContactCard(AGENCY, lines=("3 place du Marché", "75000 Paris"), phones=(("01 99 00 12 00", "+33199001200"),))
CARETAKER = ContactCard(
    "M. Elias Roche", role="Gardien", phones=(("06 39 98 01 22", "+33639980122"),), note="Loge de 8 h à 12 h"
)
