"""The API may call the functions of its routes, each by one permission; SAM would add one for every route."""

from collections import Counter
from collections.abc import Iterator

from infra.lint import base
from infra.lint.stack import Stack, target


class OnePermissionEach(base.Rule):
    """CloudFormation stops at 500 resources: a permission for each route would fill it."""

    id = "E9121"
    shortdesc = "The API has exactly one permission for each function of its routes"
    description = "A missing one answers 500, a second one is a route declared elsewhere"

    def findings(self, stack: Stack) -> Iterator[base.Finding]:
        """Yield functions of routes without a permission, or with several, and permissions without a route."""
        given = Counter(
            target(permission.get("FunctionName"))
            for permission in stack.of_type("AWS::Lambda::Permission").values()
            if permission.get("Principal") == "apigateway.amazonaws.com"
        )
        pages = stack.pages()
        for name in sorted(pages | set(given)):
            if name not in pages:
                yield base.at(name, "may be called by the API but has no route")
            elif given[name] != 1:
                yield base.at(name, f"has {given[name]} permissions for the API, not one")
