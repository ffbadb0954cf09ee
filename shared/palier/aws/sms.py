"""SNS: sends one SMS to one number in international form. Knows no template and no ticket."""

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from palier.aws.mail import PATIENCE, SendRefusedError, refusal

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sns.type_defs import MessageAttributeValueTypeDef

_OPTED_OUT = "OptedOut"


@functools.cache
def _client() -> "SNSClient":
    return boto3.client("sns", config=PATIENCE)


def send_sms(number: str, text: str) -> str:
    """Send a text and return the provider's id. Raises what :func:`palier.aws.mail.send_mail` raises."""
    kind: Mapping[str, MessageAttributeValueTypeDef] = {
        "AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}
    }
    try:
        return _client().publish(PhoneNumber=number, Message=text, MessageAttributes=kind)["MessageId"]
    except (ClientError, BotoCoreError) as refused:
        if isinstance(refused, ClientError) and refused.response.get("Error", {}).get("Code") == _OPTED_OUT:
            raise SendRefusedError(_OPTED_OUT) from refused
        raise refusal(refused) from refused
