"""What stands around a page for a signed-in person: agency, menus, banner of an impersonation. Pure."""

import msgspec

from palier.people.caller import Caller, Permission, Space
from palier.tickets.client.sight import follows_tickets
from palier.web.form_tokens import new_form_token
from palier.web.site import Visit
from palier.web.views.common import Button, Flash, Impersonation, Link, Shell

_FLASHES = {
    "cree": Flash("Le ticket est créé."),
    "valide": Flash("Le ticket est validé."),
    "fait": Flash("C’est enregistré."),
    "clos": Flash("Le ticket est clos."),
    "deja": Flash("Ce formulaire avait déjà été pris en compte\u00a0: rien n’a été fait deux fois.", "info"),
    "envoye": Flash("Votre message est envoyé."),
    "envoyee": Flash("Votre demande est envoyée. L’agence la reçoit aussitôt."),
    "resume": Flash("Le résumé est en préparation. Il apparaîtra ici dans quelques instants.", "info"),
    "change": Flash("Le ticket a changé entre-temps. Voici où il en est.", "warning"),
}


def shell_for(visit: Visit, *, current: str = "") -> Shell:
    """Return the shell of a page for whoever asks for it. ``current`` is the menu entry the page belongs to."""
    caller = visit.caller
    staff = caller.space is Space.STAFF
    token = new_form_token(caller.secret)
    return Shell(
        agency_name=caller.agency_name,
        home_url="/gestion" if staff else "/",
        space_label=_label(visit, caller),
        user_name=caller.name,
        dense=staff,
        menu=_menu(visit, caller, current),
        user_menu=_user_menu(caller),
        sign_out_url="/deconnexion",
        impersonation=_impersonation(caller),
        flash=_FLASHES.get(visit.request.query.get("message", "")),
        form_token=token,
        agency_phone=visit.agency.settings.agency_contact.phone,
    )


def public_shell(agency_name: str) -> Shell:
    """Return the shell of a page shown without a session."""
    return Shell(agency_name=agency_name)


def _label(visit: Visit, caller: Caller) -> str:
    settings = visit.agency.settings
    labels = {
        Space.CO_OWNER: settings.space_label_co_owner,
        Space.LANDLORD: settings.space_label_landlord,
        Space.RENTER: settings.space_label_renter,
        Space.STAFF: "Gestion",
    }
    return labels.get(caller.space, "")


def _menu(visit: Visit, caller: Caller, current: str) -> tuple[Link, ...]:
    entries: tuple[Link, ...] = ()
    if caller.must_change_password:
        return ()  # every entry would lead back to the password
    if caller.space is Space.STAFF:
        entries = _staff_menu(caller)
    elif caller.space is not Space.SUPPLIER:
        entries = _client_menu(visit)
    return tuple(msgspec.structs.replace(link, current=link.href == current) for link in entries)


def _staff_menu(caller: Caller) -> tuple[Link, ...]:
    titles = {"syndic": "Tickets syndic", "gerance": "Tickets gérance"}
    modules = [one for one in ("syndic", "gerance") if one in caller.modules]
    tickets = [Link(titles[one], f"/gestion/{one}/tickets") for one in modules]
    requests = [Link(f"Demandes {titles[one].split()[1]}", f"/gestion/{one}/demandes") for one in modules]
    portfolio = [Link("Portefeuille", "/gestion/portefeuille")] if caller.may(Permission.PORTFOLIO_READ) else []
    return (*tickets, *requests, *portfolio)


def _client_menu(visit: Visit) -> tuple[Link, ...]:
    settings = visit.agency.settings
    requests = [Link("Demandes", "/demandes")] if settings.requests_enabled else []
    follow = [Link("Suivi d’interventions", "/interventions")] if follows_tickets(visit.agency, visit.caller) else []
    return (Link("Accueil", "/"), *requests, *follow)


def _user_menu(caller: Caller) -> tuple[Link, ...]:
    change = [Link("Autres espaces et comptes", "/espaces")] if caller.other_accounts or len(caller.spaces) > 1 else []
    return (*change, Link("Redéfinir mon mot de passe", "/mot-de-passe"))


def _impersonation(caller: Caller) -> Impersonation | None:
    if caller.impersonated_by is None:
        return None
    leave = Button("Quitter cet espace", "/deconnexion")
    return Impersonation(caller.name, caller.impersonated_by, leave)
