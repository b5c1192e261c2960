"""Two hands at once on one task, one plan: one wins."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bihuan.areas.inspection.actions.adopt_problems import adopt_problems
from bihuan.areas.inspection.actions.ask_briefings import ask_briefings
from bihuan.areas.inspection.actions.authorise_team import authorise_team
from bihuan.areas.inspection.actions.declare import declare
from bihuan.areas.inspection.actions.enter import enter
from bihuan.areas.inspection.actions.form_team import form_team
from bihuan.areas.inspection.actions.give_task import give_task
from bihuan.areas.inspection.actions.hold_entry_meeting import hold_entry_meeting
from bihuan.areas.inspection.actions.leave import leave
from bihuan.areas.inspection.actions.lend_members import lend_members
from bihuan.areas.inspection.actions.lift_recusal import lift_recusal
from bihuan.areas.inspection.actions.name_liaison import name_liaison
from bihuan.areas.inspection.actions.open_round import open_round
from bihuan.areas.inspection.actions.post_announcement import post_announcement
from bihuan.areas.inspection.actions.prolong_team import prolong_team
from bihuan.areas.inspection.actions.remove_member import remove_member
from bihuan.areas.inspection.actions.return_briefing import return_briefing
from bihuan.areas.inspection.actions.return_member import return_member
from bihuan.areas.inspection.actions.review_year import review_year
from bihuan.areas.inspection.actions.send_appraisal import send_appraisal
from bihuan.areas.inspection.actions.send_notice import send_notice
from bihuan.areas.inspection.actions.tell_relative import tell_relative
from bihuan.areas.inspection.actions.withdraw_relative import withdraw_relative
from bihuan.areas.inspection.actions.write_appraisal import write_appraisal
from bihuan.areas.inspection.models import (
    Answer,
    Appraisal,
    Briefing,
    EntryMeeting,
    Finding,
    Liaison,
    Member,
    RecusalCase,
    Relative,
    Round,
    Secondment,
    Task,
    Team,
    YearPlan,
)
from bihuan.kernel.refused import Refused
from bihuan.org.models import Person
from bihuan.org.tests.world import build
from bihuan.problems.models import Problem
from bihuan.problems.tests.story import raised
from bihuan.record.models import Event

from .before import decided, speaks, told
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


def test_a_declaration_and_a_removal_two_of_a_relative(story, race):
    """Whoever is replaced declares no more; the same relative told twice at once stands once and is withdrawn once."""
    team = story.team(story.round())
    pk = team.members.get(part="member").pk
    own = story.world.actor("second_officer")

    def member() -> Member:
        return Member.objects.select_related("round__rule_pack", "person").get(pk=pk)

    unit = story.world.unit("furnace")
    done = race(
        lambda: tell_relative(member=member(), relation="spouse", unit=unit, by=own, at=story.at), times=4
    )
    assert Relative.objects.count() == sum(one.error is None for one in done) == 1
    assert all(isinstance(one.error, Refused) for one in done if one.error)
    done = race(lambda: withdraw_relative(relative=Relative.objects.get(), by=own, at=story.at), times=4)
    assert sum(one.error is None for one in done) == 1
    assert Event.objects.filter(kind="inspection.relative_withdrawn").count() == 1
    done = race(
        [
            lambda: declare(member=member(), by=own, at=story.at),
            lambda: remove_member(member=member(), why="调动", by=story.office, at=story.at),
            lambda: declare(member=member(), by=own, at=story.at),
        ]
    )
    assert done[1].error is None
    told = sum(one.error is None for one in (done[0], done[2]))
    assert all(isinstance(one.error, Refused) for one in done if one.error)
    assert Event.objects.filter(kind="inspection.declared").count() == told


def test_one_contact_a_side_and_a_task_that_was_entered_stays_with_its_team(story, race):
    found = story.round()
    story.task(found)
    story.decide(found)
    said = {"by": story.office, "at": story.at}
    person = story.world.person("secretary")
    done = race(lambda: name_liaison(task=_task(), side="org", person=person, **said), times=4)
    assert [one.error for one in done] == [None] * 4 and Liaison.objects.count() == 1
    first = story.ready(_task())
    other = story.team(found, "duty_officer", "rules_keeper")
    done = race(
        [
            lambda: enter(task=_task(), on=story.day, **said),
            lambda: give_task(task=_task(), team=Team.objects.get(pk=other.pk), **said),
        ]
    )
    assert all(isinstance(one.error, Refused) for one in done if one.error)
    entered, given = (one.error is None for one in done)
    assert entered != given, "an entry is of the team whose gates were open"
    assert Task.objects.get().given.team_id == (first.pk if entered else other.pk)


def test_a_code_is_given_once(story, race):
    plan = story.year()
    said = {"name": "一轮", "starts_on": story.day, "ends_on": story.day, "by": story.office, "at": story.at}
    done = race(lambda: open_round(plan=plan, code="R1", **said), times=4)
    assert Round.objects.count() == sum(one.error is None for one in done) == 1
    assert all(isinstance(one.error, Refused) for one in done if one.error)


def test_one_question_one_answer_one_return(story, race):
    task = decided(story)
    speaks(story, "safety_officer", "safety_dept")
    unit = story.world.unit("safety_dept")
    said = {"by": story.office, "at": story.at}
    done = race(
        lambda: ask_briefings(task=_task(), asked={unit: ["隐患", "事故"]}, due_on=story.day, **said), times=4
    )
    assert Briefing.objects.count() == sum(one.error is None for one in done) == 1
    assert all(isinstance(one.error, Refused) for one in done if one.error)

    def one() -> Briefing:
        return Briefing.objects.select_related("task__round").get()

    done = race(lambda: told(story, one()), times=4)
    assert Answer.objects.count() == sum(each.error is None for each in done) == 1
    assert all(isinstance(each.error, Refused) for each in done if each.error)
    done = race(lambda: return_briefing(briefing=one(), reason="补", due_on=story.day, **said), times=4)
    assert sum(each.error is None for each in done) == 1
    assert all(isinstance(each.error, Refused) for each in done if each.error)
    assert task.pk and Event.objects.filter(kind="inspection.briefing_returned").count() == 1


def test_lent_returned_appraised_and_sent_once(story, race):
    task = decided(story)
    story.ready(task)
    person = Person.objects.select_related("unit").get(pk=story.world.person("second_officer").pk)
    said = {"by": story.office, "at": story.at}
    span = {"from_day": story.day, "to_day": story.day, "notified_on": story.day}

    def row() -> Secondment:
        return Secondment.objects.select_related("round", "appraisal").get()

    steps = (
        lambda: lend_members(round=task.round, people=[person], number="1 号", **span, **said),
        lambda: return_member(secondment=row(), on=story.day, **said),
    )
    for step in steps:
        done = race(step, times=4)
        assert sum(one.error is None for one in done) == 1
        assert all(isinstance(one.error, Refused) for one in done if one.error)
    done = race(lambda: write_appraisal(secondment=row(), grade="称职", text="好", **said), times=4)
    assert all(isinstance(one.error, Refused) for one in done if one.error)
    assert Appraisal.objects.count() == 1
    done = race(lambda: send_appraisal(secondment=row(), **said), times=4)
    assert sum(one.error is None for one in done) == 1
    assert all(isinstance(one.error, Refused) for one in done if one.error)
    kinds = ("inspection.lent", "inspection.lent_back", "inspection.appraisal_sent")
    assert [Event.objects.filter(kind=kind).count() for kind in kinds] == [1, 1, 1]


def test_one_prolonging_and_nobody_who_was_replaced_comes_back(story, race):
    """Two leaders write down the same decision; a member is replaced at the same moment."""
    story.entered()
    until, said = story.day + timedelta(days=60), {"by": story.lead, "at": story.at}

    def prolong():
        return prolong_team(team=Team.objects.select_related("round").get(), until=until, **said)

    done = race(prolong, times=4)
    assert sum(one.error is None for one in done) == 1
    assert all(isinstance(one.error, Refused) for one in done if one.error)
    assert Event.objects.filter(kind="inspection.prolonged").count() == 1
    assert set(Member.objects.values_list("authorised_until", flat=True)) == {until}
    until += timedelta(days=30)
    gone = Member.objects.filter(part="member").select_related("team__round", "person").first()
    last = {"member": gone, "why": "借调期满", "by": story.office, "at": story.at}
    done = race([lambda: remove_member(**last), prolong])
    assert all(isinstance(one.error, Refused) for one in done if one.error), [one.error for one in done]
    gone.refresh_from_db()
    standing = Member.objects.filter(removed_at=None)
    if done[1].error is None:
        assert set(standing.values_list("authorised_until", flat=True)) == {until}
    assert (gone.removed_at is None) == (done[0].error is not None)


def test_one_meeting_at_the_entry(story, race):
    story.entered()
    said = {"held_on": story.day, "place": "厂部", "by": story.office, "at": story.at}
    person = Person.objects.select_related("unit").get(pk=story.world.person("secretary").pk)
    done = race(lambda: hold_entry_meeting(task=_task(), secretary=person, spoke=[person], **said), times=4)
    assert EntryMeeting.objects.count() == sum(one.error is None for one in done) == 1
    assert all(isinstance(one.error, Refused) for one in done if one.error)
