"""What our cfn-lint rules have in common. Kept out of ``rules/``: cfn-lint instantiates every class it sees there."""

from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

from cfnlint.rules import CloudFormationLintRule, RuleMatch

from infra.lint.stack import Stack


class Finding(NamedTuple):
    """What is wrong, and at which resource (the path leads cfn-lint to the line)."""

    path: tuple[str | int, ...]
    message: str


def at(name: str, message: str) -> Finding:
    """Return a finding about a whole resource."""
    return Finding(("Resources", name), f"{name} {message}")


class Rule(CloudFormationLintRule):
    """A rule of ours: says what it finds in a stack."""

    source_url: ClassVar[str] = "infra/lint/README.md"
    tags: ClassVar[list[str]] = ["palier"]

    def findings(self, stack: Stack) -> Iterator[Finding]:
        """Yield what breaks the rule."""
        raise NotImplementedError

    def match(self, cfn: Any) -> list[RuleMatch]:
        """Answer cfn-lint."""
        return [RuleMatch(list(found.path), found.message) for found in self.findings(Stack(cfn.template))]
