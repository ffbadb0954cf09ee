"""Puts the locked packages of one layer into a folder, and takes out what no function of ours uses."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
LAMBDA_PLATFORM = "aarch64-manylinux_2_28"
LAMBDA_PYTHON = "3.13"

# The service models that botocore may read; the other 400 cost 27 MB and a directory listing at each cold start.
SERVICES = frozenset({"dynamodb", "lambda", "s3", "scheduler", "secretsmanager", "ses", "sns", "sqs", "sts"})
# AWS's own endpoints chain to these alone; reading 130 others costs 20 ms for each client.
AUTHORITIES = ("O=Amazon", "O=Starfield Technologies")

_UNUSED = (
    "bin",
    "share",
    "chalice/[!_a]*",  # everything but __init__.py and app.py: the router, without its deployer
    "chalice/analyzer.py",
    "chalice/api",
    "chalice/awsclient.py",
    "phonenumbers/carrierdata",
    "phonenumbers/geodata",
    "phonenumbers/tzdata",
    "*.dist-info",
    "**/*.pyi",
    "**/__pycache__",
    "**/tests",
    "fontTools/**/*.so",  # accelerators with a Python twin
)


class Target(NamedTuple):
    """Which Python a layer is for. ``on_lambda`` is the one that AWS runs; otherwise it is this machine's."""

    python: str
    on_lambda: bool


class NotInLockError(LookupError):
    """A package of a layer has no pin in requirements.lock."""


def names_in(listing: str) -> list[str]:
    """Return the package names of a ``packages.txt``."""
    return [line for line in listing.splitlines() if line and not line.startswith("#")]


def pins(names: Iterable[str], lock: str) -> str:
    """Return the part of a lock that pins these packages; raises :class:`NotInLockError`."""
    blocks = [block for block in re.split(r"(?m)^(?=\S)", lock) if "==" in block]
    found = {name: [block for block in blocks if block.startswith(f"{name}==")] for name in names}
    missing = [name for name, pinned in found.items() if not pinned]
    if missing:
        raise NotInLockError(", ".join(missing))
    return "".join(block for pinned in found.values() for block in pinned)


def install(names: Iterable[str], folder: Path, target: Target) -> None:
    """Install pinned packages, without their dependencies, for one Python."""
    folder.mkdir(parents=True)
    wanted = folder.parent / "pins.txt"
    wanted.write_text(pins(names, LOCK.read_text("utf-8")), "utf-8")
    platform = ("--python-platform", LAMBDA_PLATFORM, "--python-version", LAMBDA_PYTHON) if target.on_lambda else ()
    command = (Path(sys.executable).with_name("uv"), "pip", "install", "--quiet", "--no-deps", "--require-hashes")
    options = ("--python", target.python, "--target", folder, *platform, "--requirements", wanted)
    subprocess.run((*command, *options), check=True)
    wanted.unlink()


def trim(folder: Path) -> None:
    """Take out what is not used."""
    for pattern in _UNUSED:
        for path in list(folder.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    if (folder / "botocore").exists():
        _trim_botocore(folder / "botocore")


def _trim_botocore(botocore: Path) -> None:
    for service in (path for path in (botocore / "data").iterdir() if path.is_dir()):
        if service.name not in SERVICES:
            shutil.rmtree(service)
            continue
        for older in sorted(service.iterdir())[:-1]:
            shutil.rmtree(older)
    bundle = botocore / "cacert.pem"
    bundle.write_text("".join(_of_amazon(bundle.read_text("utf-8"))), "utf-8")


def _of_amazon(bundle: str) -> Iterator[str]:
    kept = 0
    for block in re.split(r"(?m)^(?=# Issuer)", bundle):
        if any(name in block.partition("-----BEGIN")[0] for name in AUTHORITIES):
            kept += 1
            yield block
    if kept < len(AUTHORITIES):
        raise NotInLockError("Amazon's certificate authorities are not in botocore's bundle")
