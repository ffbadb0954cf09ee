"""Looks for credentials in the files that git would commit. Cheap: known shapes only, no guessing by entropy."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LARGEST = 2_000_000
SHAPES = {
    "AWS access key": re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    "AWS secret key": re.compile(r"(?i)aws_secret_access_key\W{1,5}[A-Za-z0-9/+]{40}\b"),
    "private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    "GitHub token": re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b"),
    "Slack token": re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{10,}"),
    "signed token": re.compile(r"\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{15,}"),
    "password in an address": re.compile(r"\b[a-z]{3,9}://[^\s/:@\"'{}<>$]+:[^\s/:@\"'{}<>$]{3,}@[a-z0-9]"),
}


def found_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the kind of each credential in a text; never the credential."""
    for number, line in enumerate(text.splitlines(), start=1):
        for kind, shape in SHAPES.items():
            if shape.search(line):
                yield number, kind


def committable() -> Iterator[Path]:
    """Yield the files that git knows or would add."""
    listed = subprocess.run(
        ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"),
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = ROOT / name
        if path.is_file() and path.stat().st_size < _LARGEST:
            yield path


def main() -> int:
    """Print where credentials are; 1 if there is one."""
    lines = [
        f"{path.relative_to(ROOT)}:{number}: looks like a {kind}"
        for path in committable()
        for number, kind in found_in(path.read_text("utf-8", errors="replace"))
    ]
    print("\n".join(lines) if lines else "no credential in any file")
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main())
