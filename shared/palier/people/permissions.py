"""Roles and what they may do, as data: section 2.1 of the catalogue, row by row, and ROL-021…023."""

from collections.abc import Mapping

from palier.people.caller import Permission, StaffRole

_TICKETS = frozenset({Permission.TICKET_CREATE, Permission.TICKET_EDIT, Permission.TICKET_SEE_OTHERS})
_PORTFOLIO = frozenset({Permission.PORTFOLIO_READ, Permission.PORTFOLIO_ACT})

DEFAULTS: Mapping[StaffRole, frozenset[Permission]] = {
    StaffRole.PRINCIPAL: _TICKETS | _PORTFOLIO | {Permission.SETTINGS},
    StaffRole.ADMINISTRATOR: _TICKETS | _PORTFOLIO | {Permission.SETTINGS},
    StaffRole.MANAGER: _TICKETS | _PORTFOLIO,
    StaffRole.ASSISTANT: _PORTFOLIO | {Permission.TICKET_SEE_OTHERS},  # the rest on option (ROL-004)
    StaffRole.ACCOUNTANT: frozenset({Permission.PORTFOLIO_READ, Permission.TICKET_SEE_OTHERS}),
    StaffRole.OTHER: frozenset({Permission.PORTFOLIO_READ}),
}


def permissions_of(role: StaffRole | None, chosen: Mapping[str, frozenset[str]]) -> frozenset[Permission]:
    """Return what a role may do: the agency's choice when it made one (ROL-021), else the default."""
    if role is None:
        return frozenset()
    if role not in chosen:
        return DEFAULTS[role]
    return frozenset(permission for permission in Permission if permission in chosen[role])
