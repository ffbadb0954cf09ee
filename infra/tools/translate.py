"""Translates ``template.yaml`` as CloudFormation's SAM transform would, without AWS, and counts what comes out."""

import json
import os
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from samtranslator.translator.managed_policy_translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "template.yaml"
TRANSLATED = ROOT / ".tools" / "template.json"
MOST_RESOURCES = 400  # CloudFormation stops at 500
MOST_BYTES = 1_000_000  # a template in S3; `sam deploy` and the local cloud both put it there
_REGION = "eu-west-3"


class TemplateTooLargeError(ValueError):
    """The template comes near a limit of CloudFormation."""


class _NoManagedPolicies(ManagedPolicyLoader):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__(None)
        self._policy_map: dict[str, str] = {}

    def load(self) -> dict[str, str]:
        return self._policy_map


def parsed(path: Path = TEMPLATE) -> dict[str, Any]:
    """Return the template as written, with its short forms (``!Ref``) in full."""
    document: dict[str, Any] = yaml_parse(path.read_text("utf-8"))
    return document


@cache
def translated(path: Path = TEMPLATE) -> dict[str, Any]:
    """Return the template as CloudFormation will see it."""
    os.environ.setdefault("AWS_DEFAULT_REGION", _REGION)
    document = parsed(path)
    for resource in document["Resources"].values():
        _pretend_packaged(resource)
    result: dict[str, Any] = transform(document, {}, _NoManagedPolicies())
    return result


def _pretend_packaged(resource: dict[str, Any]) -> None:
    """The translator wants code in S3, where `sam package` would have put it."""
    properties = resource.setdefault("Properties", {})
    for name in ("CodeUri", "ContentUri"):
        if name in properties:
            properties[name] = "s3://bucket/key"


def main() -> int:
    """Translate into a file for cfn-lint, and refuse what CloudFormation would refuse."""
    resources = translated()["Resources"]
    TRANSLATED.parent.mkdir(exist_ok=True)
    TRANSLATED.write_text(json.dumps(translated(), indent=1), "utf-8")
    size = TEMPLATE.stat().st_size
    if len(resources) > MOST_RESOURCES or size > MOST_BYTES:
        raise TemplateTooLargeError(f"{len(resources)} resources, {size} bytes")
    most = Counter(resource["Type"] for resource in resources.values()).most_common(4)
    print(f"{len(resources)} resources of at most {MOST_RESOURCES}; {size // 1000} kB; mostly {most}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
