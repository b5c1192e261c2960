"""The API keeps to its own description: requests made up by the hundred, in and out of the schema.

Every operation meets real problems in every state; what a request does is undone before the next one. The
longer series against a real server is `make soak ONLY=api`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from bihuan.config.api import description
from bihuan.problems.models import Problem
from bihuan.problems.tests.story import STEPS, problem_in
from tests.guards.source import HOME

EXAMPLES = 4
OPERATIONS = sorted(
    f"{method.upper()} {path}" for path, operations in description()["paths"].items() for method in operations
)


@pytest.fixture
def schema(db: None) -> Iterator[Any]:
    """The description as it is served, and the house itself behind it, on the connection of this test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    config = schemathesis.Config.from_path(HOME / "schemathesis.toml")
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application(), config=config)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def lives(world) -> list[str]:
    """A problem in every state, and a number nobody has."""
    for state in STEPS:
        problem_in(world, state)
    return [*Problem.objects.values_list("number", flat=True), "RC-RZ-JR-209901-001"]


def throw(operation: Any, mode: GenerationMode, numbers: list[str], key: str) -> int:
    """Throw made-up requests at one operation and hold each answer against the description."""
    thrown = 0

    def with_number(number: str) -> Any:
        return operation.as_strategy(generation_mode=mode, path_parameters={"number": number})

    named = "{number}" in operation.path
    cases = (
        st.sampled_from(numbers).flatmap(with_number)
        if named
        else operation.as_strategy(generation_mode=mode)
    )

    @settings(
        max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=cases)
    def meet(case: Any) -> None:
        nonlocal thrown
        with transaction.atomic():
            case.call_and_validate(headers={"Authorization": f"Bearer {key}"})
            transaction.set_rollback(True)
        thrown += 1

    meet()
    return thrown


def test_every_operation_keeps_to_its_description(schema, lives, program):
    """One house for all of them: building one for each would take longer than the requests."""
    key, faults, thrown = program("safety_officer").text, [], 0
    for name in OPERATIONS:
        method, path = name.split(" ")
        operation = schema[path][method]
        # where nothing is given, nothing can be given wrongly
        modes = GenerationMode if operation.body or operation.query else [GenerationMode.POSITIVE]
        for mode in modes:
            try:
                thrown += throw(operation, mode, lives, key)
            except Exception as fault:  # whatever it is, it is the finding; the others are still thrown
                faults.append(f"{name} {mode.value}: {fault}"[:1500])
    assert not faults, "\n\n".join(faults)
    assert thrown >= 200


def test_the_description_is_whole(client):
    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1") and told["components"]["securitySchemes"]
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"] and operation["operationId"] and operation["security"], path
            codes = set(operation["responses"])
            assert {"400", "401", "404", "422", "429"} <= codes, path
            assert (method == "get") or {"403", "409"} <= codes, path
            names = {p["name"] for p in operation.get("parameters", [])}
            assert ("Idempotency-Key" in names) is (method == "post"), path


def test_addresses_that_are_none_answer_in_the_same_shape(client, program):
    for url in ("/api/v1/nothing", "/api/v1/problems/", "/api/v2/problems", "/api/"):
        answer = client.get(url)
        assert answer.status_code == 404 and answer.json()["code"] == "missing"
    assert program("liaison").call("put", "me", {}).status_code == 405


def test_the_page_of_the_api_shows_every_operation(signed_in, client):
    page = signed_in("worker_a").get("/api/v1/docs").content.decode()
    assert page.count("<details") >= len(OPERATIONS)
    assert "http://" not in page.split("<pre")[0].replace("http://testserver", "")
    assert client.get("/api/v1/docs").status_code == 302
