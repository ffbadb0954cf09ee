"""The permission matrix of section 2.1, row by row, as data. No page reads it: ``permissions.py`` has what they need.

Client and supplier columns say what the features of their spaces may offer; staff columns are where the check boxes
of a role start (ROL-021).
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec


class Actor(StrEnum):
    """A column of the matrix."""

    PRINCIPAL = "Principal/Admin"
    MANAGER = "Manager"
    ASSISTANT = "Assistant"
    ACCOUNTANT = "Accountant"
    CO_OWNER = "Co-owner"
    COUNCIL = "Council member"
    PRESIDENT = "President"
    LANDLORD = "Landlord"
    RENTER = "Renter"
    SUPPLIER = "Supplier"


class Act(StrEnum):
    """What can be done with the thing of a row."""

    READ = "read"
    WRITE = "write"
    ANSWER = "answer"
    MESSAGE = "message"
    APPROVE = "approve"
    VOTE = "vote"
    CONFIGURE = "configure"
    FOLLOW = "follow"
    RETRIEVE = "retrieve"


class Reach(StrEnum):
    """Of which things."""

    ALL = "all"
    OWN = "own"  # limited by ROL-026
    BINDER = "binder"  # as the binder's rights say
    TICKET = "ticket"  # those of his tickets


class Cell(msgspec.Struct, frozen=True):
    """One cell. ``optional``: only when a setting or the role's check box says so."""

    acts: frozenset[Act] = frozenset()
    reach: Reach = Reach.ALL
    optional: bool = False


def _cell(*acts: Act, reach: Reach = Reach.ALL, optional: bool = False) -> Cell:
    return Cell(frozenset(acts), reach, optional)


_NO = Cell()
_R, _W, _ANSWER = _cell(Act.READ), _cell(Act.WRITE), _cell(Act.ANSWER)
_O = _cell(Act.READ, optional=True)
_W_O = _cell(Act.WRITE, optional=True)
_OWN, _OWN_O = _cell(Act.READ, reach=Reach.OWN), _cell(Act.READ, reach=Reach.OWN, optional=True)
_BINDER = _cell(Act.READ, reach=Reach.BINDER)
_MESSAGE = _cell(Act.READ, Act.MESSAGE, optional=True)
_APPROVE = _cell(Act.READ, Act.APPROVE, optional=True)
_VOTE = _cell(Act.VOTE)


def _row(*cells: Cell) -> Mapping[Actor, Cell]:
    return dict(zip(Actor, cells, strict=True))


MATRIX: Mapping[str, Mapping[Actor, Cell]] = {
    "Portal settings, templates, access control": _row(_W, _W_O, _NO, _NO, _NO, _NO, _NO, _NO, _NO, _NO),
    "Agency pages, opening hours": _row(_W, _W_O, _W_O, _NO, _R, _R, _R, _R, _R, _R),
    "Portfolio, impersonation, temp. password": _row(_W, _W, _W, _R, _NO, _NO, _NO, _NO, _NO, _NO),
    "Own account, statement": _row(_R, _R, _R, _R, _OWN, _OWN, _OWN, _OWN, _OWN, _NO),
    "Renters' accounts / documents": _row(_R, _R, _R, _R, _NO, _NO, _NO, _O, _OWN, _NO),
    "Works fund per lot": _row(_R, _R, _R, _R, _OWN_O, _OWN_O, _OWN_O, _NO, _NO, _NO),
    "Expense statement": _row(_R, _R, _R, _R, _O, _O, _O, _NO, _NO, _NO),
    "Debtor accounts, budgets, works, contracts, suppliers": _row(_R, _R, _R, _R, _NO, _O, _O, _NO, _NO, _NO),
    "Documents": _row(
        _W, _W, _W, _R, _BINDER, _BINDER, _BINDER, _BINDER, _BINDER, _cell(Act.READ, reach=Reach.TICKET)
    ),
    "Requests": _row(_ANSWER, _ANSWER, _ANSWER, _R, _W, _W, _W, _W, _W, _NO),
    # A council member approves only as acting president (ROL-010): a rule of the ticket, not a right of the role.
    "Tickets": _row(
        _W, _W, _W_O, _R, _MESSAGE, _MESSAGE, _APPROVE, _APPROVE, _MESSAGE, _cell(Act.WRITE, reach=Reach.OWN)
    ),
    "Ticket deletion": _row(_W_O, _W_O, _W_O, _W_O, _NO, _NO, _NO, _NO, _NO, _NO),
    "Votes": _row(
        _cell(Act.CONFIGURE, Act.FOLLOW),
        _cell(Act.FOLLOW, Act.RETRIEVE),
        _cell(Act.FOLLOW),
        _NO, _VOTE, _VOTE, _VOTE, _NO, _NO, _NO,
    ),
    "Online payment": _row(_cell(Act.CONFIGURE), _NO, _NO, _NO, _W_O, _W_O, _W_O, _NO, _W_O, _NO),
}  # fmt: skip
