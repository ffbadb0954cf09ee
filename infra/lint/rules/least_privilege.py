"""What each function may do: one role each, named actions on named resources, and readers only read."""

from collections import Counter
from collections.abc import Iterator

from infra.lint import base
from infra.lint.exceptions import ANY_RESOURCE, READ_ONLY, READING
from infra.lint.stack import Stack, Statement


class OneRoleEach(base.Rule):
    """A shared role gives each function what the others need."""

    id = "E9111"
    shortdesc = "Every function has a role of its own, written in this template"
    description = "SAM's generated roles bring managed policies with wildcards"

    def findings(self, stack: Stack) -> Iterator[base.Finding]:
        """Yield functions with a shared or foreign role, and roles that attach managed policies."""
        roles = stack.of_type("AWS::IAM::Role")
        uses = Counter(stack.role_of(name) for name in stack.functions())
        for name in stack.functions():
            role = stack.role_of(name)
            if role not in roles:
                yield base.at(name, "has no role of this template")
            elif uses[role] > 1:
                yield base.at(name, f"shares {role} with another function")
        for role, properties in roles.items():
            if properties.get("ManagedPolicyArns"):
                yield base.at(role, "attaches managed policies: their statements are not in this template")


class NoWildcardAction(base.Rule):
    """An action is named in full."""

    id = "E9112"
    shortdesc = "No wildcard in the actions that a role allows"
    description = "`dynamodb:*` includes DeleteTable"

    def findings(self, stack: Stack) -> Iterator[base.Finding]:
        """Yield statements whose actions hold a star."""
        for statement in stack.allowed():
            for action in statement.actions:
                if "*" in action:
                    yield base.Finding(statement.path, f"{statement.role} allows {action}")


class NoWildcardResource(base.Rule):
    """A permission names what it is about."""

    id = "E9113"
    shortdesc = "No bare wildcard in the resources that a role allows"
    description = "A star after a name (a folder of a bucket, the indexes of a table) is a name; `*` is not"

    def findings(self, stack: Stack) -> Iterator[base.Finding]:
        """Yield permissions on everything that are not listed exceptions, and exceptions nobody needs."""
        unused = {pair for pair in ANY_RESOURCE if pair[0] in stack.resources}
        for statement in stack.allowed():
            if not any(_names_nothing(resource) for resource in statement.resources):
                continue
            for action in statement.actions:
                unused.discard((statement.role, action))
                if (statement.role, action) not in ANY_RESOURCE:
                    yield base.Finding(statement.path, f"{statement.role} allows {action} on everything")
        for role, action in sorted(unused):
            yield base.at(role, f"no longer needs the exception for {action} in infra/lint/exceptions.py")


def _names_nothing(resource: object) -> bool:
    return isinstance(resource, str) and set(resource.rpartition(":")[2]) <= {"*"}


class ReadersOnlyRead(base.Rule):
    """A page that is only read cannot write, whatever its code does."""

    id = "E9114"
    shortdesc = "Functions that only read have no permission to write"
    description = "The list is infra/lint/exceptions.py"

    def findings(self, stack: Stack) -> Iterator[base.Finding]:
        """Yield every permission of a reader that is not reading."""
        readers = {stack.role_of(name): name for name in READ_ONLY if name in stack.functions()}
        for statement in stack.allowed():
            for action in _more_than_reading(statement):
                if statement.role in readers:
                    yield base.Finding(statement.path, f"{readers[statement.role]} only reads, but may {action}")


def _more_than_reading(statement: Statement) -> list[str]:
    return [action for action in statement.actions if action not in READING]
