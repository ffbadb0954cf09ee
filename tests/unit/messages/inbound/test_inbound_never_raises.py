"""Any bytes are a mail (complaint 6): whole random ones, and samples damaged the way the world damages mail."""

from collections.abc import Callable

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from palier.messages.inbound import parse
from palier.messages.inbound.classify import MailClass, classify
from palier.messages.inbound.dedup import dedup_key
from palier.messages.inbound.limits import Limits
from palier.messages.inbound.model import Defect, InboundMail
from palier.messages.inbound.references import reply_reference
from tests.unit.messages.inbound.mails import OWN, SAMPLES, read

RAW = [path.read_bytes() for path in sorted(SAMPLES.glob("*.eml"))]
BITS = [
    b"=?",
    b"?=",
    b'"',
    b"<",
    b"\r\n\r\n",
    b"--",
    b";",
    b"=",
    b"\x00",
    b"\xff",
    b"\xe9",
    b":",
    b"base64",
    b"*0*=",
    b"(",
    b"\\",
]
BITS += [
    b"\r\nContent-Type: multipart/mixed; boundary=x\r\n",
    b"charset=utf-16",
    b"charset=utf-7\r\n\r\n+2AA-",
    b"&#xD800;",
    b"\n--x\n",
]
BITS += [
    b"=?utf-8?b?",
    b"Content-Transfer-Encoding: x-uuencode\r\n",
    b"message/rfc822",
    b"application/ms-tnef",
    b"text/html\r\n\r\n<",
]

Damage = Callable[[bytes], bytes]
place = st.integers(0, 3_000)


def inserted(at: int, bit: bytes) -> Damage:
    return lambda raw: raw[:at] + bit + raw[at:]


def removed(at: int, length: int) -> Damage:
    return lambda raw: raw[:at] + raw[at + length :]


def overwritten(at: int, byte: int) -> Damage:
    return lambda raw: raw[:at] + bytes([byte]) + raw[at + 1 :]


def spliced(at: int, other: int) -> Damage:
    return lambda raw: raw[:at] + RAW[other][at // 2 :]


damage = st.one_of(
    st.builds(inserted, place, st.sampled_from(BITS)),
    st.builds(removed, place, st.integers(1, 60)),
    st.builds(overwritten, place, st.integers(0, 255)),
    st.builds(spliced, place, st.integers(0, len(RAW) - 1)),
    st.just(lambda raw: raw.replace(b"\r\n", b"\n")),
    st.just(lambda raw: raw.replace(b"\r\n", b"\r")),
    st.just(lambda raw: raw[: len(raw) // 2]),
)


def check_everything(raw: bytes, found: InboundMail) -> None:
    """Read without the net, then ask all that is ever asked of a mail."""
    msgspec.json.encode(found)  # storable: no lone surrogate anywhere
    assert len(found.subject) <= 200
    assert "\x00" not in found.text
    assert classify(found, OWN).kind in set(MailClass)
    reply_reference(found, OWN, lambda tag: tag.number > 0)
    assert len(dedup_key("demo@tickets.palier.example", found, raw)) == 64


@settings(deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_a_mail(raw: bytes) -> None:
    check_everything(raw, read(raw))


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(RAW), st.lists(damage, min_size=1, max_size=12))
def test_any_damaged_sample_is_a_mail(raw: bytes, damages: list[Damage]) -> None:
    for hurt in damages:
        raw = hurt(raw)
    check_everything(raw, read(raw))


@settings(deadline=None)
@given(st.sampled_from(RAW), st.integers(0, 30), st.integers(0, 20), st.integers(0, 500))
def test_any_limits_are_obeyed(raw: bytes, parts: int, depth: int, text: int) -> None:
    found = read(
        raw, Limits(parts=parts, depth=depth, attachments=1, text_chars=text, header_lines=20, total_bytes=3_000)
    )
    assert len(found.attachments) <= 1
    assert len(found.text) <= text


def test_a_bug_of_ours_gives_a_flagged_mail_and_no_exception(monkeypatch: object) -> None:
    def broken(raw: bytes, limits: Limits) -> InboundMail:
        raise RecursionError(raw, limits)

    monkeypatch.setattr(parse, "read_mail", broken)  # type: ignore[attr-defined]
    assert parse.parse_mail(b"x").defects == (Defect.UNREADABLE,)
