"""Builds the layers: ``python -m layers.build``. Without options, for this machine's Python (measures and tests).

``--aws`` builds what Lambda runs (Python 3.13 on arm64); ``--python`` then has to be a Python 3.13, because only
that one writes the ``.pyc`` that it reads.
"""

import argparse
import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

from layers.compiled import compile_all
from layers.packages import LAMBDA_PYTHON, ROOT, Target, install, names_in, trim

HERE = Path(__file__).resolve().parent
OF_PACKAGES = ("dependencies", "workers")


class WrongPythonError(RuntimeError):
    """The layers for AWS cannot be compiled by this Python."""


class Size(NamedTuple):
    """How large a layer is: as Lambda unpacks it, and as it is sent."""

    name: str
    files: int
    unpacked: int
    zipped: int


def build(target: Target, out: Path = HERE) -> list[Size]:
    """Build the three layers below a folder and return their sizes."""
    if target.on_lambda and _version(target.python) != LAMBDA_PYTHON:
        raise WrongPythonError(f"{target.python} is Python {_version(target.python)}; Lambda runs {LAMBDA_PYTHON}")
    return [_layer(name, target, out / name / "build") for name in (*OF_PACKAGES, "palier")]


def _version(python: str) -> str:
    command = (python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])")
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _layer(name: str, target: Target, build_folder: Path) -> Size:
    shutil.rmtree(build_folder, ignore_errors=True)
    content = build_folder / "python"
    if name in OF_PACKAGES:
        install(names_in((HERE / name / "packages.txt").read_text("utf-8")), content, target)
        trim(content)
    else:
        _copy_palier(content)
    compile_all(content, target.python)
    return measure(name, build_folder)


def _copy_palier(content: Path) -> None:
    shutil.copytree(ROOT / "shared" / "palier", content / "palier", ignore=shutil.ignore_patterns("__pycache__"))
    sys.path.insert(0, str(ROOT / "shared"))
    from palier.web.render import environment

    environment().compile_templates(content / "palier_templates", zip=None, ignore_errors=False)
    (content / "palier_templates" / "__init__.py").touch()


def measure(name: str, folder: Path) -> Size:
    """Count a built layer."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in files:
            packed.write(path, path.relative_to(folder))
    return Size(name, len(files), sum(path.stat().st_size for path in files), len(archive.getvalue()))


def main() -> None:
    """Build, and print the sizes."""
    parser = argparse.ArgumentParser(prog="python -m layers.build", description=__doc__)
    parser.add_argument("--aws", action="store_true", help="for Lambda: Python 3.13, arm64")
    parser.add_argument("--python", default=sys.executable, help="the Python that compiles")
    parser.add_argument("--out", type=Path, default=HERE, help="where <layer>/build is made")
    arguments = parser.parse_args()
    for size in build(Target(arguments.python, arguments.aws), arguments.out):
        print(
            f"{size.name:<13} {size.files:>5} files {size.unpacked / 1e6:>6.1f} MB unpacked "
            f"{size.zipped / 1e6:>5.1f} MB zipped"
        )


if __name__ == "__main__":
    main()
