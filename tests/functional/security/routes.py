"""The access table of the code: every route of every function, and who may call it. Tests are generated from it.

A route with a parameter that ``Known`` has no values for fails the tests until somebody teaches them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from infra import routes

WITHOUT_DATA = {"assets"}  # serves the files of its own package: no session, no table, no access to declare
READING, SENDING = frozenset({"GET"}), frozenset({"POST", "PUT", "PATCH", "DELETE"})
_PARAMETER = re.compile(r"{(\w+)}")
Known = Mapping[str, Sequence[str]]


class Rule(NamedTuple):
    """One line of the access table, and the function it stands in."""

    function: str
    method: str
    path: str
    access: str
    body: str

    def addresses(self, known: Known) -> list[str]:
        """The route with every known value of each parameter at least once; not with every combination."""
        names = _PARAMETER.findall(self.path)
        untaught = [name for name in names if name not in known]
        assert not untaught, f"{self.path}: teach the tests what {untaught} may be"
        rows = range(max((len(known[name]) for name in names), default=1))
        return [self.path.format(**{name: known[name][row % len(known[name])] for name in names}) for row in rows]

    @property
    def names(self) -> list[str]:
        return _PARAMETER.findall(self.path)


@cache
def access_table() -> tuple[Rule, ...]:
    """What the functions say of themselves, asked in a process of its own: importing them leads clients nowhere."""
    environment = {**os.environ, "PYTHONPATH": f"{routes.ROOT}{os.pathsep}{routes.ROOT / 'shared'}"}
    command = (sys.executable, "-m", "tests.functional.security.routes")
    listed = subprocess.run(command, cwd=routes.ROOT, env=environment, capture_output=True, text=True, check=False)
    assert listed.returncode == 0, listed.stderr
    return tuple(Rule(*rule) for rule in json.loads(listed.stdout))


def with_access(*wanted: str, methods: frozenset[str] = READING | SENDING) -> list[Rule]:
    return [rule for rule in access_table() if rule.access in wanted and rule.method in methods]


def _declared() -> list[Rule]:
    import importlib

    routes.lead_nowhere()
    found = []
    for file in sorted(Path(routes.ROOT / "functions").glob("*/app.py")):
        module = importlib.import_module(f"functions.{file.parent.name}.app")
        site = getattr(module, "site", None)
        rules = site.rules if site else ()
        found += [Rule(file.parent.name, rule.method, rule.path, rule.access.value, rule.body) for rule in rules]
    return found


if __name__ == "__main__":
    print(json.dumps(_declared()))  # noqa: T201 - read by access_table
