"""The fictional people and places of these tests."""

import datetime as dt

import msgspec

from palier.agencies.model import Agency, AgencySettings, ModuleSettings, VisibleTo
from palier.kernel.ids import AgencyId, BuildingId, LotId, PartyId, TicketNumber
from palier.people.caller import Caller, CouncilRole, Space, Tie
from palier.tickets.model import Actor, ActorKind, Contact, Draft, Place, Ticket, TicketType, Visibility
from palier.tickets.status import Status

NOW = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
PLACE = Place(BuildingId("B1"), "Les Lilas", "1 rue des Tests, 75000 Paris", LotId("L1"), "Lot 1 – Appartement")


def agency(*, shown: bool = True, pre: bool = True, enabled: bool = True) -> Agency:
    module = ModuleSettings(
        tickets_client_display=shown,
        tickets_pre_tickets_visible=pre,
        tickets_visibility=frozenset({VisibleTo.REQUESTER}),
    )
    settings = AgencySettings(portal_licence=True, tickets_enabled=enabled)
    return Agency(AgencyId("demo"), "Agence Démo", settings=settings, syndic=module, gerance=module)


def tie(
    space: Space = Space.CO_OWNER, building: str = "B1", lot: str | None = "L1", council: CouncilRole = CouncilRole.NONE
) -> Tie:
    label = f"Lot {lot.removeprefix('L')} – Appartement" if lot else ""
    return Tie(space, BuildingId(building), "Les Lilas", LotId(lot) if lot else None, label, council)


def caller(party: str = "P1", *ties: Tie, space: Space = Space.CO_OWNER) -> Caller:
    return Caller(
        agency=AgencyId("demo"),
        agency_name="Agence Démo",
        zone="Europe/Paris",
        party=PartyId(party),
        name="Camille Essai",
        space=space,
        secret="demo.P1.token",
        ties=ties or (tie(space),),
    )


def ticket(
    *,
    visible: tuple[Visibility, ...] = (),
    module: str = "syndic",
    kind: TicketType = TicketType.ODS,
    status: Status = Status.AWAITING_APPOINTMENT,
    requester: Contact | None = None,
    place: Place | None = PLACE,
) -> Ticket:
    draft = Draft(
        module=module,
        subject="Fuite au plafond",
        description="Le manager décrit la fuite.",
        requested_at=NOW,
        source="phone",
        requester=requester,
        place=place,
        visibility=visible,
    )
    creator = Actor(ActorKind.MANAGER, "Gestionnaire Fictive", PartyId("M1"))
    return Ticket(AgencyId("demo"), TicketNumber(7), kind, status, draft, creator, NOW, NOW, 1)


def with_draft(one: Ticket, **changes: object) -> Ticket:
    return msgspec.structs.replace(one, draft=msgspec.structs.replace(one.draft, **changes))
