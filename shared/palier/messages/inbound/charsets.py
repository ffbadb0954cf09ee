"""Bytes to text whatever the charset label says: wrong, unknown, missing or dangerous."""

import codecs
import re
from typing import Final

from palier.messages.inbound.findings import Findings
from palier.messages.inbound.model import Defect

# What mailers write, and what they mean (browsers read latin-1 and ASCII as Windows-1252 for the same reason).
_ALIASES: Final = {
    "": "utf-8",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "ansi_x3.4-1968": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "ansi": "cp1252",
    "8bit": "cp1252",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "cp65001": "utf-8",
    "cp-850": "cp850",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
}
# Only these families are looked up: Python also has codecs that are slow or not charsets (punycode, idna, escapes).
_FAMILIES: Final = re.compile(r"(utf|iso|windows|cp|koi8|mac|gb|hz|big5|shift|euc|johab|latin|ibm|tis|viscii)[\w.-]*")
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_STATELESS_8BIT: Final = re.compile(r"cp12\d\d|iso-?8859.*|cp850|cp437|mac-roman|koi8.*")


def decode(raw: bytes, label: str, findings: Findings) -> str:
    """Return the text of ``raw``; never fails, notes what was wrong with the label."""
    if raw.isascii() and b"\x1b" not in raw and not _ascii_means_more(raw, label):
        return raw.decode("ascii")
    for bom, codec in _BOMS:
        if raw.startswith(bom):
            return raw.decode(codec, "replace")
    return _decode_labelled(raw, _codec(label, findings), findings)


def _ascii_means_more(raw: bytes, label: str) -> bool:
    """Tell whether bytes below 128 are letters of something else; wide labels on narrow text are a lie."""
    lowered = label.lower()
    if lowered.startswith(("utf-16", "utf16", "utf-32", "utf32")):
        return b"\x00" in raw
    return lowered.startswith(("utf-7", "utf7", "unicode-1-1-utf-7", "hz"))


def _codec(label: str, findings: Findings) -> str | None:
    name = label.strip().strip("\"'").lower().partition("*")[0]
    name = _ALIASES.get(name, name)
    if _FAMILIES.fullmatch(name):
        try:
            return codecs.lookup(name).name
        except (LookupError, ValueError):
            pass
    findings.note(Defect.UNKNOWN_CHARSET)
    return None


def _decode_labelled(raw: bytes, codec: str | None, findings: Findings) -> str:
    if codec is None or _STATELESS_8BIT.fullmatch(codec):
        # Eight-bit text that reads as UTF-8 is UTF-8: no French sentence does by accident.
        utf8 = _strict(raw, "utf-8")
        if utf8 is not None:
            if codec is not None:
                findings.note(Defect.WRONG_CHARSET)
            return utf8
    text = _strict(raw, codec or "cp1252")
    if text is not None:
        return text
    findings.note(Defect.WRONG_CHARSET)
    return _salvage(raw, codec)


def _strict(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except (UnicodeError, LookupError, ValueError):
        return None


def _salvage(raw: bytes, codec: str | None) -> str:
    """Keep the label when it explains most of the text, else read as Windows-1252."""
    utf8 = raw.decode("utf-8", "replace")
    bad = utf8.count("\ufffd")
    good = sum(1 for character in utf8[:20_000] if character > "\x7f") - bad
    if codec in {None, "utf-8"} and bad * 4 > good:
        return raw.decode("cp1252", "replace")
    return raw.decode(codec or "utf-8", "replace")
