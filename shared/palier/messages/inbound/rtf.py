"""RTF of winmail.dat: decompressed (MS-OXRTFCP) and reduced to its text. Only ever a fallback for a missing body."""

import re
from typing import Final

_COMPRESSED: Final = b"LZFu"
_HEADER: Final = 16
_WINDOW: Final = 4_096
_PRELOADED: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor"
    b" MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20"
    b"\\b\\i\\u\\tab\\tx"
)
_TOKEN: Final = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\", re.DOTALL
)
_SKIPPED: Final = frozenset(
    [
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "object",
        "themedata",
        "datastore",
        "generator",
        "listtable",
        "rsidtbl",
        "xmlnstbl",
    ]
)
_WORDS: Final = {"par": "\n", "line": "\n", "tab": "\t", "cell": " ", "row": "\n", "emdash": "—", "endash": "–",
                 "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•"}  # fmt: skip
_MAX_OUTPUT: Final = 2_000_000


def rtf_to_text(data: bytes) -> str:
    """Return the text of compressed or plain RTF; empty when it is neither."""
    rtf = _decompress(data) if data[8:12] == _COMPRESSED else data[_HEADER:] if data[8:12] == b"MELA" else data
    return _Text().read(rtf.decode("latin-1")) if rtf.startswith(b"{\\rtf") else ""


def _decompress(data: bytes) -> bytes:
    """Undo the sliding-window compression; ends where the data does, whatever the header announces."""
    window = bytearray(_PRELOADED.ljust(_WINDOW, b"\x00"))
    write, output, position = len(_PRELOADED), bytearray(), _HEADER
    while position < len(data) and len(output) < _MAX_OUTPUT:
        control, position = data[position], position + 1
        for bit in range(8):
            if control >> bit & 1:
                pair = int.from_bytes(data[position : position + 2], "big")
                position += 2
                offset, length = pair >> 4, (pair & 0xF) + 2
                if offset == write or position > len(data):
                    return bytes(output)
                piece = [window[(offset + step) % _WINDOW] for step in range(length)]
            else:
                piece = list(data[position : position + 1])
                position += 1
            for byte in piece:
                window[write] = byte
                write = (write + 1) % _WINDOW
            output += bytes(piece)
    return bytes(output)


class _Text:
    """Reads tokens; groups that hold no text (fonts, pictures, extensions, hidden HTML) are skipped."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._skips: list[bool] = [False]
        self._after_unicode = False

    def read(self, rtf: str) -> str:
        for match in _TOKEN.finditer(rtf):
            self._token(match)
        return "".join(self._out).strip()

    def _token(self, match: re.Match[str]) -> None:
        word, number, escape, symbol, brace, text = match.groups()
        if brace == "{":
            self._skips.append(self._skips[-1])
        elif brace == "}":
            if len(self._skips) > 1:
                self._skips.pop()
        elif symbol == "*" or word in _SKIPPED:
            self._skips[-1] = True
        elif word == "htmlrtf":
            self._skips[-1] = number != "0"
        elif not self._skips[-1]:
            self._write(word, number, escape, symbol, text)

    def _write(
        self, word: str | None, number: str | None, escape: str | None, symbol: str | None, text: str | None
    ) -> None:
        if word == "u" and number:
            self._out.append(chr(int(number) % 0x10000))
            self._after_unicode = True
            return
        if escape:
            if not self._after_unicode:
                self._out.append(bytes.fromhex(escape).decode("cp1252", "replace"))
        elif text:
            self._out.append(text[1:] if self._after_unicode and text.startswith("?") else text)
        elif symbol:
            self._out.append({"~": "\u00a0", "_": "-"}.get(symbol, symbol if symbol in "\\{}" else ""))
        elif word:
            self._out.append(_WORDS.get(word, ""))
        self._after_unicode = False
