"""Plans and rounds lead by the desk: each step stands on the desk of who takes it next, and of nobody else."""

from __future__ import annotations

import pytest

from bihuan.areas.inspection.actions.approve_round import approve_round
from bihuan.areas.inspection.actions.approve_term import approve_term
from bihuan.areas.inspection.actions.approve_year import approve_year
from bihuan.areas.inspection.actions.authorise_team import authorise_team
from bihuan.areas.inspection.actions.enter import enter
from bihuan.areas.inspection.actions.give_task import give_task
from bihuan.areas.inspection.actions.review_year import review_year
from bihuan.areas.inspection.reads.desk_plan import plan_lines, plan_rows
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.tests.world import SINCE

from .story import MEETING, TEAM, Story

pytestmark = pytest.mark.django_db


def test_each_step_stands_on_the_desk_of_who_takes_it(world, django_assert_max_num_queries):
    story = Story(world)
    said = {"on": story.day, "document": MEETING, "by": story.lead, "at": story.at}

    def desk(word: str) -> list[str]:
        actor = world.actor(word)
        found = [line.label for line in plan_lines(actor)]
        assert len(found) == sum(rows.count() for rows in plan_rows(actor))
        return found

    def desks() -> tuple[list[str], list[str]]:
        return desk("leader"), desk("inspection_officer")

    term = story.term(approved=False)
    assert desks() == (["记批准"], [])
    approve_term(term=term, **said)
    found = story.round()
    assert desks() == ([], ["列任务"])
    task = story.task(found)
    assert desks() == (["记审议"], [])
    review_year(plan=found.plan, **said)
    assert desks() == (["记批准"], [])
    approve_year(plan=found.plan, **said)
    assert desks() == (["记批准"], [])
    task.round = approve_round(round=found, **said)
    assert desks() == ([], ["去准备"])
    team = story.team(found)
    give_task(task=task, team=team, by=story.office, at=story.at)
    assert desk("leader") == []
    story.own(team)
    assert desk("leader") == ["记授权"] and desk(TEAM[1]) == []
    # who drew it up does not decide it, nor who belongs to it
    for word in ("inspection_officer", TEAM[0]):
        grant_role(
            role="inspection_lead", unit=world.unit("group"), person=world.person(word), from_day=SINCE,
            by=world.actor("security_admin"), at=world.at,
        )  # fmt: skip
    assert desk("inspection_officer") == ["去准备"] and desk(TEAM[0]) == []
    authorise_team(team=team, document="晋岭巡组〔2025〕1 号", by=story.lead, at=story.at)
    assert desk("leader") == [] and desk(TEAM[1]) == ["打开"]
    story.papers(task)
    enter(task=task, on=story.day, by=story.office, at=story.at)
    assert desk(TEAM[1]) == [] and desk("inspection_officer") == ["打开"]
    office = world.actor("inspection_officer")
    with django_assert_max_num_queries(6):
        list(plan_lines(office))
    assert desk("unit_head") == [] == desk("outsider")
