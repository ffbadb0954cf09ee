"""What a person may choose about a local cloud, read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
REGION = "eu-west-3"
ACCOUNT = "000000000000"
ROOT_KEY = "test"
ROOT_SECRET = "test"  # noqa: S105 - the root of a cloud that only listens on this machine
HOST = "127.0.0.1"
MAIL_DOMAIN = "palier.example"  # what the product sends from


class SettingsError(Exception):
    """A value of the environment cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Settings:
    """`aws_port` 0 means: the port after the people's, or any free one."""

    data_dir: Path
    template: Path | None = REPOSITORY / "template.yaml"
    port: int = 8080
    aws_port: int = 0
    smtp_port: int = 2525
    inbound_domain: str = "in.palier.example"
    demo: bool = True
    durable: bool = True
    watch: bool = True


def settings_from(environ: Mapping[str, str]) -> Settings:
    template = environ.get("LOCAL_TEMPLATE", str(REPOSITORY / "template.yaml"))
    return Settings(
        data_dir=Path(environ.get("DATA_DIR", str(REPOSITORY / ".local"))).resolve(),
        template=Path(template).resolve() if template else None,
        port=_port(environ, "PORT", 8080),
        aws_port=_port(environ, "AWS_PORT", 0),
        smtp_port=_port(environ, "SMTP_PORT", 2525),
        inbound_domain=environ.get("INBOUND_DOMAIN", "in.palier.example").lower(),
        demo=environ.get("LOCAL_DEMO", "1") == "1",
        durable=environ.get("LOCAL_DURABLE", "1") == "1",
        watch=environ.get("LOCAL_WATCH", "1") == "1",
    )


def _port(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, str(default))
    if not text.isdecimal() or int(text) > 65535:  # noqa: PLR2004 - the last TCP port
        raise SettingsError(f"{name}={text!r} is not a port number")
    return int(text)


def functions_environment(settings: Settings, aws_port: int) -> dict[str, str]:
    """The environment that the emulator and its functions start from: nothing of the user's shell leaks in."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL") if name in os.environ}
    data = settings.data_dir
    return {
        **kept,
        **_emulator_environment(settings, aws_port),
        "TZ": "UTC",
        "NO_PROXY": "*",
        "TMPDIR": str(data / "tmp"),
        "LOCAL_CLOCK_FILE": str(data / "clock"),
        "AWS_ACCESS_KEY_ID": ROOT_KEY,
        "AWS_SECRET_ACCESS_KEY": ROOT_SECRET,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL": f"http://{HOST}:{aws_port}",
    }


def _emulator_environment(settings: Settings, aws_port: int) -> dict[str, str]:
    return {
        "GATEWAY_PORT": str(aws_port),
        "MINISTACK_HOST": HOST,
        "MINISTACK_REGION": REGION,
        "AUTH": "true",
        "PERSIST_STATE": "1" if settings.durable else "0",
        "S3_PERSIST": "1" if settings.durable else "0",
        "S3_DATA_DIR": str(settings.data_dir / "s3"),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "LAMBDA_ASYNC_RETRY_MAX_SECONDS": "2",
    }
