"""The three ports of a local cloud, opened before anything else so that their numbers are known and ours."""

from __future__ import annotations

import errno
import socket
from dataclasses import dataclass

from infra.local.settings import HOST, Settings


class PortError(Exception):
    """A port cannot be used; the message says which and what to do."""


@dataclass(frozen=True)
class Ports:
    people: socket.socket
    aws: socket.socket
    smtp: socket.socket

    @property
    def people_number(self) -> int:
        return _number(self.people)

    @property
    def aws_number(self) -> int:
        return _number(self.aws)

    @property
    def smtp_number(self) -> int:
        return _number(self.smtp)


def open_ports(settings: Settings) -> Ports:
    people = _listen(settings.port, "PORT")
    aws = _listen(settings.aws_port, "AWS_PORT") if settings.aws_port else _next_or_any(_number(people) + 1)
    return Ports(people, aws, _listen(settings.smtp_port, "SMTP_PORT"))


def _next_or_any(port: int) -> socket.socket:
    try:
        return _listen(port, "AWS_PORT")
    except PortError:
        return _listen(0, "AWS_PORT")


def _listen(port: int, name: str) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # inherited; without it each answer waits 40 ms
    try:
        sock.bind((HOST, port))
        sock.listen(200)
    except (OSError, OverflowError) as error:
        sock.close()
        if isinstance(error, OSError) and error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise PortError(f"port {port} is in use or not allowed: set {name} to another one") from error
    sock.setblocking(False)
    return sock


def _number(sock: socket.socket) -> int:
    return int(sock.getsockname()[1])
