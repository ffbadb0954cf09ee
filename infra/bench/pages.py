"""What people look at, for the count: every kind of page, with enough on it."""

from __future__ import annotations

from infra.bench import agency
from infra.bench.desk import Desk
from infra.bench.gateway import Ask
from infra.bench.results import Kind
from infra.bench.tickets import ENGAGEMENT, Stage
from infra.bench.visits import TICKET, Do, Visit


def _page(name: str, function: str, resource: str, *, who: str = "", **values: str) -> Visit:
    """``values`` fill the address; those that it does not name are its query."""

    def prepare(desk: Desk) -> Do:
        headers = {"manager": desk.as_manager, "owner": desk.as_owner, "": dict[str, str]}[who]()
        params = {name: value for name, value in values.items() if f"{{{name}}}" in resource}
        query = {name: value for name, value in values.items() if name not in params}
        return lambda: desk.web(function, Ask("GET", resource, params, query, headers))

    return Visit(name, Kind.PAGE, function, prepare)


def _of_ticket(name: str, resource: str, stage: Stage, **params: str) -> Visit:
    def prepare(desk: Desk) -> Do:
        number, _ = desk.ticket(stage)
        ask = Ask("GET", resource, {"number": str(number), **params}, headers=desk.as_manager())
        return lambda: desk.web("staff_desk", ask)

    return Visit(name, Kind.PAGE, "staff_desk", prepare)


def _supplier_page(desk: Desk) -> Do:
    token = desk.link(desk.ticket(Stage.ASKED)[0])
    return lambda: desk.web("supplier_link", Ask("GET", "/i/{token}", {"token": token}))


def _api(desk: Desk) -> Do:
    headers = {"Authorization": f"Bearer {desk.people.api_key}"}
    ask = Ask("GET", "/api/v1/{collection}", {"collection": "buildings"}, headers=headers)
    return lambda: desk.web("back_office", ask)


PAGES = (
    _page("Connexion", "sign_in", "/connexion"),
    _page("Mot de passe", "sign_in", "/mot-de-passe", who="owner"),
    _page("Portail : accueil", "client_portal", "/", who="owner"),
    _page("Portail : mes demandes", "client_portal", "/demandes", who="owner"),
    _page("Portail : nouvelle demande", "client_portal", "/demandes/nouvelle", who="owner"),
    _page("Portail : une demande", "client_portal", "/demandes/{number}", who="owner", number="201"),
    _page("Portail : interventions", "client_portal", "/interventions", who="owner"),
    _page("Portail : une intervention", "client_portal", "/interventions/{number}", who="owner", number="201"),
    _page("Gestion : accueil", "staff_desk", "/gestion", who="manager"),
    _page("Tickets : en cours, les miens", "staff_desk", "/gestion/{module}/tickets", who="manager", module="syndic"),
    _page(
        "Tickets : en cours, tous", "staff_desk", "/gestion/{module}/tickets", who="manager", module="syndic", miens="0"
    ),
    _page(
        "Tickets : en attente, les miens",
        "staff_desk",
        "/gestion/{module}/tickets",
        who="manager",
        module="syndic",
        onglet="en-attente",
    ),
    _page(
        "Tickets : clôturés",
        "staff_desk",
        "/gestion/{module}/tickets",
        who="manager",
        module="syndic",
        onglet="clotures",
        miens="0",
    ),
    _page("Ticket : création", "staff_desk", "/gestion/{module}/tickets/nouveau", who="manager", module="syndic"),
    _of_ticket("Ticket", TICKET, Stage.INVOICED),
    _of_ticket("Ticket : validation", f"{TICKET}/valider", Stage.PENDING),
    _of_ticket("Ticket : une action", f"{TICKET}/{{action}}", Stage.ASKED, action="note"),
    _of_ticket(
        "Ticket : une action sur l’intervenant",
        f"{TICKET}/{{action}}/{{target}}",
        Stage.ASKED,
        action="accepter",
        target=ENGAGEMENT,
    ),
    _page(
        "Portefeuille : immeubles",
        "staff_desk",
        "/gestion/portefeuille/{category}",
        who="manager",
        category="immeubles",
    ),
    _page(
        "Portefeuille : copropriétaires",
        "staff_desk",
        "/gestion/portefeuille/{category}",
        who="manager",
        category="coproprietaires",
    ),
    _page(
        "Portefeuille : un immeuble",
        "staff_desk",
        "/gestion/portefeuille/{category}/{record}",
        who="manager",
        category="immeubles",
        record="B-1",
    ),
    _page(
        "Portefeuille : une personne",
        "staff_desk",
        "/gestion/portefeuille/{category}/{record}",
        who="manager",
        category="coproprietaires",
        record=agency.OWNER,
    ),
    Visit("Intervenant : la demande", Kind.PAGE, "supplier_link", _supplier_page),
    Visit("API : une liste", Kind.COMMAND, "back_office", _api),
)
