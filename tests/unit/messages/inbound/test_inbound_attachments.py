"""Files: safe names, sniffed types, containers opened, originals kept (complaints 7 and 8)."""

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palier.messages.inbound.ber import BerError, BerReader, element_at
from palier.messages.inbound.file_names import safe_name, unique_name
from palier.messages.inbound.model import Defect
from palier.messages.inbound.rtf import rtf_to_text
from palier.messages.inbound.smime import Shell, open_shell
from palier.messages.inbound.sniff import sniff_type
from palier.messages.inbound.tnef import read_tnef
from palier.messages.inbound.uuencoded import take_uuencoded
from tests.unit.messages.inbound.mails import container, read, read_sample


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("devis.pdf", "devis.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Temp\\devis.pdf", "devis.pdf"),
        ("re\u0301sume\u0301.pdf", "résumé.pdf"),
        ('a<b>:"c|?*.pdf', "a_b___c___.pdf"),
        ("  .. ", "piece-jointe-3.pdf"),
        ("", "piece-jointe-3.pdf"),
        ("con.pdf", "_con.pdf"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("sans extension", "sans extension.pdf"),
        ("a\r\nb\x00.pdf", "a b.pdf"),
        ("m" * 300 + ".pdf", "m" * 116 + ".pdf"),
    ],
)
def test_file_name_is_made_safe(raw: str, name: str) -> None:
    assert safe_name(raw, "application/pdf", 3) == name


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_name_is_made_safe(raw: str) -> None:
    name = safe_name(raw, "image/jpeg", 1)
    assert 0 < len(name) <= 120
    assert not set(name) & set('/\\<>:"|?*\x00\n\r')
    assert name not in {".", ".."}


def test_second_file_of_a_name_is_numbered() -> None:
    assert unique_name("A.pdf", {"a.pdf", "a (2).pdf"}) == "A (3).pdf"


def office(member: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(member, "x" * 9_000)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\x00\x00\x00\x24ftypheic", "image/heic"),
        (b"\x00\x00\x00\x24ftypmif1", "image/heic"),
        (b"\x00\x00\x00\x24ftypisom", "video/mp4"),
        (b"\x00\x00\x00\x14ftypqt  ", "video/quicktime"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        (b"%PDF-1.7", "application/pdf"),
        (b"PK\x03\x04" + bytes(40), "application/zip"),
        (office("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (office("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (b"\n <!DOCTYPE html><p>", "text/html"),
        (b"<svg onload=x>", "text/html"),
        ("été;12".encode(), "text/plain"),
        (b"\x00\x01\x02", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_type_is_what_the_bytes_show(content: bytes, media_type: str) -> None:
    assert sniff_type(content) == media_type


def test_mail_inside_the_mail_is_one_file_and_its_own_files_stay_inside() -> None:
    inner = "Content-Type: message/rfc822\n\n" + container("in", "Content-Type: image/png; name=a.png\n\nx")
    found = read(container("out", "Content-Type: text/plain\n\nvoir", inner))
    assert [file.name for file in found.attachments] == ["message-joint.eml"]
    assert found.text == "voir"


def test_wrong_shell_is_kept_and_flagged() -> None:
    found = read("Content-Type: application/pkcs7-mime; name=smime.p7m\n\nrien de bon")
    assert Defect.BROKEN_SMIME in found.defects
    assert found.attachments[0].content == b"rien de bon"


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_some_shell(data: bytes) -> None:
    for prefix in (b"", b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x30\x80"):
        assert open_shell(prefix + data).shell in set(Shell)


def test_endless_ber_nesting_is_an_error_and_not_a_recursion() -> None:
    data = b"\x30\x80" * 5_000
    with pytest.raises(BerError):
        list(BerReader().children(element_at(data, 0, len(data))))


def test_winmail_cut_in_the_middle_gives_what_is_there() -> None:
    document, original = (file.content for file in read_sample("winmail-dat").attachments)
    for length in range(len(original)):
        found = read_tnef(original[:length], 100)
        assert found is None or all(document.startswith(file.content) for file in found.files)
    whole = read_tnef(original, 100)
    assert whole is not None
    assert whole.is_complete


def test_winmail_with_a_forged_property_count_ends_at_once() -> None:
    forged = b"\x78\x9f\x3e\x22\x00\x00" + struct.pack("<BHHI", 1, 0x9003, 6, 4) + b"\xff\xff\xff\xff" + b"\x00\x00"
    found = read_tnef(forged, 100)
    assert found is not None
    assert (found.text, found.files) == ("", [])


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_after_the_signature_are_read_as_winmail(data: bytes) -> None:
    assert read_tnef(b"\x78\x9f\x3e\x22\x01\x00" + data, 100) is not None


def test_rtf_gives_its_text() -> None:
    rtf = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Voil\'e0 \u8364?50\par fin{\*\generator x}}"
    assert rtf_to_text(rtf) == "Voilà €50\nfin"


def test_compressed_rtf_is_decompressed() -> None:
    """The example of MS-OXRTFCP 4.1.1."""
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c090020627705b06c647d0a800fa0".replace(
            " ", ""
        )
    )
    assert rtf_to_text(packed) == "hello world"


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_decompress_to_something(data: bytes) -> None:
    assert isinstance(rtf_to_text(bytes(8) + b"LZFu" + data), str)


def test_file_written_into_the_text_is_taken_out() -> None:
    text, files = take_uuencoded("avant\nbegin 644 a.txt\n#0V%T\n`\nend\naprès")
    assert text == "avant\n\naprès"
    assert [(file.name, file.content) for file in files] == [("a.txt", b"Cat")]


def test_sentence_that_starts_with_begin_stays() -> None:
    text = "begin 644 fois\nune phrase\nend"
    assert take_uuencoded(text) == (text, ())
