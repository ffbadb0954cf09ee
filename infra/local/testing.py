"""A whole local cloud for tests, in a process of its own, on free ports."""

from __future__ import annotations

import json
import os
import signal
import smtplib
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from email.utils import getaddresses, parseaddr
from pathlib import Path
from typing import Any

import boto3
from botocore.client import Config

from infra.local.settings import HOST, REGION, REPOSITORY, ROOT_KEY, ROOT_SECRET

_START_LIMIT = 120.0


class StartError(Exception):
    """The local cloud did not start; the message holds what it printed."""


@dataclass
class LocalCloud:
    """A running local cloud. `stop` ends it as Ctrl-C does, `kill` as a power cut."""

    people_url: str
    aws_url: str
    smtp_port: int
    outputs: dict[str, str]
    functions: dict[str, str]
    process: subprocess.Popen[bytes]
    data_dir: Path

    def outbox(self) -> list[dict[str, Any]]:
        """Every e-mail and SMS sent, newest first."""
        found: list[dict[str, Any]] = self._call("/_local/outbox.json")
        return found

    def now(self) -> str:
        return str(self._call("/_local/clock")["now"])

    def advance(self, duration: str) -> dict[str, Any]:
        """Move time: `3d`, `2h`, `15m`. Returns once everything that fell due has been played."""
        told: dict[str, Any] = self._call("/_local/clock", {"advance": duration})
        return told

    def advance_to(self, instant: str) -> dict[str, Any]:
        told: dict[str, Any] = self._call("/_local/clock", {"at": instant})
        return told

    def settle(self) -> None:
        """Wait until everything that is under way has been done."""
        self.advance("0s")

    def send_mail(self, raw: bytes, sender: str = "", recipients: list[str] | None = None) -> None:
        """Through SMTP, to the addresses of the message's headers unless others are given."""
        message = message_from_bytes(raw, policy=default)
        headers = [str(value) for name in ("To", "Cc") for value in message.get_all(name, [])]
        to = recipients or [address for _, address in getaddresses(headers)]
        with smtplib.SMTP(HOST, self.smtp_port, timeout=60) as smtp:
            smtp.sendmail(sender or parseaddr(str(message["From"]))[1], to, raw)

    def client(self, service: str) -> Any:
        """A boto3 client with root's keys."""
        return aws_client(service, self.aws_url)

    def function_logs(self, name: str) -> str:
        """All that a function wrote; `name` is its logical id in the template."""
        function = self.client("lambda").get_function_configuration(FunctionName=self.functions[name])
        group = function.get("LoggingConfig", {}).get("LogGroup") or f"/aws/lambda/{self.functions[name]}"
        logs = self.client("logs")
        events = logs.get_paginator("filter_log_events").paginate(logGroupName=group)
        return "\n".join(event["message"] for page in events for event in page["events"])

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(timeout=30)

    def _call(self, path: str, body: dict[str, str] | None = None) -> Any:
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.people_url + path, content, {"Content-Type": "application/json"})  # noqa: S310 - our own address
        with urllib.request.urlopen(request, timeout=600) as answer:  # noqa: S310 - our own address
            return json.load(answer)


def start_local_cloud(
    template: Path | None,
    data_dir: Path,
    *,
    demo: bool = False,
    durable: bool = True,
    watch: bool = False,
    port: int = 0,
) -> LocalCloud:
    """Returns once everything is deployed. `template` None: the bare emulator. `watch`: edited code counts at once."""
    data_dir.mkdir(parents=True, exist_ok=True)
    flags = {"LOCAL_DEMO": demo, "LOCAL_DURABLE": durable, "LOCAL_WATCH": watch}
    environment = {
        **os.environ,
        **{name: "1" if on else "0" for name, on in flags.items()},
        "PORT": str(port),
        "SMTP_PORT": "0",
        "DATA_DIR": str(data_dir),
        "LOCAL_TEMPLATE": str(template or ""),
    }
    return _when_ready(_launched(environment, data_dir), data_dir)


def _launched(environment: dict[str, str], data_dir: Path) -> subprocess.Popen[bytes]:
    with (data_dir / "printed.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "infra.local", "--until-stdin-closes"],
            cwd=REPOSITORY,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def aws_client(service: str, aws_url: str, access_key: str = ROOT_KEY) -> Any:
    """A 12-digit access key is an account of its own, empty and isolated from the others."""
    return boto3.client(
        service,  # type: ignore[call-overload]
        endpoint_url=aws_url,
        region_name=REGION,
        aws_access_key_id=access_key,
        aws_secret_access_key=ROOT_SECRET,
        config=Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}, proxies={}),
    )


def _when_ready(process: subprocess.Popen[bytes], data_dir: Path) -> LocalCloud:
    deadline = time.monotonic() + _START_LIMIT
    while (ready := _ready(data_dir)) is None or ready.pop("pid") != process.pid:
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise StartError((data_dir / "printed.log").read_text("utf-8", "replace"))
        time.sleep(0.02)
    return LocalCloud(**ready, process=process, data_dir=data_dir)


def _ready(data_dir: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads((data_dir / "ready.json").read_text("utf-8"))
    except FileNotFoundError:
        return None
    return found
