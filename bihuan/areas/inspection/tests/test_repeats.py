"""三个不固定: leader, target and pairing that are those of last time are said, never barred."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.areas.inspection.actions.give_task import give_task
from bihuan.areas.inspection.actions.keep_talent import keep_talent
from bihuan.areas.inspection.models import Round, Task
from bihuan.areas.inspection.reads.repeats import before

from .story import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(world) -> Story:
    return Story(world)


@pytest.fixture
def second(story) -> Round:
    """A round after one in which the two of the safety department were at the hot mill."""
    story.left(story.entered())
    found = story.round("R2")
    found.starts_on = story.day + timedelta(days=90)
    found.ends_on = story.day + timedelta(days=150)
    found.save(update_fields=["starts_on", "ends_on"])
    return found


def there(story: Story, found: Round) -> Task:
    return Task.objects.create(
        round=found, org=story.world.party["mill"], mode="regular", framework=story.framework(),
        from_day=found.starts_on, to_day=found.ends_on,
    )  # fmt: skip


def test_leader_target_and_pairing(story, second):
    task = there(story, second)
    team = story.team(second, "safety_officer", "second_officer", "rules_keeper")
    members = list(team.members.select_related("person").order_by("pk"))
    said = before(second, [task.org_id]).of_team(members, [task])
    assert said == [
        "侯振华上次也任组长",
        "侯振华、温慧敏上次也去过热轧厂党总支",
        "侯振华、温慧敏上次同在2025年巡察 R1第一巡察组",
    ]
    other = story.team(second, "duty_officer", "audit_admin")
    assert before(second, [task.org_id]).of_team(other.members.select_related("person"), [task]) == []


def test_another_leader_another_pair_is_no_repetition(story, second):
    team = story.team(second, "rules_keeper", "safety_officer")
    assert before(second).of_team(team.members.select_related("person").order_by("pk")) == []


def test_the_first_round_repeats_nothing(story):
    found = story.round()
    team = story.team(found)
    assert before(found).of_team(team.members.select_related("person")) == []


def test_a_cancelled_round_is_not_the_last_one(story, second):
    Round.objects.filter(code="R1").update(state="cancelled")
    assert before(second).team == {}


def test_where_it_is_said(story, second, signed_in):
    office, task = signed_in("inspection_officer"), there(story, second)
    for word in ("safety_officer", "second_officer", "duty_officer"):
        keep_talent(person=story.world.person(word), skills="", by=story.office, at=story.at)
    team = story.team(second, "second_officer")
    page = office.get(f"/inspection/teams/{team.pk}/members/new/").content.decode()
    assert "上次任组长，上次和温慧敏同组" in page
    assert 'href="?person=2001" data-fill="id_person" data-value="2001"' in page
    filled = office.get(f"/inspection/teams/{team.pk}/members/new/?person=2001").content.decode()
    assert 'value="2001"' in filled.split("<form")[-1]
    story.member(team, "safety_officer")
    give = office.get(f"/inspection/tasks/{task.pk}/team/").content.decode()
    assert "第一巡察组：温慧敏、侯振华上次也去过热轧厂党总支" in give
    dealing = office.get("/inspection/rounds/R2/dealing/").content.decode()
    assert "上次也去过热轧厂党总支" in dealing and "上次同在2025年巡察 R1第一巡察组" in dealing
    give_task(task=task, team=team, by=story.office, at=story.at)
    shown = office.get("/inspection/rounds/R2/").content.decode()
    assert "温慧敏、侯振华上次同在2025年巡察 R1第一巡察组" in shown and "只作提醒" in shown
