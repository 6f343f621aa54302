"""The OpenAPI file describes every route, and what the routes give is as it says, whatever they are sent."""

from typing import Any

import httpx
import jsonschema_rs
import pytest

from app.api.openapi import ROUTES
from evals.bench.fuzz_api import fuzz
from tests.app.api.asking import MIRA, serving_assistant
from tests.conftest import Desk


@pytest.fixture
def described(http: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = http.get("/v1/openapi.json").json()
    return found


def test_every_route_is_described_with_its_errors(described: dict[str, Any]) -> None:
    operations = {
        (method, path.removeprefix("/v1")): operation
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    }
    assert set(operations) == set(ROUTES)
    assert len({o["operationId"] for o in operations.values()}) == len(operations)
    for operation in operations.values():
        assert operation["summary"]
        statuses = set(operation["responses"])
        assert {"401", "500"} <= statuses
        assert statuses & {"200", "201"}
        if "requestBody" in operation:
            assert {"400", "403", "413", "422", "429", "503"} <= statuses
            assert all("Retry-After" in operation["responses"][status]["headers"] for status in ("429", "503"))


def test_it_says_what_it_is_and_under_which_terms(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert described["info"]["title"] == "Vivavoce"
    assert described["info"]["license"]["identifier"] == "Apache-2.0"
    assert described["info"]["version"]


def test_examples_are_about_who_is_there_and_work(http: httpx.Client, described: dict[str, Any]) -> None:
    for path, methods in described["paths"].items():
        body = methods.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json", {})
        for example in body.get("examples", {}).values():
            named = example["value"].get("profile") or example["value"].get("model")
            assert named == "broken"  # the first in order; here it cannot answer
            asked = {k: MIRA if v == named else v for k, v in example["value"].items()}
            assert http.post(path, json=asked).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("post", "/ask", {"profile": MIRA, "question": "List her publications"}),
        ("post", "/chat/completions", {"model": MIRA, "messages": [{"role": "user", "content": "Her awards?"}]}),
        ("post", "/search", {"profile": MIRA, "query": "whales"}),
        ("post", "/match", {"profile": MIRA, "text": "Requirements:\n- PhD in acoustics\n- Age under 30"}),
        ("post", "/match/view", {"profile": MIRA, "text": "Requirements:\n- PhD in acoustics"}),
        ("post", "/feedback", {"profile": MIRA, "fingerprint": "0" * 64, "verdict": "helpful"}),
        ("get", "/models", None),
        ("get", f"/models/{MIRA}", None),
        ("get", "/profiles", None),
        ("get", f"/profiles/{MIRA}", None),
        ("get", f"/profiles/{MIRA}/documents", None),
        ("get", f"/profiles/{MIRA}/documents/cv.md", None),
        ("get", f"/profiles/{MIRA}/publications", None),
    ],
)
def test_what_a_route_gives_has_every_key_described_and_no_other(
    http: httpx.Client, described: dict[str, Any], method: str, path: str, body: Any
) -> None:
    reply = http.request(method, f"/v1{path}", json=body)
    assert reply.is_success
    template = path.replace(MIRA, "{slug}").replace("cv.md", "{document}")
    given = described["paths"][f"/v1{template}"][method]["responses"][str(reply.status_code)]
    reference = given["content"]["application/json"]["schema"]["$ref"]
    closed = {k: v | {"additionalProperties": v.get("additionalProperties", False)} if "properties" in v else v
              for k, v in described["components"]["schemas"].items()}  # fmt: skip
    schema = {"$ref": reference, "components": {"schemas": closed}}
    jsonschema_rs.validator_for(schema).validate(reply.json())


def test_no_request_that_is_made_up_breaks_the_description(healthy: Desk) -> None:
    """A few; ``evals.bench.fuzz_api`` sends thousands."""
    with serving_assistant(healthy) as served:
        assert fuzz(served.url, "--phases", "examples,fuzzing", "--max-examples", "12", "--seed", "7") > 150
