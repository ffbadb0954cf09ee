"""The table, the buckets and the secret: what the code expects of them, and what must never be lost or shown."""

import ast
import json
from typing import Any

import pytest

from infra.tools.translate import translated
from palier.aws.item import INDEXES, Item
from tests.template import code

RESOURCES: dict[str, dict[str, Any]] = translated()["Resources"]
TABLE: dict[str, Any] = RESOURCES["Table"]["Properties"]
BUCKETS = {name: r["Properties"] for name, r in RESOURCES.items() if r["Type"] == "AWS::S3::Bucket"}


def keys(definition: dict[str, Any]) -> tuple[str, str]:
    """Return the partition and sort attribute of a table or index."""
    by_kind = {key["KeyType"]: key["AttributeName"] for key in definition["KeySchema"]}
    return by_kind["HASH"], by_kind["RANGE"]


def test_indexes_are_those_that_the_code_queries() -> None:
    """PLT-003: a query that no index serves does not exist; an unused index doubles the cost of writing."""
    deployed = {index["IndexName"]: keys(index) for index in TABLE["GlobalSecondaryIndexes"]}
    assert deployed == {name: (f"{prefix}pk", f"{prefix}sk") for name, prefix in INDEXES.items()}


def test_table_has_the_keys_of_the_code() -> None:
    assert keys(TABLE) == ("pk", "sk")
    assert TABLE["TimeToLiveSpecification"] == {"AttributeName": "ttl", "Enabled": True}


def test_every_attribute_that_the_template_names_exists_in_the_code() -> None:
    known = {attribute.attr_name for attribute in Item.get_attributes().values()}
    named = {definition["AttributeName"] for definition in TABLE["AttributeDefinitions"]}
    projected = {
        name for index in TABLE["GlobalSecondaryIndexes"] for name in index["Projection"].get("NonKeyAttributes", [])
    }
    assert (named | projected | {"ttl"}) <= known


@pytest.mark.parametrize("index", [i for i in TABLE["GlobalSecondaryIndexes"] if i["IndexName"] != "due"])
def test_index_of_a_list_carries_the_card_and_not_the_body(index: dict[str, Any]) -> None:
    """A list page is one query of small items; the body in an index would double every write."""
    assert index["Projection"] == {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["card", "kind"]}


def test_stream_wakes_after_commit_for_the_kinds_that_it_dispatches_and_no_other() -> None:
    source = RESOURCES["AfterCommitFunctionCommits"]["Properties"]
    patterns = [json.loads(one["Pattern"])["dynamodb"] for one in source["FilterCriteria"]["Filters"]]
    assert [set(pattern) for pattern in patterns] == [{"NewImage"}, {"OldImage"}]
    dispatch = code.tree(code.ROOT / "shared" / "palier" / "timers" / "dispatch.py")
    handled = {
        case.pattern.value.value
        for node in ast.walk(dispatch)
        if isinstance(node, ast.Match)
        for case in node.cases
        if isinstance(case.pattern, ast.MatchValue) and isinstance(case.pattern.value, ast.Constant)
    }
    for pattern in patterns:
        (image,) = pattern.values()
        assert set(image["kind"]["S"]) == handled


@pytest.mark.parametrize("name", ["Table", "FilesBucket", "InboundBucket", "LinkSecret"])
def test_what_cannot_be_made_again_outlives_the_stack(name: str) -> None:
    assert RESOURCES[name]["DeletionPolicy"] == RESOURCES[name]["UpdateReplacePolicy"] == "Retain"


def test_table_can_be_put_back_to_any_second() -> None:
    assert TABLE["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert TABLE["SSESpecification"] == {"SSEEnabled": True}
    assert TABLE["BillingMode"] == "PAY_PER_REQUEST"


@pytest.mark.parametrize("name", sorted(BUCKETS))
def test_bucket_is_closed_to_the_public_encrypted_and_expires_what_it_may(name: str) -> None:
    bucket = BUCKETS[name]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert "AES256" in str(bucket["BucketEncryption"])
    assert all(rule["Status"] == "Enabled" for rule in bucket["LifecycleConfiguration"]["Rules"])


@pytest.mark.parametrize("name", sorted(BUCKETS))
def test_bucket_refuses_what_is_not_encrypted_on_the_way(name: str) -> None:
    policies = [r for r in RESOURCES.values() if r["Type"] == "AWS::S3::BucketPolicy"]
    (policy,) = [p for p in policies if p["Properties"]["Bucket"] == {"Ref": name}]
    text = json.dumps(policy["Properties"]["PolicyDocument"])
    assert '"Effect": "Deny", "Principal": "*", "Action": "s3:*"' in text
    assert '{"Bool": {"aws:SecureTransport": "false"}}' in text


def test_uploads_that_nobody_attached_are_thrown_away() -> None:
    rules = BUCKETS["FilesBucket"]["LifecycleConfiguration"]["Rules"]
    (rule,) = [rule for rule in rules if rule.get("Prefix") == "incoming/"]
    assert rule["ExpirationInDays"] == {"Fn::FindInMap": ["Keep", "Uploads", "Days"]}
