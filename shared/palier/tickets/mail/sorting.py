"""Which agencies a mail is for, and keeping its files. One mail to two agencies is two pieces of work."""

from collections.abc import Iterator

from palier.agencies.model import Agency
from palier.agencies.store import decode_agency, settings_key
from palier.aws.inbound_mail import keep_file
from palier.aws.keys import AgencyKeys, BadKeyPartError
from palier.kernel.ids import AgencyId
from palier.messages import reply_address
from palier.messages.inbound.model import InboundMail
from palier.tickets.mail.intake import Arrival, Mailroom, Taken, take_in
from palier.tickets.model import Attachment

_MOST_FILES = 40


def mailboxes(mail: InboundMail, domain: str) -> tuple[tuple[AgencyId, str], ...]:
    """Return the agencies addressed, each once, with the address that named it.

    ``<agency>@<inbound domain>`` is an agency's box (EML-001); a reply address names its agency in its tag.
    """
    found: dict[AgencyId, str] = {}
    for address in mail.recipients:
        box, _, at = address.rpartition("@")
        if at.lower() != domain.lower():
            continue
        claim = reply_address.read(address)
        agency = claim.agency if claim else AgencyId(box.partition("+")[0].lower())
        found.setdefault(agency, address.lower())
    return tuple(found.items())


def sort_mail(room: Mailroom, domain: str, mail: InboundMail, raw: bytes, key: str) -> Iterator[tuple[AgencyId, Taken]]:
    """Take a mail in at each agency it is for."""
    for agency_id, mailbox in mailboxes(mail, domain):
        agency = _agency(room, agency_id)
        if agency is not None:
            yield agency_id, take_in(room, agency, Arrival(mail, raw, key, mailbox))


def _agency(room: Mailroom, agency: AgencyId) -> Agency | None:
    try:
        row = room.table.get(settings_key(AgencyKeys(agency)))
    except BadKeyPartError:
        return None
    return None if row is None else decode_agency(row)


def keep_files(agency: Agency, folder: str, mail: InboundMail) -> tuple[Attachment, ...]:
    """Store a mail's files; images that only decorate a signature are not told apart from photos, so all are kept."""
    kept = []
    for rank, file in enumerate(mail.attachments[:_MOST_FILES]):
        media_type = file.sniffed_type or file.declared_type
        key = keep_file(agency.id, folder, f"{rank:02d}-{file.name}", media_type, file.content)
        kept.append(Attachment(key, file.name, media_type, file.size))
    return tuple(kept)
