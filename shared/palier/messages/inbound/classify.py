"""What kind of mail this is, decided before anything is written (EML-004, EML-008; bounce loops of every help desk).

Only REQUEST may become a ticket. ``may_answer`` is False for whatever a machine or a list sent: such mail never causes
mail. When in doubt between losing a person's mail and a needless ticket, the person wins: see ``_bulk``.
"""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Final

from msgspec import Struct

from palier.messages.inbound.model import InboundMail, Verdict
from palier.messages.inbound.references import reply_tags


class MailClass(StrEnum):
    """In the order in which they are tested."""

    QUARANTINE = "quarantine"
    OWN = "own"
    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"
    BULK = "bulk"
    REQUEST = "request"


class Reason(StrEnum):
    """Why: stored with the mail and shown to the manager."""

    VIRUS = "virus"
    SPAM = "spam"
    OWN_MESSAGE_ID = "own_message_id"
    OWN_SENDER = "own_sender"
    DELIVERY_REPORT = "delivery_report"
    FAILED_RECIPIENTS = "failed_recipients"
    MAILER_DAEMON = "mailer_daemon"
    NULL_RETURN_PATH = "null_return_path"
    COMPLAINT_REPORT = "complaint_report"
    READ_RECEIPT = "read_receipt"
    AUTO_SUBMITTED = "auto_submitted"
    AUTOREPLY_HEADER = "autoreply_header"
    AUTOREPLY_PRECEDENCE = "autoreply_precedence"
    AUTOREPLY_SUBJECT = "autoreply_subject"
    NEWSLETTER = "newsletter"
    MAILING_LIST = "mailing_list"
    BULK_PRECEDENCE = "bulk_precedence"
    THROUGH_A_GROUP = "through_a_group"
    BULK_BUT_REPLY = "bulk_but_reply"
    NO_SENDER = "no_sender"
    ASKED_FOR_SILENCE = "asked_for_silence"
    NO_REPLY_SENDER = "no_reply_sender"
    PERSON = "person"


class Classification(Struct, frozen=True):
    kind: MailClass
    reason: Reason
    may_answer: bool = False


_DAEMONS: Final = re.compile(r"(?i)(?:mailer-daemon|mail-daemon|mailerdaemon|postmaster|mdaemon)(?:[+.-].*)?")
_NO_REPLY: Final = re.compile(r"(?i).*\b(?:no-?_?reply|ne-?_?pas-?_?repondre|nepasrepondre|do-?not-?reply|noreply).*")
_FAILURE_SUBJECT: Final = re.compile(
    r"(?i)(?:undeliver|delivery (?:status|failure|has failed)|mail delivery|returned mail|failure notice"
    r"|échec de (?:la )?remise|non remis|message non distribu|non[- ]distribué|courrier non remis"
    r"|retour à l['’]expéditeur|unzustellbar|mail system error)"
)
# Whole openings only: « Absence de chauffage » is a request.
_VACATION_SUBJECT: Final = re.compile(
    r"(?i)(?:(?:re|ré|rép|aw|sv)\s?:\s?){0,3}(?:\[?auto(?:matic|matique)?[ -]?(?:reply|response|réponse)\]?\b"
    r"|réponse (?:automatique|auto)\b|out of (?:the )?office\b|automatische antwort\b|abwesenheit"
    r"|respuesta automática\b|risposta automatica\b|(?:message|avis|notification) d['’]absence\b"
    r"|absent(?:e|\(e\))? du bureau\b|absence du bureau\b"
    r"|(?:je suis )?(?:en congés?|en vacances)\s?(?:$|[-:!,.(]|jusqu|du )"
    r"|accusé de réception automatique|auto\s?: )"
)
_AUTOREPLY_PRECEDENCE: Final = frozenset({"auto_reply", "auto-reply", "autoreply"})
_BULK_PRECEDENCE: Final = frozenset({"bulk", "junk"})
_SILENCE: Final = frozenset({"all", "oof", "autoreply"})

_Rule = Callable[[InboundMail, frozenset[str]], Classification | None]


def classify(mail: InboundMail, own_domains: Iterable[str]) -> Classification:
    """Judge a mail. ``own_domains``: those that our mail leaves from and that the agency's groups live in."""
    own = frozenset(domain.lower() for domain in own_domains)
    for rule in _RULES:
        found = rule(mail, own)
        if found is not None:
            return found
    return _request(mail)


def _quarantine(mail: InboundMail, own: frozenset[str]) -> Classification | None:
    del own
    if mail.verdicts.virus is Verdict.FAIL:
        return Classification(MailClass.QUARANTINE, Reason.VIRUS)
    return Classification(MailClass.QUARANTINE, Reason.SPAM) if mail.verdicts.spam is Verdict.FAIL else None


def _own(mail: InboundMail, own: frozenset[str]) -> Classification | None:
    """Our own mail come back. SES replaces our Message-ID by its own, so the sender is looked at too."""
    if _domain_in(mail.message_id, own):
        return Classification(MailClass.OWN, Reason.OWN_MESSAGE_ID)
    sender = mail.from_.address if mail.from_ else None
    is_automatic = mail.signals.auto_submitted not in {"", "no"}
    if _domain_in(sender, own) and (is_automatic or bool(_tags_in(sender))):
        return Classification(MailClass.OWN, Reason.OWN_SENDER)
    return None


def _bounce(mail: InboundMail, own: frozenset[str]) -> Classification | None:
    del own
    signals = mail.signals
    if signals.report_type == "feedback-report":
        return Classification(MailClass.BOUNCE, Reason.COMPLAINT_REPORT)
    if signals.report_type == "disposition-notification":
        return Classification(MailClass.AUTO_REPLY, Reason.READ_RECEIPT)
    if mail.bounce is not None or signals.content_type == "multipart/report":
        return Classification(MailClass.BOUNCE, Reason.DELIVERY_REPORT)
    if signals.failed_recipients:
        return Classification(MailClass.BOUNCE, Reason.FAILED_RECIPIENTS)
    local = mail.from_.address.rpartition("@")[0] if mail.from_ else ""
    if _DAEMONS.fullmatch(local) and (signals.null_return_path or _FAILURE_SUBJECT.search(mail.subject)):
        return Classification(MailClass.BOUNCE, Reason.MAILER_DAEMON)
    return None


def _auto_reply(mail: InboundMail, own: frozenset[str]) -> Classification | None:
    del own
    signals = mail.signals
    tests = (
        (signals.auto_submitted not in {"", "no"}, Reason.AUTO_SUBMITTED),
        (bool(signals.autoreply_headers), Reason.AUTOREPLY_HEADER),
        (signals.precedence in _AUTOREPLY_PRECEDENCE, Reason.AUTOREPLY_PRECEDENCE),
        (_VACATION_SUBJECT.match(mail.subject) is not None, Reason.AUTOREPLY_SUBJECT),
    )
    reason = next((reason for is_so, reason in tests if is_so), None)
    return Classification(MailClass.AUTO_REPLY, reason) if reason else None


def _null_sender(mail: InboundMail, own: frozenset[str]) -> Classification | None:
    """An empty return path is a machine that wants no answer; not an answering machine: so a bounce."""
    del own
    if mail.signals.null_return_path:
        return Classification(MailClass.BOUNCE, Reason.NULL_RETURN_PATH)
    return None


def _bulk(mail: InboundMail, own: frozenset[str]) -> Classification | None:
    """Newsletters and lists, without losing the person who writes to us through a group.

    The rule: a campaign (unsubscribe link and no posting address, a campaign system's header, ``Precedence: bulk``) is
    bulk, unless it is addressed to one of our signed reply addresses. A list that one can post to is a request when
    the list is in one of our own domains (the agency's group) or when we stand among its visible recipients; it is
    bulk otherwise. Neither is ever answered by a machine, and bulk mail is kept for the manager to see.
    """
    signals = mail.signals
    is_list = bool(signals.list_post) or signals.precedence == "list"
    is_campaign = bool(signals.campaign_headers) or signals.one_click_unsubscribe
    if not (is_list or is_campaign or signals.list_unsubscribe or signals.list_id or _is_bulk(mail)):
        return None
    if reply_tags(mail, own):
        return Classification(MailClass.REQUEST, Reason.BULK_BUT_REPLY)
    if is_list and not signals.one_click_unsubscribe:
        visible = any(_domain_in(address.address, own) for address in (*mail.to, *mail.cc))
        if visible or _list_is_ours(signals.list_id + " " + signals.list_post, own):
            return Classification(MailClass.REQUEST, Reason.THROUGH_A_GROUP)
        return Classification(MailClass.BULK, Reason.MAILING_LIST)
    return Classification(MailClass.BULK, Reason.BULK_PRECEDENCE if _is_bulk(mail) else Reason.NEWSLETTER)


def _request(mail: InboundMail) -> Classification:
    if mail.from_ is None:
        return Classification(MailClass.REQUEST, Reason.NO_SENDER)
    if _SILENCE & {word.strip() for word in mail.signals.auto_response_suppress.split(",")}:
        return Classification(MailClass.REQUEST, Reason.ASKED_FOR_SILENCE)
    if _NO_REPLY.fullmatch(mail.from_.address.rpartition("@")[0]) and not mail.reply_to:
        return Classification(MailClass.REQUEST, Reason.NO_REPLY_SENDER)
    return Classification(MailClass.REQUEST, Reason.PERSON, may_answer=True)


def _is_bulk(mail: InboundMail) -> bool:
    return mail.signals.precedence in _BULK_PRECEDENCE


def _domain_in(identifier: str | None, domains: frozenset[str]) -> bool:
    return identifier is not None and identifier.rpartition("@")[2].lower().rstrip(">") in domains


def _list_is_ours(text: str, domains: frozenset[str]) -> bool:
    return any(re.search(rf"(?:^|[@.<\s]){re.escape(domain)}(?:$|[>\s])", text) for domain in domains)


def _tags_in(address: str | None) -> bool:
    return address is not None and address.lower().startswith("ticket+")


_RULES: Final[tuple[_Rule, ...]] = (_quarantine, _own, _bounce, _auto_reply, _null_sender, _bulk)
