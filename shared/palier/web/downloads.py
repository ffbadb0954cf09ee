"""Files that people take: which files a ticket holds, what each is called in an address, and the way to it.

The caller's own rule says which of them he may have (``tickets/client`` for clients, his engagement for a supplier,
everything for staff): :func:`send_to` only signs the link to a file that it is given.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from palier.aws.files import Files
from palier.documents.sniff import shown_in_place
from palier.kernel.errors import NotFoundError
from palier.kernel.ids import AgencyId
from palier.tickets.facts import Entry
from palier.tickets.model import Attachment, Draft
from palier.web import french
from palier.web.answers import SeeOther
from palier.web.views.common import FileLink

_HOLDING = ("attachments", "proofs", "invoice")


def files_of_ticket(draft: Draft, entries: Iterable[Entry]) -> dict[str, Attachment]:
    """Return every file of a ticket under its short name: ``0-1`` (header), ``7-0`` (first file of entry 7)."""
    found = dict(_numbered(0, draft.attachments))
    for entry in entries:
        found.update(_numbered(entry.seq, files_of_entry(entry)))
    return found


def files_of_entry(entry: Entry) -> tuple[Attachment, ...]:
    """Return the files that came with one entry; those of the opening stand in its draft."""
    fact = entry.what
    draft: Draft | None = getattr(fact, "draft", None)
    own = tuple(file for name in _HOLDING for file in getattr(fact, name, ()))
    return own + (draft.attachments if draft else ())


def files_named(entry: Entry) -> dict[str, Attachment]:
    """Return the files of one entry under their short names."""
    return dict(_numbered(entry.seq, files_of_entry(entry)))


def links(prefix: str, files: Mapping[str, Attachment]) -> tuple[FileLink, ...]:
    """Return the files as a page shows them; ``prefix`` is the address of the download route, without the name."""
    return tuple(
        FileLink(file.name, f"{prefix}/{name}", french.size(file.size), _kind(file)) for name, file in files.items()
    )


def send_to(files: Files, agency: AgencyId, allowed: Mapping[str, Attachment], name: str) -> SeeOther:
    """Lead to one of the files that the caller may have; raises :class:`NotFoundError` for any other name."""
    file = allowed.get(name)
    if file is None:
        raise NotFoundError
    inline = shown_in_place(file.media_type)
    return SeeOther(files.presign_download(agency, file.key, file.name, file.media_type, inline=inline))


def _numbered(seq: int, files: Iterable[Attachment]) -> Iterable[tuple[str, Attachment]]:
    return ((f"{seq}-{rank}", file) for rank, file in enumerate(files))


def _kind(file: Attachment) -> Literal["image", "pdf", "other"]:
    if file.media_type == "application/pdf":
        return "pdf"
    return "image" if file.media_type.startswith("image/") else "other"
