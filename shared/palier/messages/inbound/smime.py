"""S/MIME shells: an opaque signature is opened, an encrypted mail is told apart. Nothing is verified."""

from enum import StrEnum
from typing import Final

from msgspec import Struct

from palier.messages.inbound.ber import BerError, BerReader, Element, element_at

_SIGNED: Final = bytes.fromhex("2a864886f70d010702")
_ENVELOPED: Final = frozenset(
    {bytes.fromhex("2a864886f70d010703"), bytes.fromhex("2a864886f70d0109100117")}  # enveloped, auth-enveloped
)
_OCTET_STRING: Final = 0x04
_OID: Final = 0x06
_SET: Final = 0x31


class Shell(StrEnum):
    SIGNED = "signed"
    ENCRYPTED = "encrypted"
    UNKNOWN = "unknown"


class Opened(Struct, frozen=True):
    """What the shell is; ``content`` is the mail inside when it could be had."""

    shell: Shell
    content: bytes | None = None


def open_shell(data: bytes) -> Opened:
    """Look into a PKCS#7 / CMS structure."""
    reader = BerReader()
    try:
        oid, wrapped = _content_info(reader, element_at(data, 0, len(data)))
        if oid in _ENVELOPED:
            return Opened(Shell.ENCRYPTED)
        if oid == _SIGNED and wrapped is not None:
            return Opened(Shell.SIGNED, _encapsulated(reader, wrapped))
    except (BerError, RecursionError):
        pass
    return Opened(Shell.UNKNOWN)


def _content_info(reader: BerReader, sequence: Element) -> tuple[bytes, Element | None]:
    """Read ``SEQUENCE { contentType OID, [0] EXPLICIT content }``."""
    oid, content = b"", None
    for child in reader.children(sequence):
        if child.tag == _OID and not oid:
            oid = reader.octets(child)
        elif oid:
            content = next(reader.children(child), None)
            break
    return oid, content


def _encapsulated(reader: BerReader, signed_data: Element) -> bytes | None:
    """Read the content info that follows the version and the digest algorithms."""
    algorithms_seen = False
    for child in reader.children(signed_data):
        if algorithms_seen:
            content = _content_info(reader, child)[1]
            return reader.octets(content) if content and content.tag & ~0x20 == _OCTET_STRING else None
        algorithms_seen = child.tag == _SET
    return None
