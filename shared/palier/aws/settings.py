"""Environment variables, read in this one place. ``NAMES`` is checked against ``template.yaml`` both ways."""

import os

NAMES = (
    "TABLE_NAME",
    "FILES_BUCKET",
    "INBOUND_BUCKET",
    "DELIVER_QUEUE_URL",
    "DOCUMENTS_QUEUE_URL",
    "TIMER_GROUP",
    "TIMERS_FUNCTION_ARN",
    "SCHEDULER_ROLE_ARN",
    "LINK_SECRET_ARN",
    "MAIL_DOMAIN",
    "INBOUND_DOMAIN",
    "CONFIGURATION_SET",
    "PUBLIC_URL",
    "STAGE",
)


class MissingSettingError(RuntimeError):
    """The template does not give this function the variable it asks for."""


def setting(name: str) -> str:
    """Return one variable of ``NAMES``; a function that asks for one it was not given fails at its first line."""
    if name not in NAMES:
        raise MissingSettingError(f"{name} is not one of the settings")
    value = os.environ.get(name)
    if value is None:
        raise MissingSettingError(f"{name} is not set for this function")
    return value


def region() -> str:
    """Return the region that the function runs in."""
    return os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "eu-west-3"
