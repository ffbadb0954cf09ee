"""What a file is by its first bytes, for the kinds that come by mail. The sender's word is not asked."""

from typing import Final

_OCTETS: Final = "application/octet-stream"
_ZIP: Final = "application/zip"
_MAGIC: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", _ZIP),
    (b"PK\x05\x06", _ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-executable"),
    (b"BEGIN:VCALENDAR", "text/calendar"),
    (b"BEGIN:VCARD", "text/vcard"),
    (b"-----BEGIN PGP", "application/pgp"),
)
_RIFF: Final = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_HEIF: Final = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_BRANDS: Final = {b"avif": "image/avif", b"M4A ": "audio/mp4", b"qt  ": "video/quicktime", b"crx ": "image/x-canon-cr3"}
_OFFICE: Final = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_HTML: Final = (b"<!doctype html", b"<html", b"<head", b"<script", b"<body", b"<svg", b"<iframe")
_WINDOW: Final = 4_096
_EXTENSIONS: Final = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "image/avif": ".avif",
    "image/tiff": ".tif",
    "image/bmp": ".bmp",
    "application/pdf": ".pdf",
    _ZIP: ".zip",
    "application/rtf": ".rtf",
    "application/ms-tnef": ".dat",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/ogg": ".ogg",
    "text/calendar": ".ics",
    "text/vcard": ".vcf",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "message/rfc822": ".eml",
    "application/pkcs7-mime": ".p7m",
    "application/pgp": ".asc",
    **{media_type: f".{suffix}" for (_, media_type), suffix in zip(_OFFICE, ("docx", "xlsx", "pptx"), strict=True)},
}


def sniff_type(content: bytes) -> str:
    """Return the media type that the bytes show; ``application/octet-stream`` when they show none."""
    head = content[:_WINDOW]
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return _inside_zip(content) if media_type == _ZIP else media_type
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], _OCTETS)
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:12] in _HEIF else _BRANDS.get(head[8:12], "video/mp4")
    if head[:2] == b"BM" and head[6:10] == b"\x00\x00\x00\x00":
        return "image/bmp"
    if head[:2] in {b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"}:
        return "audio/mpeg"
    return _text_or_octets(head)


def extension_of(media_type: str) -> str:
    """Return the usual extension, empty when unknown."""
    return _EXTENSIONS.get(media_type, "")


def _inside_zip(content: bytes) -> str:
    head = content[:_WINDOW]
    if head[30:38] == b"mimetype":
        return head[38:120].partition(b"PK")[0].decode("ascii", "replace").strip()
    if b"[Content_Types].xml" not in head and b"_rels/" not in head:
        return _ZIP
    names = head + content[-_WINDOW * 4 :]  # the directory of a zip file is at its end
    return next((media_type for folder, media_type in _OFFICE if folder in names), _ZIP)


def _text_or_octets(head: bytes) -> str:
    if not head or b"\x00" in head:
        return _OCTETS
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    if start.startswith(_HTML):
        return "text/html"
    strange = sum(1 for byte in head if byte < 9 or 13 < byte < 32)  # noqa: PLR2004 - control characters
    return "text/plain" if strange * 50 <= len(head) else _OCTETS
