"""Units merge and close; their open problems do not get lost on the way."""

from __future__ import annotations

import pytest

from bihuan.kernel.refused import Refused
from bihuan.org.actions.close_node import close_node
from bihuan.org.actions.merge_node import merge_node
from bihuan.problems.models import Problem
from bihuan.record.models import Event

from .story import problem_in


def test_a_unit_with_open_problems_is_not_closed(world):
    problem_in(world, "rectifying")
    with pytest.raises(Refused):
        close_node(
            node=world.unit("furnace"), on=world.day, why="撤销", by=world.actor("system_admin"), at=world.at
        )
    assert world.unit("furnace").closed_on is None


def test_open_problems_follow_the_unit_and_closed_ones_keep_theirs(world):
    moving, done = problem_in(world, "rectifying"), problem_in(world, "closed")
    merge_node(
        node=world.unit("furnace"),
        into=world.unit("finishing"),
        on=world.day,
        why="合并",
        by=world.actor("system_admin"),
        at=world.at,
    )
    moving, done = Problem.objects.get(pk=moving.pk), Problem.objects.get(pk=done.pk)
    assert (moving.unit, moving.closure) == (world.unit("finishing"), "rectifying")
    assert done.unit == world.unit("furnace")
    event = Event.objects.of(moving.stream).last()
    assert event.data["decided_by"] == world.person("system_admin").pk
    assert list(Problem.objects.containing("精整车间 煤气").open()) == [moving]
