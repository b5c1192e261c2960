"""What the four-eyes rules refuse is nobody's to-do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.desk.reads.todo import waiting_for
from bihuan.kernel.actor import SYSTEM
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.tests.world import SINCE
from bihuan.problems.actions.ask_extension import ask_extension
from bihuan.problems.actions.ask_void import ask_void
from bihuan.problems.tests.story import problem_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("verb", ["void", "decide_extension"])
def test_who_answers_for_the_unit_is_not_asked_to_void_or_extend(world, verb):
    grant_role(role="unit_liaison", unit=world.unit("hot_mill"), person=world.person("second_officer"),
               from_day=SINCE, by=SYSTEM, at=world.at)  # fmt: skip
    problem = problem_in(world, "rectifying")
    asked = {"problem": problem, "reason": "排期", "by": world.actor("worker_a"), "at": world.at}
    if verb == "void":
        ask_void(**asked)
    else:
        ask_extension(**asked, new_due_on=problem.due_on + timedelta(days=9))
    verbs = {who: {p.pk: p.verb for p in waiting_for(world.actor(who))}.get(problem.pk)
             for who in ("second_officer", "safety_officer")}  # fmt: skip
    assert verbs["safety_officer"] == verb and verbs["second_officer"] != verb
