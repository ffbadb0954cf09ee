"""A browser for one function: keeps cookies, fills forms in, follows nothing by itself."""

import importlib.util
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from selectolax.lexbor import LexborHTMLParser

ROOT = Path(__file__).parents[3]


class Page:
    """An answer: status, where it sends, and the page."""

    def __init__(self, answer: Mapping[str, Any]) -> None:
        self.status: int = answer["statusCode"]
        self.text: str = answer["body"]
        self.headers: Mapping[str, str] = answer["headers"]
        self.cookies: list[str] = answer["multiValueHeaders"].get("Set-Cookie", [])
        self.tree = LexborHTMLParser(self.text or "<p>")

    @property
    def location(self) -> str:
        return self.headers["Location"]

    def hidden(self, action: str) -> dict[str, str]:
        """The hidden fields of the form with this action."""
        form = next(one for one in self.tree.css("form") if one.attributes["action"] == action)
        fields = form.css("input[type=hidden]")
        return {str(field.attributes["name"]): str(field.attributes["value"]) for field in fields}


class Browser:
    """Talks to the handler as API Gateway does."""

    def __init__(self, function: str, host: str = "demo.example", *, scheme: str = "https") -> None:
        self.app = load(function)
        self.host, self.scheme = host, scheme
        self.jar: dict[str, str] = {}

    def get(self, address: str) -> Page:
        return self._call("GET", address, "")

    def post(self, address: str, fields: Mapping[str, str]) -> Page:
        return self._call("POST", address, urlencode(fields))

    def submit(self, page: Page, action: str, **fields: str) -> Page:
        return self.post(action, {**page.hidden(action), **fields})

    def _call(self, method: str, address: str, body: str) -> Page:
        answer = self.app(self._event(method, address, body), None)
        page = Page(answer)
        for header in page.cookies:
            name, _, rest = header.partition("=")
            value = rest.partition(";")[0]
            self.jar[name] = value
            if not value:
                del self.jar[name]
        return page

    def _event(self, method: str, address: str, body: str) -> dict[str, Any]:
        parts = urlsplit(address)
        query = dict(parse_qsl(parts.query))
        resource, params = self._route(method, parts.path)
        headers = {"Host": self.host, "X-Forwarded-Proto": self.scheme, "Accept": "text/html"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {}
        return {
            "resource": resource,
            "path": parts.path,
            "httpMethod": method,
            "headers": headers,
            "multiValueHeaders": {name: [value] for name, value in headers.items()},
            "queryStringParameters": query or None,
            "multiValueQueryStringParameters": {name: [value] for name, value in query.items()} or None,
            "pathParameters": params or None,
            "stageVariables": None,
            "requestContext": {
                "resourcePath": resource,
                "httpMethod": method,
                "requestId": "request",
                "identity": {"sourceIp": "192.0.2.1"},
            },
            "body": body or None,
            "isBase64Encoded": False,
        }

    def _route(self, method: str, path: str) -> tuple[str, dict[str, str]]:
        for route, methods in self.app.routes.items():
            names, values = route.split("/"), path.split("/")
            if method in methods and len(names) == len(values):
                pairs = dict(zip(names, values, strict=True))
                params = {name[1:-1]: value for name, value in pairs.items() if name.startswith("{")}
                if all(name == value or name.startswith("{") for name, value in pairs.items()):
                    return route, params
        raise LookupError(f"{method} {path}")


def load(function: str) -> Any:
    """The function's Chalice app, made anew for the table of this test."""
    return load_module(function).app


def load_module(function: str) -> ModuleType:
    """The module of one function."""
    path = ROOT / "functions" / function / "app.py"
    spec = importlib.util.spec_from_file_location(f"app_{function}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # pydantic looks annotations up there
    spec.loader.exec_module(module)
    return module
