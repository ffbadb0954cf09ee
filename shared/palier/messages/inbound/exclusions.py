"""The agency's own rules of what never becomes a request (EML-004): a sender, a domain, words of the subject."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from palier.messages.inbound.model import InboundMail

_WORD = re.compile(r"\w+")


class ExclusionKind(StrEnum):
    SENDER = "sender"
    DOMAIN = "domain"
    SUBJECT_WORDS = "subject_words"


class ExclusionRule(Struct, frozen=True):
    """``value``: an address, a domain (its subdomains too), or words that must all stand in the subject."""

    kind: ExclusionKind
    value: str


def excluded_by(mail: InboundMail, rules: Iterable[ExclusionRule]) -> ExclusionRule | None:
    """Return the first rule that excludes the mail, None when it may be created."""
    senders = {address.address.lower() for address in (mail.from_, mail.sender) if address is not None}
    words = set(_words(mail.subject))
    return next((rule for rule in rules if _applies(rule, senders, words)), None)


def _applies(rule: ExclusionRule, senders: set[str], subject: set[str]) -> bool:
    if rule.kind is ExclusionKind.SENDER:
        return rule.value.strip().lower() in senders
    if rule.kind is ExclusionKind.DOMAIN:
        domain = rule.value.strip().lower().lstrip("@.")
        return bool(domain) and any(sender.endswith((f"@{domain}", f".{domain}")) for sender in senders)
    wanted = _words(rule.value)
    return bool(wanted) and subject.issuperset(wanted)


def _words(text: str) -> list[str]:
    """Words without case or accents: rules are typed by people."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))
