"""What the operator and the principal do to an agency: create it, set a setting (PLT-007, AGS-001)."""

from typing import Any, Literal

import msgspec

from palier.agencies.model import Agency, AgencySettings, AgencyTexts, ModuleSettings
from palier.agencies.resolution import BadSettingError, UnknownSettingError, known_keys, with_setting
from palier.agencies.store import host_row, listed_row, settings_key, settings_row, texts_key, texts_row
from palier.aws.changes import Changes
from palier.aws.keys import AgencyKeys
from palier.aws.table import Table
from palier.kernel.errors import NotFoundError, PalierError
from palier.kernel.ids import AgencyId

Scope = Literal["agency", "gerance", "syndic"]


class AgencyExistsError(PalierError):
    """This id is taken."""

    code = "AGENCY_EXISTS"


class HostTakenError(PalierError):
    """Another agency answers under this host."""

    code = "HOST_TAKEN"


class NewAgency(msgspec.Struct, frozen=True):
    """What an agency starts with. ``default``: it answers under every host that nobody else has."""

    id: AgencyId
    name: str
    hosts: tuple[str, ...] = ()
    zone: str = "Europe/Paris"
    modules: tuple[str, ...] = ("gerance", "syndic")
    default: bool = False


def add_agency(changes: Changes, new: NewAgency) -> Agency:
    """Add an agency to a transaction: open for its clients, with tickets; everything else as the catalogue has it."""
    touched = {
        "id": new.id,
        "name": new.name,
        "zone": new.zone,
        "hosts": list(new.hosts),
        "active_modules": list(new.modules),
        "settings": {"portal.licence": True, "tickets.enabled": True},
    }
    changes.create(settings_row(AgencyKeys(new.id), touched), AgencyExistsError(new.id))
    changes.create(listed_row(new.id), AgencyExistsError(new.id))
    for host in (*new.hosts, *(["*"] if new.default else [])):
        changes.create(host_row(host, new.id), HostTakenError(host))
    return msgspec.convert(touched, Agency)


def set_setting(table: Table, agency: AgencyId, scope: Scope, key: str, value: Any) -> None:
    """Set one key of section 40; None goes back to the default."""
    if scope == "agency" and key in known_keys(AgencyTexts):
        _set_text(table, agency, key, value)
        return
    keys = AgencyKeys(agency)
    row = table.get(settings_key(keys))
    if row is None:
        raise NotFoundError(agency)
    touched = msgspec.json.decode(row.body)
    part = "settings" if scope == "agency" else scope
    kind = AgencySettings if scope == "agency" else ModuleSettings
    touched[part] = with_setting(kind, touched.get(part, {}), key, value)
    changes = Changes()
    changes.replace(settings_row(keys, touched, row.version))
    changes.commit()


def set_identity(table: Table, agency: AgencyId, field: str, value: Any) -> None:
    """Set what is not a setting of the catalogue: name, zone, active modules, permissions of roles (ROL-021)."""
    if field not in {"name", "zone", "active_modules", "role_permissions"}:
        raise UnknownSettingError(field)
    keys = AgencyKeys(agency)
    row = table.get(settings_key(keys))
    if row is None:
        raise NotFoundError(agency)
    touched = {**msgspec.json.decode(row.body), field: value}
    try:
        msgspec.convert(touched, Agency)
    except msgspec.ValidationError as error:
        raise BadSettingError(str(error)) from error
    changes = Changes()
    changes.replace(settings_row(keys, touched, row.version))
    changes.commit()


def _set_text(table: Table, agency: AgencyId, key: str, value: Any) -> None:
    keys = AgencyKeys(agency)
    row = table.get(texts_key(keys))
    touched = {} if row is None else msgspec.json.decode(row.body)
    changes = Changes()
    version = 0 if row is None else row.version
    changes.replace(texts_row(keys, with_setting(AgencyTexts, touched, key, value), version))
    changes.commit()
