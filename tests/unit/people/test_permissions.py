"""ROL-021…027 and the matrix of section 2.1, held against the catalogue's own table."""

import pytest

from palier.people.caller import Permission, StaffRole
from palier.people.matrix import MATRIX, Act, Actor, Cell, Reach
from palier.people.permissions import DEFAULTS, permissions_of

CATALOGUE = """\
| Capability | Principal/Admin | Manager | Assistant | Accountant | Co-owner | Council member | President | Landlord | Renter | Supplier |
| Portal settings, templates, access control | W | – (O by role) | – | – | – | – | – | – | – | – |
| Agency pages, opening hours | W | O | O | – | R (contact) | R | R | R | R | R |
| Portfolio, impersonation, temp. password | W | W | W | R (inferred) | – | – | – | – | – | – |
| Own account, statement | R all | R all | R all | R all | Own | Own | Own | Own | Own | – |
| Renters' accounts / documents | R | R | R | R | – | – | – | O | Own | – |
| Works fund per lot | R | R | R | R | Own O | Own O | Own O | – | – | – |
| Expense statement | R | R | R | R | O | O | O | – | – | – |
| Debtor accounts, budgets, works, contracts, suppliers | R | R | R | R | – | R O | R O | – | – | – |
| Documents | W | W | W | R | by binder right | by binder right | by binder right | by binder right | by binder right | ticket documents |
| Requests | answer | answer | answer | R | W | W | W | W | W | – |
| Tickets | W | W | W O | R (back office) | R O + message | R O + message (approves only as acting president, ROL-010) | R O + approve | R O + approve | R O + message | own, W |
| Ticket deletion | by role | by role | by role | by role | – | – | – | – | – | – |
| Votes | configure, follow | follow, retrieve | follow (inferred) | – | vote | vote | vote | – | – | – |
| Online payment | configure | – | – | – | W O | W O | W O | – | W O | – |
"""  # noqa: E501 - the catalogue's own lines

_WORDS = {
    "R": Act.READ,
    "W": Act.WRITE,
    "answer": Act.ANSWER,
    "message": Act.MESSAGE,
    "approve": Act.APPROVE,
    "vote": Act.VOTE,
    "configure": Act.CONFIGURE,
    "follow": Act.FOLLOW,
    "retrieve": Act.RETRIEVE,
}
_WHOLE = {
    "by binder right": Cell(frozenset({Act.READ}), Reach.BINDER),
    "ticket documents": Cell(frozenset({Act.READ}), Reach.TICKET),
    "by role": Cell(frozenset({Act.WRITE}), optional=True),
    "– (O by role)": Cell(frozenset({Act.WRITE}), optional=True),
}


def read_cell(text: str, strongest: str) -> Cell:
    """Read a cell; an ``O`` alone is the option of what the first column may do."""
    if text in _WHOLE:
        return _WHOLE[text]
    words = text.split(" (", maxsplit=1)[0].replace(",", "").replace("+", "").split()
    acts = frozenset(_WORDS[word] for word in words if word in _WORDS)
    own = any(word in {"Own", "own"} for word in words)
    optional = "O" in words
    if not acts and (own or optional):
        acts = frozenset({_WORDS[strongest[0]]})
    return Cell(acts, Reach.OWN if own else Reach.ALL, optional)


def rows() -> list[tuple[str, list[str]]]:
    lines = [[part.strip() for part in line.strip("|").split("|")] for line in CATALOGUE.splitlines()]
    return [(line[0], line[1:]) for line in lines]


def test_the_columns_are_those_of_the_catalogue() -> None:
    assert rows()[0][1] == [actor.value for actor in Actor]


@pytest.mark.parametrize(("capability", "cells"), rows()[1:])
def test_each_row_says_what_the_catalogue_says(capability: str, cells: list[str]) -> None:
    assert [MATRIX[capability][actor] for actor in Actor] == [read_cell(cell, cells[0]) for cell in cells]


def test_no_row_is_invented() -> None:
    assert set(MATRIX) == {capability for capability, _ in rows()[1:]}


_COLUMN = {
    StaffRole.PRINCIPAL: Actor.PRINCIPAL,
    StaffRole.ADMINISTRATOR: Actor.PRINCIPAL,
    StaffRole.MANAGER: Actor.MANAGER,
    StaffRole.ASSISTANT: Actor.ASSISTANT,
    StaffRole.ACCOUNTANT: Actor.ACCOUNTANT,
}
_ROW = {
    Permission.SETTINGS: "Portal settings, templates, access control",
    Permission.PORTFOLIO_ACT: "Portfolio, impersonation, temp. password",
    Permission.TICKET_CREATE: "Tickets",
    Permission.TICKET_EDIT: "Tickets",
}


@pytest.mark.parametrize("role", _COLUMN)
@pytest.mark.parametrize("permission", _ROW)
def test_a_role_starts_with_the_rights_of_its_column(role: StaffRole, permission: Permission) -> None:
    """What stands under a check box starts unticked: an assistant is given ticket rights by the agency (ROL-004)."""
    cell = MATRIX[_ROW[permission]][_COLUMN[role]]
    assert (permission in DEFAULTS[role]) is (Act.WRITE in cell.acts and not cell.optional)


@pytest.mark.parametrize("role", _COLUMN)
def test_every_known_role_reads_the_portfolio_and_the_tickets_of_others(role: StaffRole) -> None:
    assert {Permission.PORTFOLIO_READ, Permission.TICKET_SEE_OTHERS} <= DEFAULTS[role]


@pytest.mark.parametrize("role", StaffRole)
def test_deleting_tickets_is_off_until_the_box_is_ticked(role: StaffRole) -> None:
    """ROL-022."""
    assert Permission.TICKET_DELETE not in permissions_of(role, {})
    assert permissions_of(role, {role.value: frozenset({"ticket_delete"})}) == {Permission.TICKET_DELETE}


def test_no_role_no_right() -> None:
    assert permissions_of(None, {"manager": frozenset({"settings"})}) == frozenset()


def test_a_right_that_no_longer_exists_is_ignored() -> None:
    assert permissions_of(StaffRole.MANAGER, {"manager": frozenset({"make_coffee"})}) == frozenset()
