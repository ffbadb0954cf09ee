"""Taking a batch: load what it names, decide line by line, write in as few transactions as it takes.

A line is taken whole or not at all. When somebody else wrote the same rows meanwhile, the lines that were not
written yet are loaded and decided again.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

import msgspec

from palier.aws.keys import AgencyKeys
from palier.aws.table import Table
from palier.kernel.errors import ConflictError
from palier.kernel.ids import PartyId
from palier.people.model import Account
from palier.people.passwords import Pick, initial_password
from palier.people.store import login_key
from palier.portfolio.dossier import Dossier, needs_login
from palier.publication.loading import load_world
from palier.publication.logins import account_after, account_write, free_login, login_write, opened_account
from palier.publication.model import Collection, Line, LineRefusedError, LineReport, Outcome, World
from palier.publication.rules import apply
from palier.publication.store import Reader
from palier.publication.writing import MOST_AT_ONCE, Write, commit, writes

_TRIES = 3
replace = msgspec.structs.replace


class Desk(msgspec.Struct, frozen=True):
    """What taking a batch needs from outside."""

    table: Table
    keys: AgencyKeys
    now: dt.datetime
    pick: Pick
    hash_password: Callable[[str], str]


def import_lines(desk: Desk, collection: Collection, lines: Sequence[Line]) -> tuple[LineReport, ...]:
    """Take a batch and report on each of its lines, in their order."""
    reports: list[LineReport] = []
    left = list(lines)
    for _ in range(_TRIES):
        reports += _attempt(desk, collection, left)
        answered = {report.line for report in reports}
        left = [line for line in lines if line.number not in answered]
        if not left:
            break
    busy = "Somebody else was writing the same records: send this line again."
    reports += [LineReport(line.number, line.id, Outcome.REFUSED, "CONFLICT", busy) for line in left]
    return tuple(sorted(reports, key=lambda report: report.line))


def _attempt(desk: Desk, collection: Collection, lines: Iterable[Line]) -> list[LineReport]:
    """Take lines until the end or until somebody else was faster; return the reports of those that are
    written.
    """
    attempt = _Attempt(desk, collection, list(lines))
    try:
        for line in attempt.lines:
            attempt.take(line)
        attempt.save()
    except ConflictError:
        pass
    return attempt.final


class _Attempt:
    """One reading of the world, and the lines decided on it. ``_world`` runs ahead of ``_saved`` by one
    transaction.
    """

    def __init__(self, desk: Desk, collection: Collection, lines: list[Line]) -> None:
        self.lines = lines
        self.final: list[LineReport] = []
        self._desk = desk
        self._collection = collection
        self._reader = Reader(desk.table, desk.keys)
        self._saved = self._world = load_world(self._reader, collection, lines)
        self._waiting: list[LineReport] = []
        self._opened: dict[PartyId, Account] = {}
        self._size = 0

    def take(self, line: Line) -> None:
        """Decide one line; saves those before it when there is no more room in their transaction."""
        try:
            after = apply(self._world, self._collection, line, self._desk.now)
        except LineRefusedError as error:
            why = (error.code, error.detail, error.field)
            refused = LineReport(line.number, line.id, Outcome.REFUSED, *why, remarks=line.remarks)
            self._waiting.append(refused)
            return
        size = self._size_of(after)
        if self._size + size > MOST_AT_ONCE:
            self.save()
        report = LineReport(line.number, line.id, self._outcome(line, after), remarks=line.remarks)
        self._waiting.append(self._with_login(report, after))
        self._world = after
        self._size += size

    def save(self) -> None:
        """Write what was decided since the last time; its reports are final then."""
        if self._world != self._saved:
            versions = self._reader.versions
            found = [*self._accounts(), *writes(self._desk.keys, self._saved, self._world, versions)]
            commit(found, versions)
            self._saved = self._world
        self.final += self._waiting
        self._waiting, self._size = [], 0

    def _outcome(self, line: Line, after: World) -> Outcome:
        if after == self._world:
            return Outcome.UNCHANGED
        if line.record is None:
            return Outcome.REMOVED
        known = (self._collection, line.id) in self._world.records
        return Outcome.UPDATED if known else Outcome.CREATED

    def _size_of(self, after: World) -> int:
        rows = len(writes(self._desk.keys, self._world, after, self._reader.versions))
        return rows + 2 * len(_changed(self._world, after))  # each may need an account and a login

    def _with_login(self, report: LineReport, after: World) -> LineReport:
        for dossier in _changed(self._world, after):
            if needs_login(dossier) and dossier.id not in self._reader.accounts:
                account, password = self._open(dossier)
                self._reader.accounts[dossier.id] = self._opened[dossier.id] = account
                report = replace(report, login=account.login, initial_password=password)
        return report

    def _open(self, dossier: Dossier) -> tuple[Account, str]:
        taken = [login_key(self._desk.keys, account.login) for account in self._opened.values()]
        login = free_login(self._desk.table, self._desk.keys, dossier, taken)
        password = initial_password(self._desk.pick)
        return opened_account(dossier, login, self._desk.hash_password(password)), password

    def _accounts(self) -> Iterable[Write]:
        """Return the accounts that follow from the dossiers, those just opened with their logins."""
        keys, versions = self._desk.keys, self._reader.versions
        for dossier in _changed(self._saved, self._world):
            account = self._reader.accounts.get(dossier.id)
            if account is None:
                continue
            now = account_after(account, self._saved.dossier(dossier.id), dossier)
            if dossier.id in self._opened:
                yield login_write(keys, now)
            if now != account or dossier.id in self._opened:
                yield account_write(keys, now, versions)
            self._opened.pop(dossier.id, None)
            self._reader.accounts[dossier.id] = now


def _changed(before: World, after: World) -> list[Dossier]:
    parties = sorted({*before.dossiers, *after.dossiers})
    return [after.dossier(one) for one in parties if before.dossiers.get(one) != after.dossiers.get(one)]
