"""Deploys the real template into the local cloud: the functions run from their source folders.

A function's code becomes an empty archive, and PYTHONPATH leads to its folder, to `shared/` (what the `palier`
layer ships) and first of all to `runtime/` (the moved clock). The `dependencies` layer is the virtual environment.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import io
import json
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.client import Config
from botocore.exceptions import ClientError, WaiterError
from samtranslator.yaml_helper import yaml_parse

from infra.local.settings import HOST, REGION, REPOSITORY, ROOT_KEY, ROOT_SECRET

STACK = "palier"
_CODE_BUCKET, _CODE_KEY, _TEMPLATE_KEY = "local-code", "empty.zip", "template.json"
_CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
_RUNTIME = Path(__file__).parent / "runtime"


class DeployError(Exception):
    """The template cannot be deployed here; the message says what to repair."""


@dataclass(frozen=True)
class Deployment:
    """Where the stack can be reached. `api_id` is empty for a template without a REST API."""

    outputs: dict[str, str]
    api_id: str
    stage: str
    functions: dict[str, str]
    inbound_bucket: str


@functools.cache
def client(service: str, aws_port: int) -> Any:
    """A client of the local cloud with root's keys; made once, for making one takes longer than using it."""
    return boto3.client(
        service,  # type: ignore[call-overload]
        endpoint_url=f"http://{HOST}:{aws_port}",
        region_name=REGION,
        aws_access_key_id=ROOT_KEY,
        aws_secret_access_key=ROOT_SECRET,
        config=Config(retries={"max_attempts": 2}, s3={"addressing_style": "path"}, proxies={}),
    )


def deploy(template: Path, aws_port: int, parameters: dict[str, str]) -> Deployment:
    body = local_form(template)
    cloudformation = client("cloudformation", aws_port)
    known = body.get("Parameters", {})
    request = {
        "StackName": STACK,
        "TemplateURL": _uploaded(body, aws_port),
        "Capabilities": _CAPABILITIES,
        "Parameters": [
            {"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items() if name in known
        ],
    }
    _create_or_update(cloudformation, request)
    return _describe(cloudformation)


def local_form(template: Path) -> dict[str, Any]:
    """The template as it is, except where its code comes from."""
    if not template.exists():
        raise DeployError(f"there is no template at {template}")
    body: dict[str, Any] = yaml_parse(template.read_text("utf-8"))
    shared = body.get("Globals", {}).get("Function", {})
    shared.pop("Layers", None)
    common_code, common_handler = shared.pop("CodeUri", None), shared.get("Handler", "app.handler")
    for name, resource in body["Resources"].items():
        properties = resource.setdefault("Properties", {})
        if resource["Type"] == "AWS::Serverless::Function":
            folder = template.parent / (properties.pop("CodeUri", None) or common_code or "")
            _check_code(name, folder, properties.get("Handler", common_handler))
            _lead_to(folder, template.parent, properties)
        elif resource["Type"] == "AWS::Serverless::LayerVersion":
            properties["ContentUri"] = f"s3://{_CODE_BUCKET}/{_CODE_KEY}"
            resource.pop("Metadata", None)
    return body


def source_folders(template: Path) -> set[Path]:
    """Where the functions' code is."""
    resources = local_form(template)["Resources"].values()
    paths = [
        resource["Properties"]["Environment"]["Variables"]["PYTHONPATH"]
        for resource in resources
        if resource["Type"] == "AWS::Serverless::Function"
    ]
    return {Path(part) for path in paths for part in path.split(os.pathsep)}


def _lead_to(folder: Path, root: Path, properties: dict[str, Any]) -> None:
    properties.pop("Layers", None)
    properties["CodeUri"] = f"s3://{_CODE_BUCKET}/{_CODE_KEY}"
    shared = root / "shared" if (root / "shared").is_dir() else REPOSITORY / "shared"
    path = os.pathsep.join(str(part) for part in (_RUNTIME, folder.resolve(), shared))
    properties.setdefault("Environment", {}).setdefault("Variables", {})["PYTHONPATH"] = path


def _check_code(name: str, folder: Path, handler: str) -> None:
    """An emulated function without code would only fail at its first use."""
    module, _, function = handler.rpartition(".")
    file = folder / f"{module.replace('.', '/')}.py"
    if not file.is_file():
        raise DeployError(f"{name}: its handler {handler} should be in {file}, which does not exist")
    if function not in _names_in(file):
        raise DeployError(f"{name}: {file} defines no {function!r}")


def _names_in(file: Path) -> set[str]:
    """Names bound at the top of a module."""
    names: set[str] = set()
    for node in ast.parse(file.read_text("utf-8"), str(file)).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        else:
            names |= {leaf.id for leaf in ast.walk(node) if isinstance(leaf, ast.Name)}
    return names


def _uploaded(body: dict[str, Any], aws_port: int) -> str:
    """Puts the template (too large for a request) and the empty code where CloudFormation reads them."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(zipfile.ZipInfo("README"), "The code is imported from PYTHONPATH.")
    s3 = client("s3", aws_port)
    with contextlib.suppress(s3.exceptions.BucketAlreadyOwnedByYou):
        s3.create_bucket(Bucket=_CODE_BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_object(Bucket=_CODE_BUCKET, Key=_CODE_KEY, Body=archive.getvalue())
    s3.put_object(Bucket=_CODE_BUCKET, Key=_TEMPLATE_KEY, Body=json.dumps(body))
    return f"http://{HOST}:{aws_port}/{_CODE_BUCKET}/{_TEMPLATE_KEY}"


def _create_or_update(cloudformation: Any, request: dict[str, Any]) -> None:
    try:
        done = _send(cloudformation, request)
        if done is not None:
            waiter = cloudformation.get_waiter(done)
            waiter.wait(StackName=STACK, WaiterConfig={"Delay": 0.1, "MaxAttempts": 600})
    except WaiterError as error:
        raise DeployError("\n".join(["the stack could not be deployed:", *_failures(cloudformation)])) from error
    except ClientError as error:
        raise DeployError(f"CloudFormation refuses the template: {str(error)[:2000]}") from error


def _send(cloudformation: Any, request: dict[str, Any]) -> str | None:
    """The state to wait for, or None when nothing changes."""
    try:
        cloudformation.create_stack(**request)
    except cloudformation.exceptions.AlreadyExistsException:
        pass
    else:
        return "stack_create_complete"
    try:
        cloudformation.update_stack(**request)
    except ClientError as error:
        if "No updates are to be performed" in str(error):
            return None
        raise
    return "stack_update_complete"


def _failures(cloudformation: Any) -> list[str]:
    events = cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]
    return [
        f"  {event['LogicalResourceId']}: {event.get('ResourceStatusReason', '')}"
        for event in events
        if event["ResourceStatus"].endswith("FAILED")
    ]


def _describe(cloudformation: Any) -> Deployment:
    stack = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
    resources = cloudformation.describe_stack_resources(StackName=STACK)["StackResources"]

    def physical(kind: str) -> dict[str, str]:
        return {r["LogicalResourceId"]: r["PhysicalResourceId"] for r in resources if r["ResourceType"] == kind}

    return Deployment(
        outputs={output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])},
        api_id=next(iter(physical("AWS::ApiGateway::RestApi").values()), ""),
        stage=next(iter(physical("AWS::ApiGateway::Stage").values()), ""),
        functions=physical("AWS::Lambda::Function"),
        inbound_bucket=physical("AWS::S3::Bucket").get("InboundBucket", ""),
    )
