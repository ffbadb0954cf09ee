"""Which value holds: override of the building or party, else the agency's, else the built-in default (AGS-022). Pure.

A layer is what somebody touched and nothing else, under the catalogue's keys.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from palier.agencies.model import Agency, AgencySettings, ModuleSettings
from palier.kernel.errors import PalierError

Layer = Mapping[str, Any]
_Settings = TypeVar("_Settings", bound=msgspec.Struct)

OVERRIDABLE = frozenset({
    "hours.display",
    "caretaker.display",
    "council.show_president",
    "council.show_president_email",
    "council.show_president_phone",
    "council.show_members",
    "documents.landlord_sees_renter_documents",
    "assembly.show_info",
    "finance.enabled",
    "finance.show_expenses",
    "finance.expenses_all_co_owners",
    "finance.show_debtors",
    "finance.show_works_fund",
    "finance.landlord_sees_renter_accounts",
    "finance.sub_accounts",
})  # fmt: skip


class UnknownSettingError(PalierError):
    """No such key in the catalogue for this scope."""

    code = "UNKNOWN_SETTING"


class BadSettingError(PalierError):
    """The value is not one that this key takes."""

    code = "BAD_SETTING"


def known_keys(kind: type[_Settings]) -> frozenset[str]:
    """Return the catalogue's keys that live in one of the settings structs."""
    return frozenset(field.encode_name for field in msgspec.structs.fields(kind))


def effective(kind: type[_Settings], *layers: Layer) -> _Settings:
    """Return the settings that hold when each layer is laid over those before it."""
    touched: dict[str, Any] = {}
    for layer in layers:
        touched |= layer
    try:
        return msgspec.convert(touched, kind)
    except msgspec.ValidationError as error:
        raise BadSettingError(str(error)) from error


def with_setting(kind: type[_Settings], layer: Layer, key: str, value: Any) -> dict[str, Any]:
    """Return a layer with one key touched; None un-touches it, so that it follows the layer below again (AGS-021)."""
    if key not in known_keys(kind):
        raise UnknownSettingError(key)
    touched = {**layer, key: value}
    if value is None:
        del touched[key]
    effective(kind, touched)
    return touched


def with_override(layer: Layer, key: str, value: Any) -> dict[str, Any]:
    """Return the overrides of a building, landlord or renter with one key touched (AGS-020)."""
    if key not in OVERRIDABLE:
        raise UnknownSettingError(key)
    kinds = (AgencySettings, ModuleSettings)
    return next(with_setting(kind, layer, key, value) for kind in kinds if key in known_keys(kind))


def agency_for(body: bytes, override: Layer) -> Agency:
    """Return the agency as one building, landlord or renter knows it: every struct with the override laid over."""
    raw = msgspec.json.decode(body)
    for part, kind in (("settings", AgencySettings), ("gerance", ModuleSettings), ("syndic", ModuleSettings)):
        mine = {key: value for key, value in override.items() if key in OVERRIDABLE & known_keys(kind)}
        raw[part] = {**raw.get(part, {}), **mine}
    return msgspec.convert(raw, Agency)
