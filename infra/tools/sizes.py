"""Refuses files and functions that have grown too long to be read at once. Docstrings do not count for functions."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("shared", "functions", "infra", "layers", "tests")
MOST_LINES_OF_FILE = 250
MOST_LINES_OF_FUNCTION = 25
MORE_FOR_TESTS = 1.5  # a list of sentences may be long, and an example is told in one piece
EXCUSED = {
    "shared/palier/tickets/table.py": "one table that a reader holds against the specification, row by row",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def too_long(path: Path, text: str) -> Iterator[str]:
    """Yield one sentence for each thing in a file that is too long."""
    room = MORE_FOR_TESTS if path.parts[0] == "tests" else 1
    lines, most = len(text.splitlines()), int(MOST_LINES_OF_FILE * room)
    if lines >= most and path.as_posix() not in EXCUSED:
        yield f"{path}: {lines} lines; a file does one thing in fewer than {most}"
    most = int(MOST_LINES_OF_FUNCTION * room)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, Function) and (length := _lines(node)) > most:
            yield f"{path}:{node.lineno}: {node.name} has {length} lines, more than {most}"


def _lines(function: Function) -> int:
    first = function.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = _span(first) if is_docstring and isinstance(first.value.value, str) else 0  # type: ignore[attr-defined]
    return _span(function) - docstring


def _span(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def sources() -> Iterator[Path]:
    """Yield our Python files."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "build" not in path.relative_to(ROOT).parts:
                yield path


def main() -> int:
    """Print what is too long; 1 if anything is."""
    found = [line for path in sources() for line in too_long(path.relative_to(ROOT), path.read_text("utf-8"))]
    print("\n".join(found) if found else "every file and function is short enough")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
