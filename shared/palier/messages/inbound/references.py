"""Which ticket a mail seems to answer (EML-006). Candidates only: a number can be guessed and an id copied.

A reply tag counts as genuine only when the function given by the caller says so; the subject's number and the message
ids never do by themselves, the caller holds them against the sender.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct

from palier.messages.inbound.model import InboundMail

_TAG: Final = re.compile(r"(?i)ticket\+(\d{1,12})\.([A-Za-z0-9_-]{4,100})@(.{1,253})")
_SUBJECT_NUMBER: Final = re.compile(r"\[[^\[\]#]{0,30}#\s?(\d{1,12})\]")
_MAX_NUMBERS: Final = 5


class ReplyTag(Struct, frozen=True):
    """A reply address taken apart; the signature is as written, unverified."""

    number: int
    signature: str
    address: str


class ReplyReference(Struct, frozen=True):
    """Where the mail may belong, the strongest hint first. ``message_ids``: every one, nearest first, to look up."""

    genuine: tuple[ReplyTag, ...] = ()
    doubtful: tuple[ReplyTag, ...] = ()
    subject_numbers: tuple[int, ...] = ()
    message_ids: tuple[str, ...] = ()
    own_message_ids: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.genuine or self.doubtful or self.subject_numbers or self.message_ids)


def reply_reference(
    mail: InboundMail, own_domains: Iterable[str], is_genuine: Callable[[ReplyTag], bool]
) -> ReplyReference:
    """Collect the candidates. ``is_genuine`` checks a tag's signature; it is asked once per tag."""
    own = frozenset(domain.lower() for domain in own_domains)
    tags = {tag: is_genuine(tag) for tag in reply_tags(mail, own)}
    numbers = dict.fromkeys(int(number) for number in _SUBJECT_NUMBER.findall(mail.subject))
    ids = tuple(dict.fromkeys((*mail.in_reply_to, *reversed(mail.references))))
    if mail.bounce is not None and mail.bounce.original_message_id is not None:
        ids = tuple(dict.fromkeys((mail.bounce.original_message_id, *ids)))
    return ReplyReference(
        genuine=tuple(tag for tag, good in tags.items() if good),
        doubtful=tuple(tag for tag, good in tags.items() if not good),
        subject_numbers=tuple(numbers)[:_MAX_NUMBERS],
        message_ids=ids,
        own_message_ids=tuple(one for one in ids if one.rpartition("@")[2].lower() in own),
    )


def reply_tags(mail: InboundMail, own_domains: frozenset[str]) -> tuple[ReplyTag, ...]:
    """Return the reply addresses of ours among the recipients, each once."""
    matches = (_TAG.fullmatch(address) for address in mail.recipients)
    return tuple(
        ReplyTag(int(match[1]), match[2], match[0])
        for match in matches
        if match is not None and match[3].lower() in own_domains
    )
