"""Secrets Manager: the platform's keys, read once per process and never logged."""

import functools
from typing import TYPE_CHECKING

import boto3

from palier.aws.settings import setting

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient


@functools.cache
def _client() -> "SecretsManagerClient":
    return boto3.client("secretsmanager")


@functools.cache
def secret(name: str) -> bytes:
    """Return the present value of the secret whose ARN the settings variable ``name`` holds."""
    return _client().get_secret_value(SecretId=setting(name))["SecretString"].encode()


@functools.cache
def secrets(name: str) -> tuple[bytes, ...]:
    """Return the present value and, after a rotation, the one before: what was signed yesterday still counts."""
    try:
        before = _client().get_secret_value(SecretId=setting(name), VersionStage="AWSPREVIOUS")["SecretString"]
    except _client().exceptions.ResourceNotFoundException:
        return (secret(name),)
    return (secret(name), before.encode())
