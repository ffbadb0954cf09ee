"""SES: hands over one ready-made e-mail. Knows no template and no ticket; says only "no" or "not now" when refused.

The SDK does not retry here: after a time-out nobody knows whether the mail left, and the outbox decides when to try
again.
"""

import functools
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from palier.aws.settings import setting
from palier.kernel.errors import PalierError

if TYPE_CHECKING:
    from mypy_boto3_ses import SESClient

TAG = "palier"
PATIENCE = Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 1})
_NEVER = frozenset({"MessageRejected", "InvalidParameterValue", "InvalidParameter", "InvalidParameterCombination"})


class SendRefusedError(PalierError):
    """The provider will never take this message: trying again would change nothing. ``detail`` is its error code."""

    code = "SEND_REFUSED"


class SendLaterError(PalierError):
    """The provider cannot take it now (throttled, unreachable, paused, misconfigured). ``detail`` is its error code."""

    code = "SEND_LATER"


@functools.cache
def _client() -> "SESClient":
    return boto3.client("ses", config=PATIENCE)


def send_mail(sender: str, addressee: str, raw: bytes, tag: str) -> str:
    """Send one MIME message and return the provider's id. ``tag`` comes back with every event about it.

    Raises :class:`SendRefusedError` or :class:`SendLaterError`.
    """
    try:
        sent = _client().send_raw_email(
            Source=sender,
            Destinations=[addressee],
            RawMessage={"Data": raw},
            ConfigurationSetName=setting("CONFIGURATION_SET"),
            Tags=[{"Name": TAG, "Value": tag}],
        )
    except (ClientError, BotoCoreError) as refused:
        raise refusal(refused) from refused
    return sent["MessageId"]


def refusal(refused: ClientError | BotoCoreError) -> PalierError:
    """Tell a refusal for good from one that may pass; what is unknown is tried again, a bounded number of times."""
    if not isinstance(refused, ClientError):
        return SendLaterError(type(refused).__name__)
    code = refused.response.get("Error", {}).get("Code", "")
    return SendRefusedError(code) if code in _NEVER else SendLaterError(code)
