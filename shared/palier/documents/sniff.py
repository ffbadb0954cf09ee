"""Which files people may send, and whether a file is what it says it is. Pure: names, types and first bytes come in.

Three things must agree: the extension, the type that the browser declared (when it declared one) and the first bytes.
Knows no bucket and no page; the sentences for people are in ``web/uploads.py``.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

import msgspec

from palier.kernel.errors import PalierError

LARGEST = 15 * 1024 * 1024
MOST_FILES = 10
HEAD = 4096  # bytes to look at: an office document says what it is within them

_LONGEST_NAME = 100
_UNDECLARED = frozenset({"", "application/octet-stream", "binary/octet-stream"})
_FORBIDDEN = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*#%{}^~\[\]`$&;=+@,!\'\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+'
)
_EXTENSION = re.compile(r"[A-Za-z0-9]{1,8}")
_BLANKS = re.compile(r"\s+")
_HEADER = re.compile(rb"[!-9;-~]+:[ \t\r\n]")
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevm", b"mif1", b"msf1"})
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."


class FileRefusedError(PalierError):
    """A file that is not taken. The subclasses say why."""

    code = "FILE_REFUSED"


class WrongTypeError(FileRefusedError):
    """The kind of file is not taken, or the content is not what the name says."""

    code = "WRONG_TYPE"


class TooLargeError(FileRefusedError):
    """The file is empty or larger than :data:`LARGEST`."""

    code = "TOO_LARGE"


class BadNameError(FileRefusedError):
    """The name has nothing that could be kept, or no extension."""

    code = "BAD_NAME"


class TooManyFilesError(FileRefusedError):
    """More than :data:`MOST_FILES` in one form."""

    code = "TOO_MANY_FILES"


class Format(msgspec.Struct, frozen=True):
    """One kind of file that is taken. ``also`` are other types that browsers declare for it."""

    media_type: str
    extensions: tuple[str, ...]
    fits: Callable[[bytes], bool]
    also: tuple[str, ...] = ()


def _starts(*magics: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(magics)


def _is_webp(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _is_heif(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS


def _is_pdf(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]


def _is_text(head: bytes) -> bool:
    return not any(byte < 9 or 13 < byte < 32 for byte in head)  # noqa: PLR2004 - control characters


def _is_mail(head: bytes) -> bool:
    return _is_text(head) and _HEADER.match(head) is not None


def _office(folder: bytes) -> Callable[[bytes], bool]:
    """Office files are zips; the foreign folder's name would show that it is the other application's."""
    others = {b"word/", b"xl/", b"ppt/"} - {folder}

    def fits(head: bytes) -> bool:
        ours = b"[Content_Types].xml" in head or b"_rels/" in head or folder in head
        return head.startswith(b"PK\x03\x04") and ours and (folder in head or not any(one in head for one in others))

    return fits


def _opendocument(kind: str) -> Callable[[bytes], bool]:
    stated = b"mimetype" + (_OPEN + kind).encode()
    return lambda head: head.startswith(b"PK\x03\x04") and head[30 : 30 + len(stated)] == stated


FORMATS: tuple[Format, ...] = (
    Format("image/jpeg", ("jpg", "jpeg", "jpe"), _starts(b"\xff\xd8\xff"), ("image/jpg", "image/pjpeg")),
    Format("image/png", ("png",), _starts(b"\x89PNG\r\n\x1a\n")),
    Format("image/gif", ("gif",), _starts(b"GIF87a", b"GIF89a")),
    Format("image/webp", ("webp",), _is_webp),
    Format("image/heic", ("heic", "heif"), _is_heif, ("image/heif", "image/heic-sequence", "image/heif-sequence")),
    Format("application/pdf", ("pdf",), _is_pdf, ("application/x-pdf",)),
    Format("text/plain", ("txt",), _is_text),
    Format("message/rfc822", ("eml",), _is_mail),
    Format(f"{_OFFICE}wordprocessingml.document", ("docx",), _office(b"word/")),
    Format(f"{_OFFICE}spreadsheetml.sheet", ("xlsx",), _office(b"xl/")),
    Format(f"{_OPEN}text", ("odt",), _opendocument("text")),
    Format(f"{_OPEN}spreadsheet", ("ods",), _opendocument("spreadsheet")),
)
_BY_EXTENSION = {extension: one for one in FORMATS for extension in one.extensions}
_SHOWN_IN_PLACE = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf"})


def safe_name(name: str) -> str:
    """Return a name that may stand in a key, a header and a page: the last part of the path, odd characters out.

    Raises :class:`BadNameError` when nothing of it remains.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    cleaned = _BLANKS.sub(" ", _FORBIDDEN.sub(" ", last)).strip(" .")
    stem, dot, extension = cleaned.rpartition(".")
    stem = stem.strip(" .")
    if not dot or not stem or _EXTENSION.fullmatch(extension) is None:
        raise BadNameError
    return f"{stem[: _LONGEST_NAME - len(extension)].strip(' .')}.{extension.lower()}"


def check_promise(name: str, declared: str, size: int) -> tuple[str, str]:
    """Return the name and the media type under which a promised file may be uploaded.

    Raises :class:`BadNameError`, :class:`WrongTypeError` or :class:`TooLargeError`.
    """
    kept = safe_name(name)
    check_size(size)
    return kept, format_of(kept, declared).media_type


def check_content(name: str, declared: str, size: int, head: bytes) -> str:
    """Return the media type of a file that was uploaded, once name, declaration and content agree.

    Raises :class:`WrongTypeError` or :class:`TooLargeError`.
    """
    check_size(size)
    found = format_of(name, declared)
    if not found.fits(head[:HEAD]):
        raise WrongTypeError
    return found.media_type


def format_of(name: str, declared: str) -> Format:
    """Return the format that a name and a declared type agree on, or raise :class:`WrongTypeError`."""
    found = _BY_EXTENSION.get(name.rpartition(".")[2].lower())
    stated = declared.partition(";")[0].strip().lower()
    if found is None or (stated not in _UNDECLARED and stated not in {found.media_type, *found.also}):
        raise WrongTypeError
    return found


def check_size(size: int) -> None:
    """Raise :class:`TooLargeError` for an empty file and for one that is too large."""
    if not 0 < size <= LARGEST:
        raise TooLargeError


def once_each(ids: Iterable[str]) -> tuple[str, ...]:
    """Return the upload ids of a form, each once. Raises :class:`TooManyFilesError`."""
    kept = tuple(dict.fromkeys(ids))
    if len(kept) > MOST_FILES:
        raise TooManyFilesError
    return kept


def shown_in_place(media_type: str) -> bool:
    """Tell whether a browser may open such a file itself; everything else is only ever saved."""
    return media_type in _SHOWN_IN_PLACE
