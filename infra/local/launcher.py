"""One local cloud in one process: serves, deploys, loads the demonstration, stops cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import logging
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from hypercorn.asyncio.run import worker_serve
from hypercorn.config import Config, Sockets
from hypercorn.utils import wrap_app

from infra.local import deploy
from infra.local.clock import MovedClock, iso
from infra.local.demonstration import Demonstration
from infra.local.emulator import Emulator
from infra.local.inbound import InboundMail, NotReadyError, smtp_protocol
from infra.local.mailbox import Mailbox, as_ses_sends
from infra.local.people import Front
from infra.local.ports import Ports, open_ports
from infra.local.settings import HOST, MAIL_DOMAIN, REGION, Settings, functions_environment
from infra.local.site import Site
from infra.local.source_watch import watch
from infra.local.timetable import Timetable

Say = Callable[[str], None]


class DataDirError(Exception):
    """The data folder cannot be used; the message says why."""


def run(settings: Settings, say: Say) -> None:
    """Serve until SIGINT or SIGTERM; raises what made it impossible."""
    with _alone_in(settings.data_dir):
        ports = open_ports(settings)
        _prepare(settings.data_dir)
        _use_only(functions_environment(settings, ports.aws_number))
        try:
            asyncio.run(_serve(settings, ports, say))
        finally:
            shutil.rmtree(settings.data_dir / "tmp", ignore_errors=True)
            (settings.data_dir / "ready.json").unlink(missing_ok=True)


@contextlib.contextmanager
def _alone_in(data_dir: Path) -> Iterator[None]:
    """Two clouds on one folder would spoil its data. The lock ends with the process, however it ends."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / "lock").open("w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DataDirError(f"another local cloud runs on {data_dir}: set DATA_DIR to another folder") from error
        yield


def _prepare(data_dir: Path) -> None:
    """A killed predecessor leaves the functions' working folders behind."""
    (data_dir / ".gitignore").write_text("*\n", "utf-8")
    (data_dir / "ready.json").unlink(missing_ok=True)
    shutil.rmtree(data_dir / "tmp", ignore_errors=True)
    for name in ("tmp", "s3", "lambda-blobs"):
        (data_dir / name).mkdir(exist_ok=True)


def _use_only(environment: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    logging.getLogger("kms").setLevel(logging.ERROR)  # says that signing needs a library; nothing here signs


async def _serve(settings: Settings, ports: Ports, say: Say) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    cloud = Cloud(settings, ports, say, stop)
    config = Config()
    config.keep_alive_timeout = 75
    config.graceful_timeout = 1
    config.loglevel = "WARNING"
    sockets = Sockets([], [ports.people, ports.aws], [])
    await worker_serve(
        wrap_app(cloud.front, config.wsgi_max_body_size, "asgi"),  # type: ignore[arg-type]
        config,
        sockets=sockets,
        shutdown_trigger=cloud.stop.wait,
    )
    cloud.close()
    if cloud.failure is not None:
        raise cloud.failure


class Cloud:
    """The parts, wired together. Lives on one event loop; starting up happens in a thread of its own."""

    def __init__(self, settings: Settings, ports: Ports, say: Say, stop: asyncio.Event) -> None:
        self._settings, self._ports, self._say = settings, ports, say
        self.loop = asyncio.get_running_loop()
        self.stop = stop
        self.failure: Exception | None = None
        self._stopped = threading.Event()
        self._started = time.monotonic()
        data = settings.data_dir
        self._clock = MovedClock(data / "clock")
        self._mailbox = Mailbox(data / "mailbox")
        self._emulator = Emulator(data, self._clock.now, self._keep_email, self._keep_sms, durable=settings.durable)
        self._timetable = Timetable(self._emulator, self._clock, data / "last-fired.json")
        self._inbound = InboundMail(settings.inbound_domain, self._put_mail)
        site = Site(self._mailbox, self._clock, self._timetable, self._inbound, data / "logins.json")
        self.front = Front(self._emulator, site.answer, ports.aws_number, self._on_served, self._fail)
        self._demonstration = Demonstration(data)
        self._deployment: deploy.Deployment | None = None

    def close(self) -> None:
        self._stopped.set()
        self._demonstration.stop()
        self._emulator.stop_functions()

    # Starting -------------------------------------------------------------------------------------------------

    async def _on_served(self) -> None:
        await self.loop.create_server(lambda: smtp_protocol(self._inbound), sock=self._ports.smtp)
        self._in_thread(self._timetable.run, self._stopped)
        self._in_thread(self._start)

    def _in_thread(self, work: Callable[..., None], *arguments: object) -> None:
        threading.Thread(target=work, args=arguments, daemon=True, name=work.__name__).start()

    def _start(self) -> None:
        try:
            if self._settings.template is not None:
                self._deploy(self._settings.template)
            self._load_demo()
            self._announce()
        except Exception as error:  # noqa: BLE001 - the outermost edge of this thread; the main one reports it
            self.loop.call_soon_threadsafe(self._fail, error)

    def _fail(self, error: Exception) -> None:
        """Once we are stopping, whatever breaks breaks because of that."""
        if not self.stop.is_set():
            self.failure = error
            self.stop.set()

    def _deploy(self, template: Path) -> None:
        self._say(f"Deploying {template.name}…")
        parameters = {
            "Stage": "local",
            "PublicUrl": self._people_url,
            "InboundDomain": self._settings.inbound_domain,
            "MailDomain": MAIL_DOMAIN,
            "AlarmEmail": f"alarme@{MAIL_DOMAIN}",
        }
        self._deployment = deploy.deploy(template, self._ports.aws_number, parameters)
        asyncio.run_coroutine_threadsafe(self._snapshot(), self.loop).result()
        if self._deployment.api_id:
            self.front.api = (self._deployment.api_id, self._deployment.stage)
        if self._settings.watch:
            self._in_thread(watch, deploy.source_folders(template), self._emulator.renew_functions, self._stopped)
        self._say(f"{len(self._deployment.functions)} functions deployed ({self._elapsed})")

    async def _snapshot(self) -> None:
        """What CloudFormation made is not in the journal."""
        self._emulator.snapshot()

    def _load_demo(self) -> None:
        if not self._settings.demo or not self._demonstration.is_wanted():
            return
        self._say("Loading the demonstration agency…")
        loaded = self._demonstration.load(self._people_url, self._aws_url, self._timetable.settle)
        if loaded:
            self._say(f"Demonstration agency loaded ({self._elapsed})")
        elif not self.stop.is_set():
            self._say("The demonstration agency could not be loaded; the next start tries again")

    def _announce(self) -> None:
        deployment = self._deployment
        ready = {
            "pid": os.getpid(),
            "people_url": self._people_url,
            "aws_url": self._aws_url,
            "smtp_port": self._ports.smtp_number,
            "outputs": deployment.outputs if deployment else {},
            "functions": deployment.functions if deployment else {},
        }
        draft = self._settings.data_dir / "ready.tmp"
        draft.write_text(json.dumps(ready), "utf-8")
        draft.replace(self._settings.data_dir / "ready.json")
        for line in self._welcome():
            self._say(line)

    def _welcome(self) -> list[str]:
        return [
            f"Ready in {self._elapsed}. Stop with Ctrl-C; the data stays in {self._settings.data_dir}",
            f"  Palier             {self._people_url}/",
            f"  Mailbox and clock  {self._people_url}/_local/",
            f"  Mail in (SMTP)     {HOST}:{self._ports.smtp_number}  for anything@{self._settings.inbound_domain}",
            f"  AWS endpoint       {self._aws_url}",
            *self._logins(),
        ]

    def _logins(self) -> list[str]:
        file = self._settings.data_dir / "logins.json"
        logins: list[dict[str, str]] = json.loads(file.read_text("utf-8")) if file.exists() else []
        return [f"  {one['label']}: {one['login']} / {one['password']}  {one.get('url', '')}" for one in logins]

    @property
    def _people_url(self) -> str:
        return f"http://{HOST}:{self._ports.people_number}"

    @property
    def _aws_url(self) -> str:
        return f"http://{HOST}:{self._ports.aws_number}"

    @property
    def _elapsed(self) -> str:
        return f"{time.monotonic() - self._started:.1f} s"

    # Messages -------------------------------------------------------------------------------------------------

    def _keep_email(self, identifier: str, sender: str, recipients: list[str], raw: bytes) -> None:
        sent = as_ses_sends(raw, identifier, REGION)
        self._mailbox.keep_email(sender, recipients, sent, iso(self._clock.now()))

    def _keep_sms(self, number: str, text: str) -> None:
        self._mailbox.keep_sms(number, text, iso(self._clock.now()))

    def _put_mail(self, key: str, content: bytes) -> None:
        bucket = self._deployment.inbound_bucket if self._deployment else ""
        if not bucket:
            raise NotReadyError("no InboundBucket is deployed")
        deploy.client("s3", self._ports.aws_number).put_object(Bucket=bucket, Key=key, Body=content)
