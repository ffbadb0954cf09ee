"""The storage core under races, repeats and refusals (PLT-003, PLT-005): the whole product stands on it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pynamodb.exceptions import TransactWriteError

from palier.aws import changes as changes_module
from palier.aws.changes import BusyError, Changes, TooManyChangesError
from palier.aws.keys import AgencyKeys, BadKeyPartError, Key, join
from palier.aws.once import take_once
from palier.aws.table import Row, Table
from palier.kernel.errors import AlreadyDoneError, ConflictError
from palier.kernel.ids import AgencyId
from tests.unit.tickets.builders import MONDAY

KEYS = AgencyKeys(AgencyId("demo"))


def row(name: str, body: bytes = b"{}", version: int = 0, **more: object) -> Row:
    return Row(KEYS.key("THING", name, sk="IT"), "THING", body, version, **more)  # type: ignore[arg-type]


def commit(*steps: tuple[str, Row]) -> None:
    changes = Changes(wait=lambda _: None)
    for how, what in steps:
        getattr(changes, how)(what)
    changes.commit()


def test_what_is_written_is_read_back(table: Table) -> None:
    commit(("create", row("a", b'{"x":1}', card=b'{"y":2}', indexes={"open_list": (KEYS.pk("OPEN"), "1")})))
    found = table.get(KEYS.key("THING", "a", sk="IT"))
    assert found is not None
    assert (found.body, found.card, found.version) == (b'{"x":1}', b'{"y":2}', 1)
    listed = table.query_index("open_list", KEYS.pk("OPEN"))
    assert [one.card for one in listed.rows] == [b'{"y":2}']


def test_all_or_nothing(table: Table) -> None:
    commit(("create", row("a")))
    with pytest.raises(ConflictError):
        commit(("put", row("b")), ("create", row("a")))
    assert table.get(row("b").key) is None


def test_replace_refuses_what_somebody_wrote_since(table: Table) -> None:
    commit(("create", row("a")))
    read = table.get(row("a").key)
    assert read is not None
    commit(("replace", row("a", b'{"first":1}', read.version)))
    with pytest.raises(ConflictError):
        commit(("replace", row("a", b'{"second":1}', read.version)))
    kept = table.get(row("a").key)
    assert kept is not None
    assert kept.body == b'{"first":1}'


def test_delete_and_require_are_conditional_too(table: Table) -> None:
    commit(("create", row("a")), ("create", row("b")))
    stale = row("a", version=9)
    with pytest.raises(ConflictError):
        commit(("require", stale), ("put", row("c")))
    changes = Changes()
    changes.delete(row("b").key, version=9)
    with pytest.raises(ConflictError):
        changes.commit()
    assert table.get(row("b").key) is not None
    assert table.get(row("c").key) is None


def test_each_refusal_raises_the_error_of_its_own_step(table: Table) -> None:
    """DynamoDB's reasons come back by position, and pynamodb reorders the steps."""
    commit(("create", row("taken")), ("create", row("other")))
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        changes = Changes()
        steps = [
            lambda changes=changes: changes.create(row("taken"), AlreadyDoneError("mine")),
            lambda changes=changes: changes.require(row("other", version=1)),
            lambda changes=changes: changes.delete(row("nothing").key),
        ]
        for index in order:
            steps[index]()
        with pytest.raises(AlreadyDoneError, match="mine"):
            changes.commit()


def test_of_many_writers_of_one_version_exactly_one_wins(table: Table) -> None:
    commit(("create", row("head")))

    def write(n: int) -> bool:
        try:
            commit(("replace", row("head", b'{"by":%d}' % n, 1)))
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(write, range(24)))
    assert won.count(True) == 1
    head = table.get(row("head").key)
    assert head is not None
    assert head.version == 2


def test_a_form_sent_many_times_at_once_acts_once(table: Table) -> None:
    def send(n: int) -> str:
        changes = Changes(wait=lambda _: None)
        changes.put(row(f"made-{n}"))
        take_once(changes, KEYS, "form-1", str(n), MONDAY)
        try:
            changes.commit()
        except AlreadyDoneError:
            return "already"
        return "done"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(16)))
    assert answers.count("done") == 1
    assert sum(table.get(row(f"made-{n}").key) is not None for n in range(16)) == 1


def test_counter_gives_each_number_once(table: Table) -> None:
    """TCK-003."""
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: table.count_up(KEYS.key("COUNTER", sk="TICKETS")), range(40)))
    assert sorted(numbers) == list(range(1, 41))


class _Reason:
    def __init__(self, code: str) -> None:
        self.code = code


@pytest.mark.parametrize("code", ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])
def test_transient_refusals_are_tried_again_then_named(
    table: Table, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    del table
    calls: list[int] = []

    def refuse(self: Changes) -> list[object]:
        del self
        calls.append(1)
        return [_Reason(code)]

    monkeypatch.setattr(changes_module.Changes, "_try", refuse)
    with pytest.raises(BusyError):
        commit(("put", row("a")))
    assert len(calls) == 5


def test_a_transient_refusal_that_passes_is_not_noticed(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    real, first = Changes._try, [True]

    def once(self: Changes) -> list[object] | None:
        if first.pop() if first else False:
            return [_Reason("TransactionConflict")]
        return real(self)

    monkeypatch.setattr(changes_module.Changes, "_try", once)
    commit(("create", row("a")))
    assert table.get(row("a").key) is not None


def test_a_refusal_we_do_not_know_is_never_taken_for_success(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    del table
    monkeypatch.setattr(changes_module.Changes, "_try", lambda _: [_Reason("ValidationError")])
    with pytest.raises(RuntimeError, match="ValidationError"):
        commit(("put", row("a")))


def test_a_lost_connection_is_an_error_not_a_success(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(self: object) -> None:
        del self
        raise TransactWriteError("connection lost")

    del table
    monkeypatch.setattr("pynamodb.transactions.TransactWrite._commit", lost)
    with pytest.raises(TransactWriteError):
        commit(("put", row("a")))


def test_more_changes_than_a_transaction_takes_are_refused_before_anything_is_written(table: Table) -> None:
    with pytest.raises(TooManyChangesError):
        commit(*(("put", row(str(n))) for n in range(101)))
    assert table.get(row("0").key) is None


@given(st.text(min_size=1, max_size=40))
def test_no_part_of_a_key_can_leave_its_place(part: str) -> None:
    """PLT-003: an id from the address bar can never name another agency's item."""
    if "#" in part:
        with pytest.raises(BadKeyPartError):
            KEYS.key("TICKET", part, sk="HEAD")
    else:
        assert KEYS.key("TICKET", part, sk="HEAD") == Key(f"demo#TICKET#{part}", "HEAD")


def test_an_empty_part_is_refused() -> None:
    with pytest.raises(BadKeyPartError):
        join("demo", "")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(st.binary(max_size=20).map(lambda raw: raw.hex().encode()), min_size=1, max_size=6))
def test_versions_count_the_writes(table: Table, bodies: list[bytes]) -> None:
    key = f"v{len(bodies)}-{bodies[0].decode()[:8] or 'x'}-{id(bodies)}"
    commit(("create", row(key, b'{"n":0}')))
    for n, body in enumerate(bodies, start=1):
        commit(("replace", row(key, b'"%s"' % body, n)))
    found = table.get(row(key).key)
    assert found is not None
    assert found.version == len(bodies) + 1
