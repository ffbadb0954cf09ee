"""What the portfolio says about a request: who asks, where it is, who looks after it (TCK-047)."""

import msgspec

from palier.agencies.model import Agency
from palier.aws.keys import AgencyKeys
from palier.aws.table import Table
from palier.kernel.ids import PartyId
from palier.people.caller import Caller, Space
from palier.portfolio import keys as where
from palier.portfolio.dossier import Dossier
from palier.portfolio.model import Building, Lot
from palier.portfolio.store import decode_building, decode_dossier, decode_lot
from palier.requests.form import Spot
from palier.tickets.model import Contact, Place

_QUALITIES = {Space.CO_OWNER: "Copropriétaire", Space.LANDLORD: "Propriétaire", Space.RENTER: "Locataire"}


class Surroundings(msgspec.Struct, frozen=True):
    """The people and the place of a request."""

    requester: Contact
    place: Place | None
    manager: Contact | None


def gather(table: Table, caller: Caller, agency: Agency, spot: Spot | None) -> Surroundings:
    """Read it: two requests, the second for the manager of the building."""
    keys = AgencyKeys(caller.agency)
    wanted = {"party": where.party_key(keys, caller.party)}
    if spot:
        wanted["building"] = where.building_key(keys, spot.building)
    if spot and spot.lot:
        wanted["lot"] = where.lot_key(keys, spot.lot)
    rows = table.get_many(wanted.values())
    found = {name: rows[key] for name, key in wanted.items() if key in rows}
    building = decode_building(found["building"]) if "building" in found else None
    lot = decode_lot(found["lot"]) if "lot" in found else None
    return Surroundings(
        requester=requester_of(caller, decode_dossier(found["party"]) if "party" in found else None),
        place=place_of(spot, building, lot),
        manager=_manager(table, keys, agency, building),
    )


def requester_of(caller: Caller, dossier: Dossier | None) -> Contact:
    """Return the caller as a party of the ticket, reached as the agency reaches him."""
    known = dossier.contact if dossier else None
    emails = (known.emails if known else ()) or ((caller.email,) if caller.email else ())
    mobiles = known.mobiles if known else ()
    return Contact(
        name=caller.name,
        party=caller.party,
        quality=_QUALITIES.get(caller.space, ""),
        emails=emails,
        mobiles=mobiles,
        phone=known.phones[0] if known and known.phones else "",
        by_mail=bool(emails),
        by_sms=not emails and bool(mobiles),
    )


def place_of(spot: Spot | None, building: Building | None, lot: Lot | None) -> Place | None:
    """Return the place with its address and the door code that goes with it (TCK-031, TCK-032)."""
    if spot is None:
        return None
    code = lot.door_code if lot and lot.door_code else ", ".join(building.door_codes) if building else ""
    own = str(lot.address) if lot else ""
    return Place(
        building=spot.building,
        building_name=spot.building_name,
        address=own or (str(building.address) if building else ""),
        lot=spot.lot,
        lot_label=spot.lot_label,
        door_code=code,
    )


def _manager(table: Table, keys: AgencyKeys, agency: Agency, building: Building | None) -> Contact | None:
    party = building.manager if building else None
    row = table.get(where.party_key(keys, party), consistent=False) if party else None
    return manager_of(decode_dossier(row) if row else None, party, agency)


def manager_of(dossier: Dossier | None, party: PartyId | None, agency: Agency) -> Contact | None:
    """Return who is told in the agency: the building's manager, else the agency's own address (REQ-005)."""
    if dossier and party and dossier.contact.emails:
        known = dossier.contact
        phone = (*known.phones, "")[0]
        return Contact(dossier.name, party, "Gestionnaire", known.emails, known.mobiles, phone)
    email = agency.settings.agency_contact.email
    return Contact(agency.name, None, "Agence", (email,)) if email else None
