"""`make deploy ENV=… PYTHON=…`: builds what Lambda runs into a folder of its own, and hands it to aws-sam-cli.

aws-sam-cli weighs 340 MB and pins much: it is a tool beside the project, fetched by uv when somebody deploys.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

from layers.build import WrongPythonError, build
from layers.compiled import compile_all
from layers.packages import LAMBDA_PYTHON, Target

ROOT = Path(__file__).resolve().parents[2]
STAGE = ROOT / ".aws-sam" / "stage"
SAM_CLI = "aws-sam-cli==1.163.0"


class CannotDeployError(RuntimeError):
    """Something is missing; the message says what to type."""


def environment_named(name: str, samconfig: str) -> str:
    """Return the name of an environment of samconfig.toml; refuses none, and one that is not there."""
    known = sorted(set(tomllib.loads(samconfig)) - {"version"})
    if name not in known:
        raise CannotDeployError(f"say where to: make deploy ENV={'|'.join(known)} PYTHON=python{LAMBDA_PYTHON}")
    return name


def python_for_lambda(environ: Mapping[str, str]) -> str:
    """Return the Python that compiles: the one named by PYTHON, or Lambda's by its usual name."""
    wanted = environ.get("PYTHON") or f"python{LAMBDA_PYTHON}"
    if shutil.which(wanted) is None:
        raise CannotDeployError(
            f"{wanted} is not on the PATH; PYTHON=path of a Python {LAMBDA_PYTHON} compiles for Lambda"
        )
    return wanted


def lay_out(target: Target) -> None:
    """Make the folder that is deployed: template, layers and functions, compiled, at the places the template says."""
    shutil.rmtree(STAGE, ignore_errors=True)
    shutil.copytree(ROOT / "functions", STAGE / "functions", ignore=shutil.ignore_patterns("__pycache__", "*.md"))
    shutil.copy(ROOT / "template.yaml", STAGE / "template.yaml")
    compile_all(STAGE / "functions", target.python, seen_at="/var/task")
    for size in build(target, STAGE / "layers"):
        print(f"layer {size.name}: {size.zipped / 1e6:.1f} MB zipped")


def main() -> int:
    """Build and deploy, or say what is missing."""
    try:
        name = environment_named(os.environ.get("ENV", ""), (ROOT / "samconfig.toml").read_text("utf-8"))
        lay_out(Target(python_for_lambda(os.environ), on_lambda=True))
    except (CannotDeployError, WrongPythonError) as refusal:
        print(refusal, file=sys.stderr)
        return 2
    uv = Path(sys.executable).with_name("uv")
    sam = (uv, "tool", "run", "--from", SAM_CLI, "sam", "deploy", "--config-env", name)
    files = ("--config-file", ROOT / "samconfig.toml", "--template-file", STAGE / "template.yaml")
    return subprocess.run((*sam, *files), cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
