"""Reads our code without running it: what a function imports, and which texts stand in what it imports."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[2]
FUNCTIONS = ROOT / "functions"


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(
        "palier", include_external_packages=True, exclude_type_checking_imports=True, cache_dir=None
    )


def functions() -> list[str]:
    return sorted(path.parent.name for path in FUNCTIONS.glob("*/app.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported_by(path: Path) -> set[str]:
    """Return the modules that a file names in its imports."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@cache
def reached_from(function: str) -> frozenset[str]:
    """Return every module, ours or a library, that a function imports directly or through ours."""
    waiting = {name for name in imported_by(FUNCTIONS / function / "app.py") if _known(name)}
    reached: set[str] = set()
    while waiting:
        module = waiting.pop()
        reached.add(module)
        if module in graph().modules:
            waiting |= set(graph().find_modules_directly_imported_by(module)) - reached
    return frozenset(reached)


def _known(name: str) -> bool:
    return not name.startswith("palier.") or name in graph().modules


def texts_of(function: str) -> Iterator[str]:
    """Yield every text written in a function's file and in our modules that it reaches."""
    files = [FUNCTIONS / function / "app.py"]
    files += [file for module in reached_from(function) if (file := _file(module)) is not None]
    for file in files:
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _file(module: str) -> Path | None:
    if not module.startswith("palier") or module == "palier.aws.settings":
        return None
    base = ROOT / "shared" / Path(*module.split("."))
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()), None)
