"""The legal notice supplied with the product, used until the agency writes its own (AUT-026, PLT-010)."""

from typing import NamedTuple

from palier.agencies.model import Agency


class Section(NamedTuple):
    """One part of the notice."""

    anchor: str
    title: str
    texts: tuple[str, ...]


_PUBLISHER = "Ce site est édité par {name}, qui répond de son contenu."
_DATA = (
    "{name} traite vos données pour gérer votre immeuble ou votre location, en exécution de son contrat et de ses "
    "obligations légales. Elles ne sont communiquées qu’aux personnes qui en ont besoin pour cela, par exemple "
    "l’entreprise qui intervient chez vous."
)
_RIGHTS = (
    "Vous pouvez demander à les consulter, à les corriger, à les recevoir ou à les faire effacer quand la loi n’impose "
    "plus de les conserver. Écrivez pour cela à l’agence. Vous pouvez aussi saisir la CNIL (www.cnil.fr)."
)
_COOKIES = (
    "Ce site ne dépose que les cookies nécessaires à votre connexion. Il ne mesure pas votre audience et n’affiche "
    "aucune publicité."
)
_ACCESSIBILITY = (
    "Ce site est conçu pour respecter le RGAA 4.1.2. Tant qu’un audit complet n’a pas été mené, il est déclaré "
    "non conforme, comme la loi le demande."
)
_HELP = (
    "Si une page vous résiste, dites-le à l’agence\u00a0: elle vous répondra et fera la démarche avec vous, par "
    "téléphone ou par courrier. Vous pouvez aussi saisir le Défenseur des droits."
)


def supplied_notice(agency: Agency) -> tuple[Section, ...]:
    """Return the supplied notice in the agency's name; accessibility comes last, under its own anchor."""
    contact = agency.settings.agency_contact
    reached = " · ".join(part for part in (*contact.address, contact.phone, contact.email) if part)
    publisher = _PUBLISHER.format(name=agency.name)
    return (
        Section("editeur", "Éditeur", (publisher, reached) if reached else (publisher,)),
        Section("donnees", "Vos données personnelles", (_DATA.format(name=agency.name), _RIGHTS)),
        Section("cookies", "Cookies", (_COOKIES,)),
        Section("accessibilite", "Accessibilité\u00a0: non conforme", (_ACCESSIBILITY, _HELP)),
    )
