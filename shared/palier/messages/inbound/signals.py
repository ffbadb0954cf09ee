"""The headers by which machines give themselves away, and SES's verdicts. Reads them; ``classify`` judges."""

from typing import Final

from palier.messages.inbound.findings import Findings
from palier.messages.inbound.headers import Headers
from palier.messages.inbound.mime_tree import Part
from palier.messages.inbound.model import Signals, Verdict, Verdicts

# Not those of Exchange rules: they also stand on a person's mail that a rule sent on to us.
_AUTOREPLY: Final = (
    "x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-autoreply-from", "x-mail-autoreply",
    "x-fc-machinegenerated",
    "x-vacation", "x-away", "x-post-messageclass",
)  # fmt: skip
_CAMPAIGN: Final = (
    "feedback-id", "x-campaign", "x-campaignid", "x-campaign-id", "x-mailchimp-id", "x-mc-user", "x-mailgun-tag",
    "x-csa-complaints", "x-mj-campaign", "x-mailjet-campaign", "x-sib-id", "x-sfmc-stack", "x-sg-eid", "x-mailing-id",
)  # fmt: skip
_WORST_FIRST: Final = (Verdict.FAIL, Verdict.PROCESSING_FAILED, Verdict.GRAY, Verdict.PASS)
_MAX: Final = 300


def read_signals(root: Part, findings: Findings) -> Signals:
    """Return the signals of the mail's own header block."""
    headers = root.headers
    return Signals(
        null_return_path=_is_null(headers.first("return-path")),
        content_type=root.media_type,
        report_type=root.content_type.get("report-type").lower()[:_MAX],
        auto_submitted=headers.token("auto-submitted").partition(";")[0].strip()[:_MAX],
        auto_response_suppress=headers.token("x-auto-response-suppress")[:_MAX],
        autoreply_headers=_present(headers, _AUTOREPLY),
        precedence=(headers.token("precedence") or headers.token("x-precedence"))[:_MAX],
        list_id=headers.text("list-id", findings).lower()[:_MAX],
        list_post=(headers.token("list-post") or headers.token("x-google-group-id"))[:_MAX],
        list_unsubscribe=headers.first("list-unsubscribe") is not None,
        one_click_unsubscribe=headers.first("list-unsubscribe-post") is not None,
        campaign_headers=_present(headers, _CAMPAIGN),
        failed_recipients=headers.first("x-failed-recipients") is not None,
    )


def read_verdicts(headers: Headers) -> Verdicts:
    """Return SES's verdicts; a forged header can only make them worse."""
    results = " ".join(value.decode("ascii", "replace").lower() for value in headers.every("authentication-results"))
    return Verdicts(
        spam=_verdict(headers, "x-ses-spam-verdict"),
        virus=_verdict(headers, "x-ses-virus-verdict"),
        spf=_authentication(results, "spf"),
        dkim=_authentication(results, "dkim"),
        dmarc=_authentication(results, "dmarc"),
    )


def _is_null(return_path: bytes | None) -> bool:
    return return_path is not None and return_path.replace(b" ", b"") in {b"<>", b""}


def _present(headers: Headers, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if headers.token(name) not in {"", "no", "false", "none"})


def _verdict(headers: Headers, name: str) -> Verdict:
    said = {value.decode("ascii", "replace").strip().lower() for value in headers.every(name)}
    if not said:
        return Verdict.ABSENT
    return next((verdict for verdict in _WORST_FIRST if verdict.value in said), Verdict.GRAY)


def _authentication(results: str, method: str) -> Verdict:
    said = results.partition(f"{method}=")[2]
    if not said:
        return Verdict.ABSENT
    if said.startswith("pass"):
        return Verdict.PASS
    return Verdict.FAIL if said.startswith("fail") else Verdict.GRAY
