"""Text for the fonts every PDF reader has, which know the letters of Western Europe (cp1252) and nothing else.

Western letters, €, œ, « », ’ and … stay; other letters lose their foreign mark (Ł → L, ř → r); what has no letter at
all (an emoji) becomes « ? ». Embedding a font would spare this, and cost every document some 40 kB and its licence.
"""

import unicodedata

_NEAR = str.maketrans(
    {
        "\u202f": "\u00a0", "\u2007": "\u00a0", "\u2009": " ", "\u2011": "-", "\u2010": "-", "\u2212": "-",
        "→": "->", "←": "<-", "≤": "<=", "≥": ">=", "≈": "~", "″": '"', "′": "'", "\t": "    ", "\u2028": "\n",
        "✓": "x", "✔": "x", "☐": "[ ]", "☑": "[x]", "■": "-", "●": "•", "▪": "•", "ﬁ": "fi", "ﬂ": "fl",
        "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "ı": "i", "ŋ": "n", "ə": "e",
    }
)  # fmt: skip
_SILENT = frozenset({"Cf", "Cc", "Co", "Cs", "Mn", "Me"})  # format, control, private, surrogate, marks left alone


def latin(text: str) -> str:
    """Return the text in letters that the fonts have, on the same lines."""
    whole = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_NEAR)
    return "".join(_near(letter) for letter in whole)


def one_line(text: str) -> str:
    """Return the text in letters that the fonts have, on one line."""
    return " ".join(latin(text).split(" ")).replace("\n", " ").strip()


def _near(letter: str) -> str:
    if letter == "\n":
        return letter
    if unicodedata.category(letter) in _SILENT:
        return ""
    if _has(letter):
        return letter
    plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if _has(part))
    return plain or "?"


def _has(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
