"""What a browser sends reaches the function as API Gateway would hand it over, and the answer comes back whole."""

from __future__ import annotations

import json

import httpx

from infra.local.testing import LocalCloud


def test_a_request_keeps_its_path_query_cookies_and_host(small_cloud: LocalCloud) -> None:
    address = f"{small_cloud.people_url}/echo/%C3%A9tage%202?a=1&a=2&b=%26"
    answer = httpx.get(address, headers={"Host": "agence.example", "Cookie": "x=1; y=2"})
    seen = answer.json()
    assert seen["pathParameters"] == {"name": "étage 2"}
    assert seen["query"] == {"a": ["1", "2"], "b": ["&"]}
    assert seen["cookie"] == "x=1; y=2"
    assert seen["host"] == "agence.example"


def test_several_cookies_come_back_as_several_headers(small_cloud: LocalCloud) -> None:
    answer = httpx.get(f"{small_cloud.people_url}/")
    assert answer.headers.get_list("set-cookie") == ["a=1; Path=/", "b=2; Path=/"]


def test_binary_answers_arrive_as_bytes(small_cloud: LocalCloud) -> None:
    answer = httpx.get(f"{small_cloud.people_url}/pdf", headers={"Accept": "application/pdf"})
    assert answer.content == b"%PDF-\x00\x01\xff"


def test_the_address_of_the_caller_cannot_be_made_up(small_cloud: LocalCloud) -> None:
    answer = httpx.get(f"{small_cloud.people_url}/", headers={"X-Forwarded-For": "203.0.113.9"})
    assert answer.json()["ip"] == "127.0.0.1"


def test_bodies_over_the_limit_of_api_gateway_are_refused(small_cloud: LocalCloud) -> None:
    answer = httpx.post(f"{small_cloud.people_url}/echo/a", content=b"x" * (10 * 1024 * 1024 + 1))
    assert answer.status_code == 413


def test_the_emulators_own_commands_cannot_be_reached(small_cloud: LocalCloud) -> None:
    for url in (small_cloud.people_url, small_cloud.aws_url):
        assert httpx.post(f"{url}/_ministack/reset").status_code in {403, 404}


def test_a_role_without_the_right_to_write_cannot_write(small_cloud: LocalCloud) -> None:
    assert httpx.get(f"{small_cloud.people_url}/forbidden").status_code == 502
    assert "AccessDeniedException" in small_cloud.function_logs("WebFunction")


def test_what_a_function_prints_is_in_its_log_at_once(small_cloud: LocalCloud) -> None:
    for number in range(5):
        httpx.get(f"{small_cloud.people_url}/echo/printed-{number}")
        assert f"asked for /echo/printed-{number}" in small_cloud.function_logs("WebFunction")


def test_the_outbox_is_json(small_cloud: LocalCloud) -> None:
    assert isinstance(json.loads(httpx.get(f"{small_cloud.people_url}/_local/outbox.json").content), list)
