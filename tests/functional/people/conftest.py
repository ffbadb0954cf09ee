"""Cheap password hashes: only the unit tests pay for real ones. The table is the fixture of the folder above."""

import pytest

from palier.people import hashing


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "_MEMORY_KIB", 64)
    monkeypatch.setattr(hashing, "_ROUNDS", 1)
    monkeypatch.setattr(hashing, "NOBODYS_HASH", hashing.hash_password("nobody"))
