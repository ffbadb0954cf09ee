"""From parts to text: charsets, transfer encodings, alternatives, flowed text, HTML (EML-002, EML-008)."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palier.messages.inbound.charsets import decode
from palier.messages.inbound.findings import Findings
from palier.messages.inbound.flowed import unflow
from palier.messages.inbound.html_safe import make_safe
from palier.messages.inbound.html_text import to_text, to_text_crudely
from palier.messages.inbound.limits import DEFAULT_LIMITS
from palier.messages.inbound.model import Defect
from palier.messages.inbound.transfer import decode_base64, decode_transfer
from tests.unit.messages.inbound.mails import container, read

TEXT = "Ça coule à l'étage"


@pytest.mark.parametrize(
    ("codec", "label"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "UTF8"),
        ("utf-8", ""),
        ("utf-8", "iso-8859-1"),  # the commonest lie
        ("utf-8", "us-ascii"),
        ("utf-8", "inconnu"),
        ("latin-1", "iso-8859-1"),
        ("latin-1", "utf-8"),
        ("latin-1", "us-ascii"),
        ("latin-1", ""),
        ("cp1252", "inconnu"),
        ("utf-16", "utf-16"),
        ("utf-8-sig", "iso-8859-1"),
        ("mac-roman", "x-mac-roman"),
        ("utf-7", "utf-7"),
        ("cp850", "CP-850"),
    ],
)
def test_text_is_read_whatever_its_label_says(codec: str, label: str) -> None:
    assert decode(TEXT.encode(codec), label, Findings()) == TEXT


@pytest.mark.parametrize(
    "label", ["zlib", "rot13", "punycode", "unicode_escape", "idna", "undefined", "base64", "mbcs"]
)
def test_codec_that_is_no_charset_is_never_used(label: str) -> None:
    findings = Findings()
    assert decode(b"\xc3\xa9 \\x41", label, findings) == "é \\x41"
    assert findings.defects == (Defect.UNKNOWN_CHARSET,)


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["utf-8", "", "big5", "utf-16", "utf-7", "iso-2022-jp", "hz", "x"]))
def test_any_bytes_decode(raw: bytes, label: str) -> None:
    assert isinstance(decode(raw, label, Findings()), str)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.rstrip("="),
        lambda text: text[:10] + "\r\n \t!é" + text[10:],
        lambda text: text + "\r\n\r\n-- \r\npied de liste\r\n",
        lambda text: text.replace("", "\n"),
    ],
)
def test_damaged_base64_keeps_its_content(damage: object) -> None:
    content = b"Le contenu de la piece jointe."
    damaged = damage(base64.b64encode(content).decode())  # type: ignore[operator]
    assert decode_base64(damaged.encode(), Findings()) == content


def test_base64_made_of_several_padded_runs_is_read_to_the_end() -> None:
    runs = b"\r\n".join(base64.b64encode(piece) for piece in (b"une partie", b"puis une autre un peu plus longue"))
    assert decode_base64(runs, Findings()) == b"une partiepuis une autre un peu plus longue"


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["base64", "quoted-printable", "x-uuencode", "8bit", "x-foo", ""]))
def test_any_bytes_undo_any_transfer_encoding(raw: bytes, encoding: str) -> None:
    assert isinstance(decode_transfer(raw, encoding, Findings()), bytes)


def test_broken_quoted_printable_stays_readable() -> None:
    assert decode_transfer(b"100 %=\r\n sur=20=ZZ= \r\n!", "quoted-printable", Findings()) == b"100 % sur =ZZ!"


def test_plain_text_wins_over_html_when_it_says_something() -> None:
    found = read(
        container(
            "b", "Content-Type: text/plain\n\nen clair", "Content-Type: text/html\n\n<p>riche", kind="alternative"
        )
    )
    assert (found.text, found.html_safe) == ("en clair", "<p>riche</p>")


@pytest.mark.parametrize("plain", ["", "  \n", "[cid:image001.png]", "Votre messagerie ne peut pas afficher le HTML."])
def test_html_wins_when_the_plain_text_says_nothing(plain: str) -> None:
    found = read(
        container(
            "b", f"Content-Type: text/plain\n\n{plain}", "Content-Type: text/html\n\n<p>riche</p>", kind="alternative"
        )
    )
    assert found.text == "riche"


def test_texts_around_a_picture_are_all_kept() -> None:
    picture = "Content-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo="
    found = read(container("b", "Content-Type: text/plain\n\navant", picture, "Content-Type: text/plain\n\naprès"))
    assert found.text == "avant\n\naprès"


def test_text_file_is_a_file_and_not_the_message() -> None:
    log = "Content-Type: text/plain; name=releve.txt\nContent-Disposition: attachment\n\n12;14"
    found = read(container("b", "Content-Type: text/plain\n\nvoir fichier", log))
    assert found.text == "voir fichier"
    assert [file.name for file in found.attachments] == ["releve.txt"]


def test_html_sent_as_plain_text_and_the_reverse_are_seen() -> None:
    assert read("Content-Type: text/plain\n\n<html><body><p>un<p>deux</body></html>").text == "un\n\ndeux"
    assert read("Content-Type: text/html\n\nun\ndeux").text == "un\ndeux"


def test_base64_around_a_whole_container_is_undone() -> None:
    inner = base64.encodebytes(b"--b\nContent-Type: text/plain\n\nau fond\n--b--\n").decode()
    found = read(f"Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n{inner}")
    assert found.text == "au fond"


def test_picture_called_text_becomes_a_file() -> None:
    found = read(b"Content-Type: text/plain\n\n\xff\xd8\xff\xe0\x00\x10JFIF\x00rest")
    assert found.attachments[0].sniffed_type == "image/jpeg"
    assert Defect.BINARY_AS_TEXT in found.defects


def test_flowed_lines_are_joined_but_quotes_and_signature_stand() -> None:
    text = "> cité \n> suite\nune \nligne\n indentée\n-- \nLéa"
    assert unflow(text, delete_space=False) == "> cité suite\nune ligne\nindentée\n-- \nLéa"
    assert unflow("漢 \n字", delete_space=True) == "漢字"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>un</p><p>deux</p>", "un\n\ndeux"),
        ("un<br>deux<br/>trois", "un\ndeux\ntrois"),
        ("<ul><li>un</li><li>deux</li></ul>", "- un\n- deux"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<blockquote>dit<br>puis</blockquote>moi", "> dit\n> puis\n\nmoi"),
        ("a &lt;b&gt; &amp; c&nbsp;!", "a <b> & c\xa0!"),
        ('<a href="https://x.example/1">voir</a>', "voir (https://x.example/1)"),
        ('<a href="https://x.example/">x.example</a>', "x.example"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<style>p{}</style><script>x</script><!-- c --><title>t</title>ok", "ok"),
    ],
)
def test_html_reads_like_the_page_looked(html: str, text: str) -> None:
    safe = make_safe(html, DEFAULT_LIMITS, Findings())
    assert safe is not None
    assert to_text(safe) == text


@settings(deadline=None)
@given(st.text(alphabet="<>/abdivp scrt=\"'&#;!-", max_size=200))
def test_safe_html_is_stable_and_holds_no_script(html: str) -> None:
    safe = make_safe(html, DEFAULT_LIMITS, Findings())
    assert safe is not None
    assert "<script" not in safe.lower()
    assert make_safe(safe, DEFAULT_LIMITS, Findings()) == safe
    assert isinstance(to_text(safe), str)


def test_html_too_deep_for_a_parser_still_gives_its_text() -> None:
    findings = Findings()
    html = "<div>" * 5_000 + "au fond<script>x</script>"
    assert make_safe(html, DEFAULT_LIMITS, findings) is None
    assert findings.defects == (Defect.HTML_NOT_SAFE,)
    assert to_text_crudely(html) == "au fond"
    found = read("Content-Type: text/html\n\n" + html)
    assert (found.text, found.html_safe) == ("au fond", None)


def test_inner_container_with_the_outer_boundary_loses_nothing() -> None:
    """Outlook Express for Macintosh wrote these."""
    inner = "Content-Type: multipart/alternative; boundary=b\n\n"
    texts = ("Content-Type: text/plain\n\nen clair", "Content-Type: text/html\n\n<p>riche</p>")
    picture = "--b\nContent-Type: image/png; name=a.png\n\n\x89PNG\n--b--\n"
    found = read(container("b", inner, *texts) + "\n" + picture)
    assert found.text == "en clair"
    assert [file.name for file in found.attachments] == ["a.png"]


def test_of_two_content_types_the_container_counts() -> None:
    mixed = "Content-Type: multipart/mixed; boundary=b"
    body = "--b\nContent-Type: text/plain\n\ntexte\n--b--\n"
    for first, second in ((mixed, "Content-Type: text/plain"), ("Content-Type: text/plain", mixed)):
        assert read(f"{first}\n{second}\n\n{body}").text == "texte"


def test_lost_boundary_is_found_again_in_the_body() -> None:
    found = read(
        "Content-Type: multipart/mixed; boundary=perdu\n\n--vrai\nContent-Type: text/plain\n\ntexte\n--vrai--\n"
    )
    assert found.text == "texte"
    assert Defect.MISSING_BOUNDARY in found.defects
