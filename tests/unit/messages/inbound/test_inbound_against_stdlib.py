"""Well-formed mail read by us and by the standard library must agree: it is the oracle here, not the tool."""

import email
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.messages.inbound.mails import read, sample

WELL_FORMED = [
    "plain-utf8",
    "iphone-photo",
    "gmail-reply",
    "outlook-reply",
    "calendar-invite",
    "bounce-dsn",
    "newsletter",
    "japanese",
]
words = st.text(
    st.characters(codec="utf-8", max_codepoint=0x17F, categories=["Ll", "Lu", "Nd"]), min_size=1, max_size=12
)
lines = st.lists(words, min_size=1, max_size=8).map(" ".join)


def leaves(raw: bytes) -> list[bytes]:
    return [part.get_payload(decode=True) for part in email.message_from_bytes(raw).walk() if not part.is_multipart()]  # type: ignore[misc]


@pytest.mark.parametrize("name", WELL_FORMED)
def test_sample_s_envelope_agrees(name: str) -> None:
    theirs, ours = email.message_from_bytes(sample(name), policy=default), read(sample(name))
    assert ours.from_ is not None
    sender = theirs["from"].addresses[0]
    assert (ours.from_.name, ours.from_.address) == (sender.display_name, sender.addr_spec)
    assert ours.subject.split() == str(theirs["subject"] or "").split()
    assert f"<{ours.message_id}>" == theirs["message-id"]


@pytest.mark.parametrize("name", WELL_FORMED)
def test_sample_s_files_agree(name: str) -> None:
    theirs = leaves(sample(name))
    for file in read(sample(name)).attachments:
        assert file.declared_type.startswith("message/") or file.content in theirs


@settings(deadline=None)
@given(
    subject=lines,
    name=words,
    text=st.lists(lines, min_size=1, max_size=6),
    files=st.lists(
        st.tuples(words, st.binary(min_size=1, max_size=200)), max_size=4, unique_by=lambda file: file[0].lower()
    ),
    encoding=st.sampled_from(["quoted-printable", "base64", "8bit"]),
)
def test_whatever_the_library_writes_we_read(
    subject: str, name: str, text: list[str], files: list[tuple[str, bytes]], encoding: str
) -> None:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = f"{name} <lea@courriel.example>"
    message.set_content("\n".join(text), cte=encoding)
    for title, content in files:
        message.add_attachment(content, maintype="application", subtype="x-test", filename=f"{title}.bin")
    found = read(message.as_bytes())
    # Folding, the library may lose the blank between two encoded words: its own reader does not find it again (3.11).
    assert found.subject.replace(" ", "") == subject.replace(" ", "")
    assert [file.content for file in found.attachments] == [content for _, content in files]
    assert found.text.split() == " ".join(text).split()
