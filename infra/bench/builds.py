"""The two packages that a cold start is measured with: as shipped, and as a first try would ship it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from infra.local.settings import REPOSITORY
from layers.build import HERE, OF_PACKAGES, Size, build
from layers.compiled import compile_all
from layers.packages import Target, install, names_in

_RUNTIME = ("awslambdaric", "runtime_client*.so", "simplejson", "snapshot_restore_py*")
_NOT_SOURCES = shutil.ignore_patterns("__pycache__", "*.md")


class Build(NamedTuple):
    """Where a package was unpacked: ``functions`` are /var/task of each, ``layers`` /opt/python, in order."""

    name: str
    functions: Path
    layers: tuple[Path, ...]
    runtime: Path

    def path(self, function: str) -> tuple[Path, ...]:
        """Return where the Python of a function looks, the runtime's own folder last."""
        return (self.functions / function, *self.layers, self.runtime)


class Builds(NamedTuple):
    """Both packages, and how large the layers are."""

    shipped: Build
    naive: Build
    sizes: tuple[Size, ...]


def make_builds(folder: Path) -> Builds:
    """Build both below a folder, for the Python that runs this."""
    target = Target(sys.executable, on_lambda=False)
    sizes = build(target, folder / "shipped")
    runtime = _runtime(folder / "runtime")
    shipped = Build("shipped", _functions(folder / "shipped"), _layers(folder / "shipped"), runtime)
    compile_all(shipped.functions, sys.executable)
    _install_naively(folder / "naive", target)
    naive = Build("naive", _functions(folder / "naive"), _layers(folder / "naive"), runtime)
    return Builds(shipped, naive, tuple(sizes))


def _layers(folder: Path) -> tuple[Path, ...]:
    return tuple(folder / name / "build" / "python" for name in ("palier", *OF_PACKAGES))


def _functions(folder: Path) -> Path:
    copy = folder / "functions"
    shutil.copytree(REPOSITORY / "functions", copy, ignore=_NOT_SOURCES)
    return copy


def _install_naively(folder: Path, target: Target) -> None:
    """Whatever pip brings, nothing compiled, every service of botocore, templates from source."""
    for name in OF_PACKAGES:
        packages = names_in((HERE / name / "packages.txt").read_text("utf-8"))
        install(packages, folder / name / "build" / "python", target)
    palier = folder / "palier" / "build" / "python" / "palier"
    shutil.copytree(REPOSITORY / "shared" / "palier", palier, ignore=_NOT_SOURCES)
    for compiled in list(folder.rglob("__pycache__")):
        shutil.rmtree(compiled)


def _runtime(folder: Path) -> Path:
    """AWS's runtime client alone, so that a package missing from the layers is missed here too."""
    folder.mkdir(parents=True)
    import awslambdaric

    beside = Path(awslambdaric.__file__).parent.parent
    for found in _found(beside, _RUNTIME):
        (folder / found.name).symlink_to(found)
    return folder


def _found(folder: Path, patterns: Iterable[str]) -> list[Path]:
    return [path for pattern in patterns for path in sorted(folder.glob(pattern))]
