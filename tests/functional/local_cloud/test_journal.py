"""The journal gives back what was written, whole lines only, and never a mix of two epochs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infra.local.journal import Journal, Record


def _save(folder: Path) -> None:
    (folder / "state.json").write_text("{}")


def _reopened(folder: Path) -> list[Record]:
    journal = Journal(folder)
    return list(journal.records())


@settings(deadline=None, max_examples=40)
@given(records=st.lists(st.lists(st.text()), max_size=8), cut=st.integers(0, 30))
def test_a_torn_end_costs_the_last_record_only(
    tmp_path_factory: pytest.TempPathFactory, records: list[Record], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    journal = Journal(folder)
    journal.open()
    for record in records:
        journal.write(record, sync=False)
    journal.write(["last"], sync=True)
    file = folder / "journal-0.jsonl"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) - min(cut, len(b'["last"]\n'))])
    assert _reopened(folder) == ([*records, ["last"]] if cut == 0 else records)


def test_writing_goes_on_after_a_torn_end(tmp_path: Path) -> None:
    (tmp_path / "journal-0.jsonl").write_bytes(b'["a"]\n["tor')
    journal = Journal(tmp_path)
    journal.open()
    journal.write(["b"], sync=True)
    assert _reopened(tmp_path) == [["a"], ["b"]]


def test_a_snapshot_starts_an_empty_journal_beside_it(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.open()
    journal.write(["before"], sync=True)
    journal.snapshot(_save)
    journal.write(["after"], sync=True)
    assert _reopened(tmp_path) == [["after"]]
    assert (Journal(tmp_path).state_dir / "state.json").exists()
    assert [path.name for path in sorted(tmp_path.glob("*-*"))] == ["journal-1.jsonl", "state-1"]


def test_a_snapshot_that_fails_changes_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.open()
    journal.write(["kept"], sync=True)

    def fail(folder: Path) -> None:
        (folder / "half").write_text("x")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        journal.snapshot(fail)
    journal.write(["also kept"], sync=True)
    assert _reopened(tmp_path) == [["kept"], ["also kept"]]
