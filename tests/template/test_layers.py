"""What ships in the layers: everything that the code imports, pinned, trimmed and compiled."""

import re
import subprocess
import sys
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest

from infra.routes import logical_id
from infra.tools.translate import parsed
from layers import build, compiled, packages
from tests.template import code

DEPLOYED = parsed()["Resources"]
CONTENT = {
    name: set(packages.names_in((packages.ROOT / "layers" / name / "packages.txt").read_text("utf-8")))
    for name in build.OF_PACKAGES
}
# What a package asks for and our use of it does not: the reason stands beside each.
NOT_NEEDED = {
    "chalice": {
        "botocore",
        "click",
        "inquirer",
        "jmespath",
        "pip",
        "pyyaml",
        "setuptools",
        "six",
        "wheel",
    },  # the deployer
    "cffi": {"pycparser"},  # only to compile bindings
}


def shipped_with(function: str) -> set[str]:
    """Return the packages that a function finds in its layers."""
    layers = {layer["Ref"] for layer in DEPLOYED[logical_id(function)]["Properties"]["Layers"]}
    return set().union(*(names for name, names in CONTENT.items() if f"{name.capitalize()}Layer" in layers))


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("function", code.functions())
def test_function_finds_in_its_layers_all_that_it_imports(function: str) -> None:
    providers = packages_distributions()
    outside = {name.partition(".")[0] for name in code.reached_from(function)} - set(sys.stdlib_module_names)
    wanted = {normal(providers[name][0]) for name in outside if name in providers}
    assert wanted - shipped_with(function) == set()


@pytest.mark.parametrize("layer", build.OF_PACKAGES)
def test_layer_holds_what_its_packages_ask_for(layer: str) -> None:
    held = set().union(*CONTENT.values()) if layer == "workers" else CONTENT[layer]
    for package in CONTENT[layer]:
        asked = {
            normal(re.split(r"[^\w.-]", line)[0])
            for line in requires(package) or []
            if "extra ==" not in line and "python_version < " not in line and "platform" not in line
        }
        assert asked - held - NOT_NEEDED.get(package, set()) == set(), package


def test_no_package_ships_twice() -> None:
    assert CONTENT["dependencies"] & CONTENT["workers"] == set()


def test_pins_are_those_of_the_lock_with_their_hashes() -> None:
    first = "a==1 \\\n    --hash=sha256:00\n    # via x\n"
    second = "b==2 ; python_full_version < '3.12' \\\n    --hash=sha256:11\n"
    third = "b==3 ; python_full_version >= '3.12' \\\n    --hash=sha256:22\n"
    assert packages.pins(["b"], first + second + third) == second + third
    with pytest.raises(packages.NotInLockError, match="c"):
        packages.pins(["a", "c"], first)


@pytest.mark.parametrize("layer", build.OF_PACKAGES)
def test_every_package_of_a_layer_is_in_the_lock(layer: str) -> None:
    lock = packages.LOCK.read_text("utf-8")
    assert packages.pins(sorted(CONTENT[layer]), lock).count("--hash=") >= len(CONTENT[layer])


def test_a_source_without_its_compiled_twin_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "whole.py").write_text("x = 1\n", "utf-8")
    (tmp_path / "broken.py").write_text("def (:\n", "utf-8")
    with pytest.raises((compiled.NotCompiledError, subprocess.CalledProcessError)):
        compiled.compile_all(tmp_path, sys.executable)
    assert [path.name for path in compiled.not_compiled(tmp_path, compiled.tag_of(sys.executable))] == ["broken.py"]


def test_compiled_files_are_never_checked_against_their_sources(tmp_path: Path) -> None:
    """Lambda's zip has no true dates: a .pyc that is checked would be thrown away at each cold start."""
    (tmp_path / "one.py").write_text("x = 1\n", "utf-8")
    compiled.compile_all(tmp_path, sys.executable)
    (pyc,) = tmp_path.rglob("*.pyc")
    assert pyc.read_bytes()[4:8] == b"\x01\x00\x00\x00"  # PEP 552: hash-based, unchecked


def test_trimming_leaves_chalices_router_and_our_services(tmp_path: Path) -> None:
    kept = ["chalice/__init__.py", "chalice/app.py", "botocore/data/s3/2006-03-01/service-2.json.gz"]
    gone = [
        "chalice/deploy/packager.py",
        "chalice/cli/main.py",
        "chalice/api/__init__.py",
        "botocore/data/ec2/2016-11-15/a.json",
    ]
    gone += [
        "bin/jp.py",
        "x.dist-info/RECORD",
        "pkg/tests/test_a.py",
        "pkg/a.pyi",
        "botocore/data/s3/2001-01-01/old.json",
    ]
    for name in (*kept, *gone):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", "utf-8")
    block = "# Issuer: CN={0}\n# Subject: CN={0}\n-----BEGIN CERTIFICATE-----\n"
    names = ("Root O=Amazon", "Other O=Somebody", "Root O=Starfield Technologies, Inc.")
    (tmp_path / "botocore/cacert.pem").write_text("".join(block.format(name) for name in names), "utf-8")
    packages.trim(tmp_path)
    assert [name for name in kept if not (tmp_path / name).exists()] == []
    assert [name for name in gone if (tmp_path / name).exists()] == []
    assert "Somebody" not in (tmp_path / "botocore/cacert.pem").read_text("utf-8")


def test_layers_for_aws_need_lambdas_python() -> None:
    if build._version(sys.executable) == packages.LAMBDA_PYTHON:
        pytest.skip("this is Lambda's Python")
    with pytest.raises(build.WrongPythonError):
        build.build(packages.Target(sys.executable, on_lambda=True))


def test_pages_are_compiled_into_the_layer_under_the_name_that_the_loader_looks_for(tmp_path: Path) -> None:
    build._copy_palier(tmp_path)
    text = (code.ROOT / "shared/palier/web/render.py").read_text("utf-8")
    assert 'find_spec("palier_templates")' in text
    templates = list((code.ROOT / "shared/palier/web/templates").rglob("*.html"))
    assert len(list((tmp_path / "palier_templates").glob("tmpl_*.py"))) >= len(templates)
