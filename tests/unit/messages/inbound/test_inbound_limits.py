"""Limits: what lies beyond is flagged and kept in the original, and the work done stays proportional to the mail.

Work is counted in calls, Python's and the interpreter's own, not timed: four times the mail, four times the calls.
"""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from palier.messages.inbound.classify import MailClass, classify
from palier.messages.inbound.limits import DEFAULT_LIMITS, Limits
from palier.messages.inbound.model import Defect
from palier.messages.inbound.parse import parse_mail
from tests.unit.messages.inbound.mails import OWN, container, read

HEAD = b"From: a@b.example\nSubject: x\n"
MIXED = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n"
HTML = HEAD + b"Content-Type: text/html\n\n"


def nested(depth: int) -> bytes:
    return (
        HEAD
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
        + b"\nfond\n"
    )


PATHOLOGICAL: dict[str, Callable[[int], bytes]] = {
    "nested boundaries": nested,
    "one boundary nested in itself": lambda n: MIXED + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * n,
    "empty parts": lambda n: MIXED + b"--b\n" * n,
    "boundary of one dash": lambda n: HEAD + b"Content-Type: multipart/mixed; boundary=-\n\n" + b"x---\n" * n,
    "mail in mail in mail": lambda n: HEAD + b"Content-Type: message/rfc822\n\n" * n,
    "one long header": lambda n: b"Subject: " + b"a" * (100 * n) + b"\n\nx",
    "encoded words": lambda n: b"Subject: " + b"=?utf-8?q?a?= " * n + b"\n\nx",
    "encoded words that never end": lambda n: b"Subject: " + b"=?a?q?" * n + b"\n\nx",
    "folded header": lambda n: b"Subject: a\n" + b" b\n" * n + b"\nx",
    "many headers": lambda n: b"X: y\n" * n + b"\nx",
    "addresses": lambda n: b"To: " + b"".join(b"a%d@b.example, " % k for k in range(n)) + b"\n\nx",
    "brackets": lambda n: b"To: " + b"<(" * n + b"\n\nx",
    "escaped quotes": lambda n: b"To: " + b'"\\' * n + b"\n\nx",
    "parameters": lambda n: b"Content-Type: text/plain" + b"; a=b" * n + b"\n\nx",
    "quoted lines": lambda n: HEAD + b"\n" + b"> cite\n" * n,
    "lines like attributions": lambda n: HEAD + b"\n" + b"Le 3 mars, a@b.example\n" * n,
    "lines like header blocks": lambda n: HEAD + b"\n" + b"De : a@b.example\n" * n,
    "signatures": lambda n: HEAD + b"\n" + b"-- \nx\n" * n,
    "carriage returns": lambda n: HEAD + b"\n" + b"\r" * n,
    "flowed": lambda n: HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"a \n" * n,
    "padded base64": lambda n: HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"QQ==" * n,
    "deep html": lambda n: HTML + b"<div>" * n,
    "html links": lambda n: HTML + b'<a href="http://x.example/a">b</a>' * n,
    "html comments": lambda n: HTML + b"<div>" * 400 + b"<!--" * n,
    "files in text": lambda n: HEAD + b"\n" + b"begin 644 a\n#0V%T\n" * n,
    "der": lambda n: HEAD + b"Content-Type: application/pkcs7-mime\n\n" + b"\x30\x80" * n,
}


def calls(raw: bytes) -> int:
    """Count the calls made while reading."""
    count = 0

    def seen(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        del frame, argument
        count += event in {"call", "c_call"}

    sys.setprofile(seen)
    try:
        read(raw)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("shape", PATHOLOGICAL)
def test_work_grows_no_faster_than_the_mail(shape: str) -> None:
    build = PATHOLOGICAL[shape]
    calls(build(500))  # caches and lazy imports are filled before counting
    assert calls(build(2_000)) <= 4.4 * calls(build(500)) + 2_000


@pytest.mark.parametrize("shape", PATHOLOGICAL)
def test_pathological_mail_of_any_shape_is_read_and_judged(shape: str) -> None:
    found = parse_mail(PATHOLOGICAL[shape](20_000))
    assert Defect.UNREADABLE not in found.defects
    assert classify(found, OWN).kind is MailClass.REQUEST


def test_ten_thousand_nested_boundaries_keep_the_unread_rest_as_a_file() -> None:
    found = read(nested(10_000))
    assert Defect.TOO_DEEP in found.defects
    assert found.truncated
    assert [file.name for file in found.attachments] == ["suite-non-lue.eml"]
    assert b"fond" in found.attachments[0].content


def test_parts_beyond_the_limit_are_kept_as_one_file() -> None:
    parts = [f"Content-Type: text/plain\n\npartie {number}" for number in range(10)]
    found = read(container("b", *parts), Limits(parts=5))
    assert Defect.TOO_MANY_PARTS in found.defects
    assert found.text.split("\n\n") == ["partie 0", "partie 1", "partie 2", "partie 3"]
    assert b"partie 4" in found.attachments[0].content
    assert b"partie 9" in found.attachments[0].content


def test_files_beyond_the_limit_are_counted_as_missing() -> None:
    parts = [f"Content-Type: application/pdf; name=f{number}.pdf\n\n%PDF" for number in range(5)]
    found = read(container("b", *parts), Limits(attachments=3))
    assert len(found.attachments) == 3
    assert Defect.TOO_MANY_ATTACHMENTS in found.defects


def test_mail_over_the_size_limit_is_read_as_far_as_it_goes() -> None:
    found = read(HEAD + b"\n" + b"a" * 5_000, Limits(total_bytes=1_000))
    assert {Defect.OVERSIZED} <= set(found.defects)
    assert found.truncated
    assert found.subject == "x"


def test_thirty_megabytes_survive_whole() -> None:
    size = 22_000_000  # 30 MB once in base64
    line = b"A" * 76 + b"\n"
    body = line * (size * 4 // 3 // 76)
    mail = (
        MIXED + b"--b\nContent-Type: video/mp4; name=v.mp4\nContent-Transfer-Encoding: base64\n\n" + body + b"--b--\n"
    )
    assert len(mail) > 29_000_000
    found = read(mail)
    assert not found.truncated
    assert found.attachments[0].size == len(body) // 77 * 57


def test_long_text_and_html_are_cut_and_flagged() -> None:
    found = read(HTML + b"<p>" + b"mot " * 1_000, Limits(text_chars=100, html_chars=2_000))
    assert len(found.text) == 100
    assert Defect.TEXT_TRUNCATED in found.defects


def test_one_megabyte_header_is_cut_and_the_body_read() -> None:
    found = read(b"X-Long: " + b"a" * 1_000_000 + b"\nSubject: x\n\ntexte")
    assert (found.subject, found.text) == ("x", "texte")
    assert Defect.HEADERS_TRUNCATED in found.defects
    assert DEFAULT_LIMITS.header_value_chars < 1_000_000
