"""Which files are taken (SLF-011, TCK-037): name, declared type and content must agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.documents.sniff import (
    FORMATS,
    LARGEST,
    BadNameError,
    TooLargeError,
    TooManyFilesError,
    WrongTypeError,
    check_content,
    check_promise,
    once_each,
    safe_name,
    shown_in_place,
)

ODF = b"PK\x03\x04" + b"\0" * 22 + b"\x08\0\0\0mimetypeapplication/vnd.oasis.opendocument."
OOXML = b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml..." + b"_rels/.rels"
HEADS = {
    "photo.jpg": b"\xff\xd8\xff\xe1rest",
    "photo.JPEG": b"\xff\xd8\xff\xe0rest",
    "plan.png": b"\x89PNG\r\n\x1a\nrest",
    "logo.gif": b"GIF89arest",
    "photo.webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "photo.heic": b"\0\0\0\x18ftypheic\0\0",
    "photo.heif": b"\0\0\0\x18ftypmif1\0\0",
    "devis.pdf": b"%PDF-1.7\n",
    "note.txt": "Fuite à l’évier\n".encode(),
    "message.eml": b"Return-Path: <a@mail.example>\r\nSubject: Fuite\r\n\r\nBonjour",
    "lettre.docx": OOXML + b"word/document.xml",
    "tableau.xlsx": OOXML + b"xl/workbook.xml",
    "lettre.odt": ODF + b"textPK",
    "tableau.ods": ODF + b"spreadsheetPK",
}


def refused(name: str, declared: str, head: bytes) -> bool:
    try:
        check_content(name, declared, 10, head)
    except WrongTypeError:
        return True
    return False


def test_every_accepted_kind_has_an_example_here() -> None:
    assert {extension for one in FORMATS for extension in one.extensions} - {"jpe"} == {
        name.rpartition(".")[2].lower() for name in HEADS
    }


@pytest.mark.parametrize("name", HEADS)
def test_a_file_that_is_what_it_says_is_taken(name: str) -> None:
    kind = check_content(name, "", 10, HEADS[name])
    assert check_content(name, kind, 10, HEADS[name]) == kind
    assert check_content(name, "application/octet-stream", 10, HEADS[name]) == kind


@pytest.mark.parametrize("name", [name for name in HEADS if name != "note.txt"])
@pytest.mark.parametrize("other", [name for name in HEADS if not name.endswith("txt")])
def test_a_file_under_another_kinds_name_is_refused(name: str, other: str) -> None:
    same = check_content(name, "", 10, HEADS[name]) == check_content(other, "", 10, HEADS[other])
    assert refused(other, "", HEADS[name]) is not same


@pytest.mark.parametrize(
    ("name", "declared", "head"),
    [
        ("photo.jpg", "image/png", HEADS["photo.jpg"]),
        ("photo.jpg", "text/html", HEADS["photo.jpg"]),
        ("page.html", "text/html", b"<!doctype html>"),
        ("dessin.svg", "image/svg+xml", b"<svg xmlns='x'/>"),
        ("outil.exe", "application/octet-stream", b"MZ"),
        ("archive.zip", "application/zip", OOXML),
        ("macro.docm", "", OOXML),
        ("devis.pdf", "application/pdf", b"<html>"),
        ("note.txt", "text/plain", b"\0\1\2"),
        ("lettre.docx", "", b"PK\x03\x04" + b"\0" * 26 + b"virus.exe"),
        ("lettre.docx", "", HEADS["tableau.xlsx"]),
        ("lettre.odt", "", HEADS["tableau.ods"]),
    ],
)
def test_anything_else_is_refused(name: str, declared: str, head: bytes) -> None:
    assert refused(name, declared, head)


@pytest.mark.parametrize("size", [-1, 0, LARGEST + 1])
def test_an_empty_or_too_large_file_is_refused_before_and_after_it_is_sent(size: int) -> None:
    with pytest.raises(TooLargeError):
        check_promise("photo.jpg", "image/jpeg", size)
    with pytest.raises(TooLargeError):
        check_content("photo.jpg", "image/jpeg", size, HEADS["photo.jpg"])


def test_the_largest_file_is_taken() -> None:
    assert check_promise("Photo 1.JPG", "image/jpg", LARGEST) == ("Photo 1.jpg", "image/jpeg")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("C:\\Users\\moi\\photo.jpg", "photo.jpg"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("Évier  cassé (2).JPG", "Évier cassé (2).jpg"),
        ("a\u202egpj.exe.jpg", "a gpj.exe.jpg"),
        ('x"; rm -rf.pdf', "x rm -rf.pdf"),
        ("${filename}.pdf", "filename.pdf"),
        ("x" * 300 + ".pdf", "x" * 97 + ".pdf"),
    ],
)
def test_names_are_made_safe(typed: str, kept: str) -> None:
    assert safe_name(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", ".", "..", "photo", ".jpg", "/", "a/", "photo.", "photo.j pg", "photo.jpé", "x." + "a" * 200]
)
def test_a_name_without_a_stem_and_an_extension_is_refused(typed: str) -> None:
    with pytest.raises(BadNameError):
        safe_name(typed)


@given(st.text(max_size=200))
def test_a_safe_name_is_one_plain_path_segment_and_stays_as_it_is(typed: str) -> None:
    try:
        kept = safe_name(typed)
    except BadNameError:
        return
    assert not set(kept) & set('/\\"<>:|?*\n\r\t\0,;$')
    assert len(kept) <= 101
    assert safe_name(kept) == kept


def test_ten_files_go_with_one_form_each_once() -> None:
    assert once_each(["a", "b", "a"]) == ("a", "b")
    with pytest.raises(TooManyFilesError):
        once_each([str(number) for number in range(11)])


def test_only_pictures_and_pdf_open_in_the_browser() -> None:
    shown = {one.media_type for one in FORMATS if shown_in_place(one.media_type)}
    assert shown == {"image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf"}
