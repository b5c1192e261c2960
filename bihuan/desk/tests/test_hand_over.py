"""Work that somebody left behind stands on the desk of whoever settles it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.desk.reads.todo import count_todo, todo_list
from bihuan.org.models import HandOver
from bihuan.problems.lists.open_work import open_work
from bihuan.problems.tests.story import problem_in

pytestmark = pytest.mark.django_db


def test_the_head_of_the_unit_is_asked_and_nobody_else(world, signed_in):
    problem_in(world, "rectifying")
    gone = world.person("worker_a")
    keys = [f"problems:{line.key}" for line in open_work(gone.pk, world.at)]
    row = HandOver.objects.create(person=gone, unit=world.unit("hot_mill"), why="left", keys=keys,
                                  listed_at=world.at, listed_by=world.person("system_admin"))  # fmt: skip
    [(_, _, _, [line])] = todo_list(world.actor("unit_head"), world.at).groups
    assert line.verb == "hand_over" and "还有 1 件没有人接" in line.text
    assert signed_in("unit_head").get(line.url).status_code == 200
    assert count_todo(world.actor("unit_head"), world.at) == 1
    assert not todo_list(world.actor("liaison"), world.at).groups
    HandOver.objects.filter(pk=row.pk).update(
        done_at=world.at + timedelta(hours=1), done_by=world.person("unit_head")
    )
    assert not todo_list(world.actor("unit_head"), world.at).groups
