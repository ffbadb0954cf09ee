"""A redo journal on disk: a snapshot directory per epoch, and the records written since.

A record is one JSON line, forced to disk before its request is answered. Taking a snapshot starts the next
epoch; which epoch counts is one file, replaced atomically, so that a crash at any line leaves a whole state.
Knows nothing of what the records mean.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

Record = list[object]


class Journal:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        current = folder / "CURRENT"
        self.epoch = int(current.read_text("ascii")) if current.exists() else 0
        self._lock = threading.Lock()
        self._file: BinaryIO | None = None
        self._remove_other_epochs()

    @property
    def state_dir(self) -> Path:
        return self._state_dir(self.epoch)

    def records(self) -> Iterator[Record]:
        """The records of this epoch; the last line may be torn, then it was never acknowledged."""
        path = self._journal_file(self.epoch)
        if not path.exists():
            return
        with path.open("rb") as lines:
            for line in lines:
                if not line.endswith(b"\n"):
                    return
                yield json.loads(line)

    def open(self) -> None:
        """Start writing after the last whole line."""
        path = self._journal_file(self.epoch)
        whole = path.read_bytes().rfind(b"\n") + 1 if path.exists() else 0
        self._file = path.open("ab", buffering=0)
        self._file.truncate(whole)

    def write(self, record: Record, *, sync: bool) -> None:
        line = json.dumps(record, separators=(",", ":")).encode() + b"\n"
        with self._lock:
            if self._file is None:
                return
            self._file.write(line)
            if sync:
                os.fdatasync(self._file.fileno())

    def snapshot(self, save: Callable[[Path], None]) -> None:
        """`save` writes the whole state in the folder that it is given, or raises: then nothing changed."""
        with self._lock:
            following = self.epoch + 1
            folder = self._state_dir(following)
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            save(folder)
            _sync_folder(folder)
            file = self._journal_file(following).open("ab", buffering=0)
            self._switch_to(following)
            if self._file is not None:
                self._file.close()
            self._file = file
            self._remove_other_epochs()

    def _switch_to(self, epoch: int) -> None:
        draft = self._folder / "CURRENT.tmp"
        with draft.open("w", encoding="ascii") as file:
            file.write(str(epoch))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._folder / "CURRENT")
        _sync_folder(self._folder)
        self.epoch = epoch

    def _remove_other_epochs(self) -> None:
        for path in self._folder.glob("state-*"):
            if path != self.state_dir:
                shutil.rmtree(path, ignore_errors=True)
        for path in self._folder.glob("journal-*.jsonl"):
            if path != self._journal_file(self.epoch):
                path.unlink()

    def _state_dir(self, epoch: int) -> Path:
        return self._folder / f"state-{epoch}"

    def _journal_file(self, epoch: int) -> Path:
        return self._folder / f"journal-{epoch}.jsonl"


def _sync_folder(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_file():
            _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
