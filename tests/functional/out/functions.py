"""The real app.py of a function, loaded as Lambda does: once, with the environment of the moment."""

import importlib.util
from pathlib import Path
from types import ModuleType, SimpleNamespace

_FUNCTIONS = Path(__file__).parents[3] / "functions"
CONTEXT = SimpleNamespace(
    function_name="test",
    memory_limit_in_mb=128,
    invoked_function_arn="arn:test",
    aws_request_id="test",
    function_version="1",
)


def load_function(name: str) -> ModuleType:
    """Run a function's INIT and return its module."""
    spec = importlib.util.spec_from_file_location(f"out_test_{name}", _FUNCTIONS / name / "app.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
