"""What other rooms ask for stands on the desk until it is done, and is counted with the rest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.areas.inspection.actions.give_task import give_task
from bihuan.areas.inspection.tests.story import Story
from bihuan.desk.reads.todo import count_todo, todo_list
from bihuan.org.models import Employment

pytestmark = pytest.mark.django_db


def asked(actor, at) -> list:
    return [line for _, _, _, lines in todo_list(actor, at).groups for line in lines if line.verb == "other"]


def test_a_member_of_a_team_is_asked_until_it_is_done(world):
    story = Story(world)
    found = story.round()
    task = story.task(found)
    story.decide(found)
    task.round = found
    team = story.team(found)
    give_task(task=task, team=team, by=story.office, at=story.at)
    me = world.actor("second_officer")
    before = count_todo(me, story.at) or 0
    own = asked(me, story.at)
    assert [line.label for line in own] == ["申报、签承诺"] and own[0].url == "/inspection/mine/"
    story.own(team)
    assert asked(me, story.at) == [] and (count_todo(me, story.at) or 0) == before - 1


def test_who_decides_is_asked_about_a_tie(world):
    story = Story(world)
    found = story.round()
    Employment.objects.create(
        person=world.person("second_officer"), unit=world.unit("finishing"), title="会计主管", is_main=False,
        from_day=story.day - timedelta(days=400), to_day=story.day - timedelta(days=30),
    )  # fmt: skip
    team = story.team(found)
    lead = world.actor("leader")
    before = count_todo(lead, story.at) or 0
    give_task(task=story.task(found), team=team, by=story.office, at=story.at)
    assert [line.label for line in asked(lead, story.at)] == ["认定回避", "记审议"]
    assert count_todo(lead, story.at) == before + 2
    assert asked(world.actor("inspection_officer"), story.at) == []
