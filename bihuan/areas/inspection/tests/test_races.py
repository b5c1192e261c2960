"""Two hands at once on one task, one plan: one wins."""

from __future__ import annotations

import pytest

from bihuan.areas.inspection.actions.adopt_problems import adopt_problems
from bihuan.areas.inspection.actions.authorise_team import authorise_team
from bihuan.areas.inspection.actions.enter import enter
from bihuan.areas.inspection.actions.form_team import form_team
from bihuan.areas.inspection.actions.give_task import give_task
from bihuan.areas.inspection.actions.leave import leave
from bihuan.areas.inspection.actions.lift_recusal import lift_recusal
from bihuan.areas.inspection.actions.post_announcement import post_announcement
from bihuan.areas.inspection.actions.remove_member import remove_member
from bihuan.areas.inspection.actions.review_year import review_year
from bihuan.areas.inspection.actions.send_notice import send_notice
from bihuan.areas.inspection.models import Finding, Member, RecusalCase, Round, Task, Team, YearPlan
from bihuan.kernel.refused import Refused
from bihuan.org.tests.world import build
from bihuan.problems.models import Problem
from bihuan.problems.tests.story import raised
from bihuan.record.models import Event

from .story import MEETING, Story


@pytest.fixture
def story(transactional_db) -> Story:
    return Story(build(accounts=False))


def _task() -> Task:
    return Task.objects.select_related("round__plan__term", "round__rule_pack", "org", "framework").get()


def test_one_entry_and_one_leaving(story, race):
    found = story.round()
    task = story.task(found)
    story.decide(found)
    task.round = found
    story.ready(task)
    for action, kind in ((enter, "inspection.entered"), (leave, "inspection.left")):
        done = race(lambda: action(task=_task(), on=story.day, by=story.office, at=story.at), times=4)
        assert sum(one.error is None for one in done) == 1
        assert all(isinstance(one.error, Refused) for one in done if one.error)
        assert Event.objects.filter(kind=kind).count() == 1


def test_a_problem_goes_into_one_round(story, race):
    task = story.entered()
    one = raised(story.world, statement="护栏缺失")
    Problem.objects.filter(pk=one.pk).update(found_on=story.day)
    done = race(
        lambda: adopt_problems(
            task=_task(), problems=Problem.objects.filter(pk=one.pk), by=story.office, at=story.at
        ),
        times=4,
    )
    assert sum(one.error is None for one in done) == 1
    assert all(isinstance(one.error, Refused) for one in done if one.error)
    assert Finding.objects.get().task == task


def test_one_authorisation_one_lifting_one_pledge(story, race):
    found = story.round()
    task = story.task(found)
    story.decide(found)
    task.round = found
    team = story.team(found, "safety_officer", "liaison")
    give_task(task=task, team=team, by=story.office, at=story.at)
    said = {"by": story.lead, "at": story.at}
    case = RecusalCase.objects.get()
    done = race(lambda: lift_recusal(case=_case(case.pk), why="已核对", **said), times=4)
    assert sum(one.error is None for one in done) == 1
    story.own(team)
    done = race(
        lambda: authorise_team(
            team=Team.objects.select_related("round__rule_pack").get(), document="1 号", **said
        ),
        times=4,
    )
    assert sum(one.error is None for one in done) == 1
    assert all(isinstance(one.error, Refused) for one in done if one.error)
    kinds = ("inspection.authorised", "inspection.recusal_lifted")
    assert [Event.objects.filter(kind=kind).count() for kind in kinds] == [1, 1]


def test_one_notice_one_announcement_one_removal(story, race):
    found = story.round()
    task = story.task(found)
    story.decide(found)
    team = story.team(found)
    said = {"by": story.office, "at": story.at}
    posted = {
        "posted_on": story.day, "places": "食堂", "phone": "6120", "mailbox": "厂门口", "accepts_until": story.day,
    }  # fmt: skip
    member = team.members.select_related("round", "person").last()
    for act in (
        lambda: send_notice(task=_task(), number="1 号", sent_on=story.day, receiver="党委工作部", **said),
        lambda: post_announcement(task=_task(), **posted, **said),
        lambda: remove_member(
            member=Member.objects.select_related("round").get(pk=member.pk), why="调动", **said
        ),
    ):
        done = race(act, times=4)
        assert sum(one.error is None for one in done) == 1
        assert all(isinstance(one.error, Refused) for one in done if one.error)
    kinds = ("inspection.notice_sent", "inspection.announced", "inspection.member_removed")
    assert [Event.objects.filter(kind=kind).count() for kind in kinds] == [1, 1, 1]
    assert task.round_id == found.pk


def _case(pk: int) -> RecusalCase:
    return RecusalCase.objects.select_related("member__round", "person", "org").get(pk=pk)


def test_a_person_is_in_one_team_and_a_team_has_one_number(story, race):
    found = story.round()
    done = race(lambda: form_team(round=Round.objects.get(), by=story.office, at=story.at), times=4)
    assert Team.objects.count() == sum(one.error is None for one in done) >= 1
    assert all(isinstance(one.error, Refused) for one in done if one.error)
    team = Team.objects.filter(round=found).select_related("round__rule_pack").first()
    done = race(lambda: story.member(team, "safety_officer", "leader"), times=4)
    assert Member.objects.count() == sum(one.error is None for one in done) == 1
    assert all(isinstance(one.error, Refused) for one in done if one.error)


def test_one_review(story, race):
    story.round()
    said = {"on": story.day, "document": MEETING, "by": story.lead, "at": story.at}
    done = race(lambda: review_year(plan=YearPlan.objects.select_related("term").get(), **said), times=4)
    assert sum(one.error is None for one in done) == 1
    assert Event.objects.filter(kind="inspection.year_reviewed").count() == 1
