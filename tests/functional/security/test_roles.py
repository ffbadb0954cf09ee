"""The template's roles, enforced by the local cloud: each function can do what it does and nothing else."""

from collections.abc import Callable
from functools import partial
from typing import Any

import boto3
import pytest
from botocore.client import Config
from botocore.exceptions import ClientError

from infra.lint.exceptions import READ_ONLY
from infra.local.settings import REGION
from infra.local.testing import LocalCloud
from tests.functional.security.scene import Scene, changed, state, table_name

KEY = {"pk": {"S": "intruder"}, "sk": {"S": "intruder"}}
REFUSED = {"AccessDenied", "AccessDeniedException", "AuthorizationError", "UnauthorizedOperation", "403"}
# Who takes the messages of which queue; the administrator's function moves dead letters back.
TAKES = {"InboundEmailFunction": ("inbound",), "DeliverFunction": ("deliver",), "DocumentsFunction": ("documents",)}
WEB = ("SignIn", "ClientPortal", "ClientActions", "StaffDesk", "StaffActions", "SupplierLink", "SupplierActions")
Try = Callable[[], Any]


class Role:
    """What a function's role can do, tried with credentials of that very role."""

    def __init__(self, cloud: LocalCloud, function: str) -> None:
        name = cloud.functions[function]
        role = cloud.client("lambda").get_function_configuration(FunctionName=name)["Role"]
        lent = cloud.client("sts").assume_role(RoleArn=role, RoleSessionName="intruder")["Credentials"]
        self._url = cloud.aws_url
        self._lent = {
            "aws_access_key_id": lent["AccessKeyId"],
            "aws_secret_access_key": lent["SecretAccessKey"],
            "aws_session_token": lent["SessionToken"],
        }

    def client(self, service: str) -> Any:
        config = Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}, proxies={})
        made: Any = boto3.client
        return made(service, endpoint_url=self._url, region_name=REGION, config=config, **self._lent)


def _refused(attempt: Try) -> bool:
    try:
        attempt()
    except ClientError as error:
        return error.response["Error"]["Code"] in REFUSED
    return False


def _writes(role: Role, table: str) -> dict[str, Try]:
    dynamo, item = role.client("dynamodb"), {"TableName": table, "Item": KEY}
    return {
        "put": lambda: dynamo.put_item(**item),
        "update": lambda: dynamo.update_item(TableName=table, Key=KEY, UpdateExpression="SET v = :v",
                                             ExpressionAttributeValues={":v": {"N": "1"}}),
        "delete": lambda: dynamo.delete_item(TableName=table, Key=KEY),
        "transaction put": lambda: dynamo.transact_write_items(TransactItems=[{"Put": item}]),
        "transaction delete": lambda: dynamo.transact_write_items(
            TransactItems=[{"Delete": {"TableName": table, "Key": KEY}}]
        ),
        "batch": lambda: dynamo.batch_write_item(RequestItems={table: [{"PutRequest": {"Item": KEY}}]}),
        "statement": lambda: dynamo.execute_statement(
            Statement=f"INSERT INTO \"{table}\" VALUE {{'pk': 'intruder', 'sk': 'intruder'}}"
        ),
    }  # fmt: skip


def _reads(role: Role, table: str) -> dict[str, Try]:
    dynamo = role.client("dynamodb")
    names = {"KeyConditionExpression": "pk = :p", "ExpressionAttributeValues": {":p": {"S": "alpha#AGENCY"}}}
    return {
        "get": lambda: dynamo.get_item(TableName=table, Key=KEY),
        "batch get": lambda: dynamo.batch_get_item(RequestItems={table: {"Keys": [KEY]}}),
        "query": lambda: dynamo.query(TableName=table, **names),
    }


def _always_refused(role: Role, table: str) -> dict[str, Try]:
    """What no function of the product ever needs."""
    dynamo = role.client("dynamodb")
    return {
        "scan": lambda: dynamo.scan(TableName=table),
        "drop": lambda: dynamo.delete_table(TableName=table),
        "new table": lambda: dynamo.update_table(TableName=table, BillingMode="PROVISIONED"),
        "roles": lambda: role.client("iam").list_roles(),
        "functions": lambda: role.client("lambda").list_functions(),
        "role of another": lambda: role.client("sts").assume_role(RoleArn="arn:aws:iam::000000000000:role/x",
                                                                  RoleSessionName="intruder"),
    }  # fmt: skip


@pytest.mark.parametrize("function", sorted(READ_ONLY))
def test_a_function_that_only_reads_cannot_write(pair: tuple[Scene, Scene], function: str) -> None:
    cloud, before = pair[0].cloud, state(pair[0])
    role, table = Role(cloud, function), table_name(cloud)
    allowed = [name for name, attempt in _writes(role, table).items() if not _refused(attempt)]
    assert allowed == []
    s3, bucket = role.client("s3"), _bucket(cloud)
    for prefix in ("files/alpha/x", "incoming/alpha/x", "x"):
        assert _refused(partial(s3.put_object, Bucket=bucket, Key=prefix, Body=b"x"))
        assert _refused(partial(s3.delete_object, Bucket=bucket, Key=prefix))
    assert _refused(partial(s3.list_objects_v2, Bucket=bucket))
    assert changed(before, state(pair[0])) == []


def test_a_role_reads_what_its_function_reads(cloud: LocalCloud) -> None:
    """Guards the tests around it: what is refused is refused for want of a permission, not for want of a signature."""
    role, table = Role(cloud, "ClientPortalFunction"), table_name(cloud)
    assert [name for name, attempt in _reads(role, table).items() if _refused(attempt)] == []
    role = Role(cloud, "ClientActionsFunction")
    assert not _refused(_writes(role, table)["put"])
    cloud.client("dynamodb").delete_item(TableName=table, Key=KEY)


def test_the_assets_read_no_data(cloud: LocalCloud) -> None:
    role, table = Role(cloud, "AssetsFunction"), table_name(cloud)
    assert [name for name, attempt in _reads(role, table).items() if not _refused(attempt)] == []
    assert _refused(lambda: role.client("s3").get_object(Bucket=_bucket(cloud), Key="files/alpha/x"))


def test_no_function_may_do_what_none_needs(cloud: LocalCloud) -> None:
    table, allowed = table_name(cloud), []
    for function in cloud.functions:
        tries = _always_refused(Role(cloud, function), table)
        allowed += [(function, name) for name, attempt in tries.items() if not _refused(attempt)]
    assert allowed == []


def test_no_function_takes_from_another_functions_queue(cloud: LocalCloud) -> None:
    queues = {url.rpartition("/")[2]: url for url in cloud.client("sqs").list_queues()["QueueUrls"]}
    assert len(queues) >= 6
    wrong = []
    for function in cloud.functions:
        sqs = Role(cloud, function).client("sqs")
        for name, url in queues.items():
            mine = name.rpartition("-")[2] in TAKES.get(function, ())
            dead = function == "AdminFunction" and name.endswith("-dead")
            if not (mine or dead) and not _refused(partial(sqs.receive_message, QueueUrl=url)):
                wrong.append((function, name, "receive"))
            if not _refused(partial(sqs.purge_queue, QueueUrl=url)):
                wrong.append((function, name, "purge"))
    assert wrong == []


@pytest.mark.parametrize("function", WEB)
def test_pages_cannot_reach_queues_secrets_mail_and_the_administrator(cloud: LocalCloud, function: str) -> None:
    role = Role(cloud, f"{function}Function")
    urls = cloud.client("sqs").list_queues()["QueueUrls"]
    secrets = [one["ARN"] for one in cloud.client("secretsmanager").list_secrets()["SecretList"]]
    assert secrets
    tries: list[Try] = [partial(role.client("sqs").send_message, QueueUrl=url, MessageBody="{}") for url in urls]
    tries += [partial(role.client("secretsmanager").get_secret_value, SecretId=arn) for arn in secrets]
    tries += [partial(role.client("ses").send_raw_email, RawMessage={"Data": b"x"})]
    tries += [partial(role.client("sns").publish, PhoneNumber="+33639980001", Message="x")]
    tries += [partial(role.client("lambda").invoke, FunctionName=cloud.functions["AdminFunction"])]
    assert [attempt.func.__name__ for attempt in tries if isinstance(attempt, partial) and not _refused(attempt)] == []


def _bucket(cloud: LocalCloud) -> str:
    return next(str(one["Name"]) for one in cloud.client("s3").list_buckets()["Buckets"] if "files" in one["Name"])
