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
from palier.portfolio.dossier import Dossier, needs_login
from palier.publication.loading import load_world
from palier.publication.logins import account_after, account_write, free_logins, login_write, opened_account
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
    hash_passwords: Callable[[Iterable[str]], list[str]]


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
        self._to_open: dict[PartyId, int] = {}
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
        for dossier in _changed(self._world, after):
            if needs_login(dossier) and dossier.id not in self._reader.accounts:
                self._to_open.setdefault(dossier.id, line.number)
        self._waiting.append(LineReport(line.number, line.id, self._outcome(line, after), remarks=line.remarks))
        self._world = after
        self._size += size

    def save(self) -> None:
        """Write what was decided since the last time; its reports are final then."""
        if self._world != self._saved:
            self._open()
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

    def _open(self) -> None:
        """Make the logins that are due, and put them in the reports of the lines that made them due."""
        dossiers = [self._world.dossier(party) for party in self._to_open]
        passwords = {dossier.id: initial_password(self._desk.pick) for dossier in dossiers}
        hashes = dict(zip(passwords, self._desk.hash_passwords(passwords.values()), strict=True))
        for party, login in free_logins(self._desk.table, self._desk.keys, dossiers).items():
            account = opened_account(self._world.dossier(party), login, hashes[party])
            self._reader.accounts[party] = self._opened[party] = account
            at = next(at for at, one in enumerate(self._waiting) if one.line == self._to_open[party])
            said = replace(self._waiting[at], login=login, initial_password=passwords[party])
            self._waiting[at] = said
        self._to_open.clear()

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
