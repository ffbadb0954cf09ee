"""What a page may load before it answers: each heavy library is paid at every cold start (architecture, budget)."""

import json
import os
import subprocess
import sys

import pytest

from infra import routes
from infra.lint.exceptions import READ_ONLY
from tests.template import code

PAGES = sorted(
    name
    for name in code.functions()
    if routes.logical_id(name) in READ_ONLY or name.endswith("_actions") or name == "sign_in"
)
TOO_SLOW = {
    "asyncio", "aws_lambda_powertools", "aws_xray_sdk", "fontTools", "fpdf", "multiprocessing.pool", "nh3",
    "phonenumbers", "PIL", "pydantic", "selectolax", "unittest.mock",
}  # fmt: skip
LOOK = """
import importlib.util, json, sys
from infra.routes import lead_nowhere
lead_nowhere()
before = set(sys.modules)
spec = importlib.util.spec_from_file_location("app", sys.argv[1])
spec.loader.exec_module(importlib.util.module_from_spec(spec))
print(json.dumps(sorted(set(sys.modules) - before)))
"""


@pytest.mark.parametrize("function", PAGES)
def test_page_loads_nothing_slow(function: str) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{routes.ROOT}{os.pathsep}{routes.ROOT / 'shared'}"}
    command = (sys.executable, "-c", LOOK, str(code.FUNCTIONS / function / "app.py"))
    run = subprocess.run(command, cwd=routes.ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    loaded = set(json.loads(run.stdout))
    assert "chalice.app" in loaded
    assert loaded & TOO_SLOW == set()
