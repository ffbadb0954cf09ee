"""Reads a template after the SAM translation: who is a function, what a role allows. Judges nothing."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Resource = Mapping[str, Any]


class Statement(NamedTuple):
    """One statement that allows something, and where it stands in the template."""

    role: str
    path: tuple[str | int, ...]
    actions: tuple[str, ...]
    resources: tuple[Any, ...]


class NotTranslatedError(ValueError):
    """The template still holds SAM's short forms: our rules would find no function in it, and nothing wrong."""


class Stack:
    """The resources of one template."""

    def __init__(self, template: Mapping[str, Any]) -> None:
        self.resources: Mapping[str, Resource] = template.get("Resources", {})
        if self.of_type("AWS::Serverless::Function"):
            raise NotTranslatedError

    def of_type(self, kind: str) -> dict[str, Resource]:
        """Return the properties of every resource of a type."""
        return {
            name: resource.get("Properties", {})
            for name, resource in self.resources.items()
            if resource.get("Type") == kind
        }

    def functions(self) -> dict[str, Resource]:
        """Return the properties of every Lambda function."""
        return self.of_type("AWS::Lambda::Function")

    def pages(self) -> set[str]:
        """Return the functions that the API calls, as its body says."""
        called = set()
        for api in self.of_type("AWS::ApiGateway::RestApi").values():
            text = _texts(api.get("Body", {}))
            called |= {name for name in self.functions() if any(f"${{{name}.Arn}}" in uri for uri in text)}
        return called

    def role_of(self, function: str) -> str:
        """Return the role of a function of this template; empty when it is not in it."""
        return target(self.functions()[function].get("Role"))

    def allowed(self) -> Iterator[Statement]:
        """Yield every statement of every role that allows something, in all branches of its conditions."""
        for role, properties in self.of_type("AWS::IAM::Role").items():
            for number, policy in enumerate(properties.get("Policies", [])):
                where = ("Resources", role, "Properties", "Policies", number)
                for statement in branches(policy.get("PolicyDocument", {}).get("Statement", [])):
                    if statement.get("Effect") == "Allow":
                        yield Statement(role, where, _strings(statement, "Action"), _items(statement, "Resource"))


def target(value: Any) -> str:
    """Return the logical id that a ``Ref`` or ``GetAtt`` leads to; empty for anything else."""
    if isinstance(value, Mapping) and "Ref" in value:
        return str(value["Ref"])
    if isinstance(value, Mapping) and "Fn::GetAtt" in value:
        attribute = value["Fn::GetAtt"]
        return str(attribute[0] if isinstance(attribute, list) else attribute.partition(".")[0])
    return ""


def branches(value: Any) -> Iterator[Any]:
    """Yield the items of a list, or the one item, looking into both sides of every ``Fn::If``."""
    if isinstance(value, list):
        for item in value:
            yield from branches(item)
    elif isinstance(value, Mapping) and "Fn::If" in value:
        yield from branches(value["Fn::If"][1:])
    elif not (isinstance(value, Mapping) and value.get("Ref") == "AWS::NoValue"):
        yield value


def _items(statement: Resource, key: str) -> tuple[Any, ...]:
    return tuple(branches(statement.get(key, [])))


def _strings(statement: Resource, key: str) -> tuple[str, ...]:
    return tuple(str(item) for item in _items(statement, key))


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    children = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else []
    return [text for child in children for text in _texts(child)]
