"""The wire format: what is read, what is refused by field, what is remarked."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.kernel.errors import InvalidInputError
from palier.portfolio.model import Party
from palier.publication import openapi as openapi_module
from palier.publication.api import (
    MOST_LINES,
    BadBatchError,
    BodyTooLargeError,
    TooManyLinesError,
    read_batch,
    written,
)
from palier.publication.lines import LINES
from palier.publication.model import RECORDS, Collection, LineReport
from palier.publication.openapi import openapi
from palier.publication.pages import read_cursor, read_limit, write_cursor
from palier.publication.problems import SAID

COMMITTED = Path(openapi_module.__file__).with_name("openapi.json")


def read(collection: Collection, *lines: Any) -> tuple[list[Any], list[LineReport]]:
    return read_batch(collection, json.dumps({"lines": lines}).encode())


def test_contacts_are_made_usable_and_what_is_not_is_remarked() -> None:
    contact = {
        "emails": ["a@b.example", "nobody", "a@b.example"],
        "mobiles": ["0692 12 34 56", "01 99 00 12 34"],
        "phones": ["01 99 00 00 01"],
    }
    (line,), refused = read(Collection.PARTIES, {"id": "P1", "last_name": "Mésange", "contact": contact})
    assert refused == []
    assert isinstance(line.record, Party)
    assert line.record.contact.emails == ("a@b.example",)
    assert line.record.contact.mobiles == ("+262692123456",)
    assert line.record.contact.phones == ("01 99 00 00 01", "01 99 00 12 34")
    assert [(remark.code, remark.field) for remark in line.remarks] == [
        ("BAD_EMAIL", "contact.emails"),
        ("NOT_A_MOBILE", "contact.mobiles"),
    ]


def test_correspondents_are_remarked_by_their_place() -> None:
    people = [{"name": "Un"}, {"name": "Deux", "contact": {"emails": ["?"]}}]
    (line,), _ = read(Collection.SUPPLIERS, {"id": "S1", "name": "Fictive", "correspondents": people})
    assert [remark.field for remark in line.remarks] == ["correspondents.1.contact.emails"]


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ({"id": "L1", "reference": "1"}, "MISSING", "building"),
        ({"id": "L1", "building": "B1", "reference": "1", "colour": "red"}, "UNKNOWN_FIELD", "colour"),
        ({"id": "a#b", "building": "B1", "reference": "1"}, "BAD_FORMAT", "id"),
        ({"id": "-", "building": "B1", "reference": "1"}, "BAD_FORMAT", "id"),
        ({"id": "L1", "building": "B1", "reference": "1", "tantiemes": "many"}, "INVALID", "tantiemes"),
        ({"id": "L1", "building": "B1", "reference": "a\u0000b"}, "INVALID", "reference"),
        ({"building": "B1", "reference": "1"}, "MISSING", "id"),
        ({"id": "L1", "removed": True, "reference": "1"}, "UNKNOWN_FIELD", "reference"),
    ],
)
def test_unreadable_line_is_refused_by_field_and_the_others_are_read(line: Any, code: str, field: str) -> None:
    lines, refused = read(Collection.LOTS, line, {"id": "L2", "building": "B1", "reference": "2"})
    assert [one.number for one in lines] == [2]
    assert [(one.line, one.code, one.field) for one in refused] == [(1, code, field)]


@pytest.mark.parametrize("zone", ["../etc/passwd", "0", "", "Europe", "Mars/Olympus", "a\u0000b"])
def test_unknown_time_zone_is_refused(zone: str) -> None:
    _, refused = read(Collection.BUILDINGS, {"id": "B", "module": "syndic", "name": "x", "zone": zone})
    assert [report.field for report in refused] == ["zone"]


def test_ownership_names_one_place() -> None:
    for places in ({}, {"lot": "L1", "building": "B1"}):
        _, refused = read(Collection.OWNERSHIPS, {"id": "O1", "party": "P1", **places})
        assert [report.code for report in refused] == ["INVALID"]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"lines": 3}', b'{"lines": [1]}', b"{}", b"\xff", b'{"lines": [], "x": 1}', b"[" * 100_000]
)
def test_what_is_no_batch_is_refused_whole(body: bytes) -> None:
    with pytest.raises(BadBatchError):
        read_batch(Collection.LOTS, body)


def test_batch_is_bounded() -> None:
    with pytest.raises(TooManyLinesError):
        read(Collection.LOTS, *({"id": str(number)} for number in range(MOST_LINES + 1)))
    with pytest.raises(BodyTooLargeError):
        read_batch(Collection.LOTS, b" " * (1024 * 1024 + 1))


@pytest.mark.parametrize("collection", list(Collection))
def test_every_collection_has_a_wire_form_that_gives_back_what_was_sent(collection: Collection) -> None:
    line = next(line for line in _demo(collection))
    (read_line,), _ = read(collection, line)
    assert isinstance(read_line.record, RECORDS[collection])
    again = written(collection, read_line.record)
    assert again["id"] == line["id"]
    LINES[collection].model_validate(again)
    (second,), _ = read(collection, again)
    assert second.record == read_line.record


@given(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,59}", fullmatch=True))
def test_cursor_leads_back_to_its_record(identifier: str) -> None:
    cursor = write_cursor(identifier)
    assert cursor is not None
    assert read_cursor(cursor) == identifier


@given(st.text(max_size=40))
def test_no_cursor_names_anything_but_an_identifier(cursor: str) -> None:
    try:
        identifier = read_cursor(cursor)
    except InvalidInputError:
        return
    assert identifier is None or "#" not in identifier


@pytest.mark.parametrize("limit", ["0", "101", "-1", "ten", "1e2", "٣"])
def test_limit_is_a_number_up_to_a_hundred(limit: str) -> None:
    with pytest.raises(InvalidInputError):
        read_limit(limit)


def test_committed_document_is_the_generated_one() -> None:
    """Written by ``python -m palier.publication.openapi``."""
    assert json.loads(COMMITTED.read_text("utf-8")) == openapi()


def test_document_refers_to_nothing_missing() -> None:
    document = openapi()
    text = json.dumps(document)
    for name in {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert name in document["components"]["schemas"]


def test_every_status_is_an_error() -> None:
    assert {said.status // 100 for said in SAID.values()} <= {4, 5}


def _demo(collection: Collection) -> list[dict[str, Any]]:
    data = Path(__file__).parents[3] / "infra" / "demo" / "data" / f"{collection}.json"
    records: list[dict[str, Any]] = json.loads(data.read_text("utf-8"))
    return records
