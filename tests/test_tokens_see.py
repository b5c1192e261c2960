"""A token of one unit sees exactly what its person sees, and may no more than its scope."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bihuan.problems import states
from bihuan.problems.models import Problem
from bihuan.problems.tests.story import problem_in, raised
from bihuan.record.models import Event

PEOPLE = ("liaison", "unit_head", "worker_a", "worker_b", "secretary", "safety_officer", "leader", "outsider")


@pytest.fixture
def mixed(world):
    """Problems of several units and states, some for a closed circle, one offered to the iron mill."""
    for state in ("raised", "rectifying", "verifying", "closed"):
        problem_in(world, state)
        problem_in(world, state, secrecy="restricted")
    raised(world, unit=world.unit("iron_mill"))
    raised(world, unit=world.unit("finishing"), secrecy="restricted")
    return world


def on_pages(client) -> set[str]:
    """What a person meets: the ledger, and the page of each problem."""
    rows = {row.number for row in client.get("/problems/").context["page"].window.rows}
    pages = {
        number
        for number in Problem.objects.values_list("number", flat=True)
        if client.get(reverse("problems:page", args=[number])).status_code == 200
    }
    assert rows == pages
    return rows


def through(program) -> set[str]:
    rows = {item["number"] for item in program.get("problems?size=200").json()["items"]}
    single = {
        number
        for number in Problem.objects.values_list("number", flat=True)
        if program.get(f"problems/{number}").status_code == 200
    }
    assert rows == single
    return rows


@pytest.mark.parametrize("scope", ["read", "raise", "handle"])
def test_a_token_sees_what_its_person_sees(mixed, signed_in, program, scope):
    seen = {}
    for word in PEOPLE:
        seen[word] = on_pages(signed_in(word))
        assert through(program(word, scope)) == seen[word], word
    assert len(seen["outsider"]) == 1 < len(seen["liaison"]) < len(seen["safety_officer"])


def test_kept_within_a_unit_it_sees_that_part_of_it(mixed, signed_in, program):
    unit = mixed.unit("furnace")
    for word in ("liaison", "safety_officer", "leader"):
        below = set(Problem.objects.in_unit(unit.path).values_list("number", flat=True))
        assert through(program(word, "handle", unit="furnace")) == on_pages(signed_in(word)) & below
    answer = program("safety_officer", "handle", unit="furnace").post(
        "problems", {"statement": "滑线无罩", "unit": mixed.unit("iron_mill").pk, "source": "daily_check"}
    )
    assert answer.status_code == 422 and answer.json()["field"] == "unit"


def test_facts_count_what_the_token_sees(mixed, program):
    whole = program("safety_officer", "read").get("facts/problems.total").json()
    part = program("safety_officer", "read", unit="furnace").get("facts/problems.total").json()
    none = program("outsider", "read").get("facts/problems.total").json()
    assert whole["value"] == Problem.objects.count() == 10
    assert (part["value"], none["value"]) == (8, 1)
    assert sum(len(row["keys"]) for row in whole["rows"]) == whole["numerator"]


@pytest.mark.parametrize("noun", sorted(states.NOUNS.values()))
def test_a_token_that_reads_does_nothing(mixed, program, noun):
    """Not even where no grant is asked for: a person in charge, a remark, a request."""
    problem = Problem.objects.filter(closure="rectifying", secrecy="normal").get()
    before = (problem.version, Event.objects.filter(stream=problem.stream).count())
    required = {
        "text": "已办",
        "reason": "原因",
        "lead": "3101",
        "granted": True,
        "accepted": True,
        "passed": True,
    }
    for word in ("worker_a", "safety_officer"):
        for body in ({}, required, {"text": "已办"}, {"reason": "原因"}):
            answer = program(word, "read").post(f"problems/{problem.number}/{noun}", body)
            assert answer.status_code in (403, 409, 422), (noun, answer.content.decode())
    problem.refresh_from_db()
    assert before == (problem.version, Event.objects.filter(stream=problem.stream).count())


def test_a_token_that_registers_may_remark_but_not_rectify(mixed, program):
    problem = Problem.objects.filter(closure="rectifying", secrecy="normal").get()
    worker = program("worker_a", "raise")
    assert worker.post(f"problems/{problem.number}/comment", {"text": "明天到货"}).status_code == 200
    refused = worker.post(f"problems/{problem.number}/progress", {"progress": "done", "text": "办完"})
    assert refused.status_code == 403 and "范围" in refused.json()["reason"]
