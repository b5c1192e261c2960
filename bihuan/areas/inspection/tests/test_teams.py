"""Teams: who is tied to what, who decides, and what must be there before the door opens."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bihuan.areas.inspection.actions.authorise_team import authorise_team
from bihuan.areas.inspection.actions.check_recusal import check_recusal
from bihuan.areas.inspection.actions.declare import declare
from bihuan.areas.inspection.actions.enter import enter
from bihuan.areas.inspection.actions.give_task import give_task
from bihuan.areas.inspection.actions.lift_recusal import lift_recusal
from bihuan.areas.inspection.actions.pledge import pledge
from bihuan.areas.inspection.actions.remove_member import remove_member
from bihuan.areas.inspection.actions.tell_relative import tell_relative
from bihuan.areas.inspection.actions.withdraw_relative import withdraw_relative
from bihuan.areas.inspection.models import Member, Notice, RecusalCase, Relative, Task, Training
from bihuan.areas.inspection.policies import gates_of
from bihuan.areas.inspection.reads import ready_of
from bihuan.areas.inspection.reads.ties import years_before
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.models import Employment
from bihuan.org.tests.world import SINCE
from bihuan.record.models import Event

from .story import Story

pytestmark = pytest.mark.django_db
NUMBER = "晋岭巡组〔2025〕1 号"


@pytest.fixture
def story(world) -> Story:
    return Story(world)


@pytest.fixture
def task(story) -> Task:
    found = story.round()
    made = story.task(found)
    story.decide(found)
    made.round = found
    return made


def given(story, task, *words):
    team = story.team(task.round, *words)
    give_task(task=task, team=team, by=story.office, at=story.at)
    return team


def authorise(story, team):
    return authorise_team(team=team, document=NUMBER, by=story.lead, at=story.at)


def worked(story, word: str, left_days_ago: int, days: int = 400) -> None:
    """A former post in the finishing shop of the hot mill, left so long ago."""
    last = story.day - timedelta(days=left_days_ago)
    Employment.objects.create(
        person=story.world.person(word), unit=story.world.unit("finishing"), title="会计主管", is_main=False,
        from_day=last - timedelta(days=days), to_day=last,
    )  # fmt: skip


def test_a_home_unit_blocks_until_somebody_else_lifts_it(story, task):
    team = given(story, task, "safety_officer", "liaison")
    story.own(team)
    with pytest.raises(Refused, match="武丽娜现在热轧厂工作（整改联络员）"):
        authorise(story, team)
    case = RecusalCase.objects.select_related("member__round", "person").get()
    assert (case.kind, case.level) == ("home", "must")
    with pytest.raises(Refused, match="领导小组成员认定"):
        lift_recusal(case=case, why="已核对", by=story.office, at=story.at)
    with pytest.raises(Refused, match="要写理由"):
        lift_recusal(case=case, why=" ", by=story.lead, at=story.at)
    lift_recusal(case=case, why="借调在机关三年，不参与热轧厂事务", by=story.lead, at=story.at)
    assert authorise(story, team) == 2
    check_recusal(round=task.round, at=story.at)
    assert RecusalCase.objects.get().why_lifted, "what was lifted stays lifted"


def test_nobody_lifts_their_own_or_those_they_listed(story, task):
    world = story.world
    for word in ("liaison", "inspection_officer"):
        grant_role(
            role="inspection_lead", unit=world.unit("group"), person=world.person(word), from_day=SINCE,
            by=world.actor("security_admin"), at=story.at,
        )  # fmt: skip
    given(story, task, "safety_officer", "liaison")
    case = RecusalCase.objects.select_related("member__round", "person").get()
    with pytest.raises(Refused, match="你自己的"):
        lift_recusal(case=case, why="没有影响", by=world.actor("liaison"), at=story.at)
    with pytest.raises(Refused, match="你列入的"):
        lift_recusal(case=case, why="没有影响", by=world.actor("inspection_officer"), at=story.at)


@pytest.mark.parametrize(
    ("left_days_ago", "days", "level"),
    [(30, 400, "must"), (3 * 365 - 5, 100, "must"), (4 * 365, 400, None), (4 * 365, 5 * 365, "review")],
)
def test_a_former_post_counts_for_three_years_and_a_long_one_is_looked_at(
    story, task, left_days_ago, days, level
):
    worked(story, "second_officer", left_days_ago, days)
    team = given(story, task)
    story.own(team)
    found = RecusalCase.objects.standing()
    assert [case.level for case in found] == ([level] if level else [])
    if level == "must":
        with pytest.raises(Refused, match=r"曾在精整车间任会计主管.*不满 3 年"):
            authorise(story, team)
    else:
        assert authorise(story, team) == 2


def test_a_declared_relative_blocks_and_its_withdrawal_frees(story, task):
    team = given(story, task)
    story.own(team)
    member = Member.objects.select_related("round__rule_pack").get(
        person=story.world.person("second_officer")
    )
    me = story.world.actor("second_officer")
    said = {
        "relation": "spouse",
        "unit": story.world.unit("furnace"),
        "leads": True,
        "by": me,
        "at": story.at,
    }
    told = tell_relative(member=member, **said)
    with pytest.raises(Refused, match="已经报过"):
        tell_relative(member=member, **said)
    with pytest.raises(Refused, match="配偶在加热炉车间担任领导职务"):
        authorise(story, team)
    withdraw_relative(relative=told, by=me, at=story.at)
    assert authorise(story, team) == 2
    assert RecusalCase.objects.standing().count() == 0 and RecusalCase.objects.count() == 1
    assert "spouse" not in str(
        list(Event.objects.filter(kind="inspection.relative_told").values_list("data"))
    )


def test_words_told_block_and_other_words_are_asked_anew(story, task):
    team = given(story, task)
    story.own(team)
    member = Member.objects.select_related("round__rule_pack").get(
        person=story.world.person("second_officer")
    )
    me = story.world.actor("second_officer")
    declare(member=member, other_ties="和厂长是大学同学", by=me, at=story.at)
    case = RecusalCase.objects.select_related("member__round", "person").get()
    read = RecusalCase.objects.select_related("member__round", "person").get()
    lift_recusal(case=case, why="不同级，无往来", by=story.lead, at=story.at)
    declare(member=member, other_ties="和厂长是师生", by=me, at=story.at)
    assert RecusalCase.objects.blocking().count() == 1
    with pytest.raises(Stale):
        lift_recusal(case=read, why="看的是前一条", by=story.lead, at=story.at)
    declare(member=member, by=me, at=story.at)
    assert authorise(story, team) == 2


def test_a_tie_that_appears_after_the_authorisation_shuts_the_door_again(story, task):
    story.ready(task)
    worked(story, "second_officer", 30)
    with pytest.raises(Refused, match="还差 1 项：任职回避") as caught:
        enter(task=task, on=story.day, by=story.office, at=story.at)
    assert "会计主管" in caught.value.todo and "领导小组成员办" in caught.value.todo
    assert RecusalCase.objects.blocking().count() == 1, "what was found stays, so that somebody can decide it"


@pytest.mark.parametrize(
    ("gate", "undo"),
    [
        ("team", lambda task: task.given.delete()),
        ("declared", lambda task: Member.objects.update(declared_at=None)),
        ("pledge", lambda task: Member.objects.update(pledged_at=None)),
        ("training", lambda task: Training.objects.first().delete()),
        ("authorised", lambda task: Member.objects.update(authorised_at=None)),
        ("notice", lambda task: task.notice.delete()),
        ("announcement", lambda task: task.announcement.delete()),
    ],
)
def test_each_gate_alone_keeps_the_team_out(story, task, gate, undo):
    story.ready(task)
    undo(Task.objects.get())
    shut = [
        one.code
        for one in gates_of(ready_of(task.round, [task], story.office)[task.pk])
        if not one.ok and one.blocks
    ]
    assert gate in shut and (len(shut) == 1 or gate == "team")
    with pytest.raises(Refused, match="进驻前还差"):
        enter(task=task, on=story.day, by=story.office, at=story.at)
    assert Task.objects.get().entered_on is None


def test_everything_there_opens_the_door(story, task):
    story.ready(task)
    assert enter(task=task, on=story.day, by=story.office, at=story.at).entered_on == story.day


def test_what_a_person_does_only_they_can_do(story, task):
    given(story, task)
    member = Member.objects.select_related("round__rule_pack").get(
        person=story.world.person("second_officer")
    )
    for act in (declare, pledge):
        with pytest.raises(Refused, match="本人"):
            act(member=member, by=story.office, at=story.at)


@pytest.mark.parametrize(
    ("who", "reason"), [("office", "由领导小组成员记"), ("alone", "只有组长一个人"), ("silent", "还没有申报")]
)
def test_an_authorisation_that_cannot_be(story, task, who, reason):
    team = given(story, task, *(("safety_officer",) if who == "alone" else ()))
    if who != "silent":
        story.own(team)
    by = story.office if who == "office" else story.lead
    with pytest.raises(Refused, match=reason):
        authorise_team(team=team, document=NUMBER, by=by, at=story.at)


def test_a_replaced_member_leaves_the_row_and_a_newcomer_needs_an_authorisation_of_their_own(story, task):
    team = story.ready(task)
    member = Member.objects.select_related("round", "person").get(person=story.world.person("second_officer"))
    with pytest.raises(Refused, match="要写原因"):
        remove_member(member=member, why=" ", by=story.office, at=story.at)
    remove_member(member=member, why="工作调动", by=story.office, at=story.at)
    story.member(team, "duty_officer")
    shut = {
        one.code
        for one in gates_of(ready_of(task.round, [task], story.office)[task.pk])
        if not one.ok and one.blocks
    }
    assert shut == {"declared", "pledge", "training", "authorised"}
    assert Member.objects.filter(team=team).count() == 3


def test_one_person_one_team_and_one_leader(story, task):
    team = story.team(task.round)
    other = story.team(task.round, "duty_officer")
    with pytest.raises(Refused, match="已在第一巡察组"):
        story.member(other, "second_officer")
    with pytest.raises(Refused, match="已有组长"):
        story.member(team, "leader", "leader")


def test_what_one_told_is_not_for_others(story, task, signed_in):
    given(story, task)
    member = Member.objects.select_related("round__rule_pack").get(
        person=story.world.person("second_officer")
    )
    tell_relative(
        member=member, relation="spouse", unit=story.world.unit("furnace"), by=story.world.actor("second_officer"),
        at=story.at,
    )  # fmt: skip
    mine = signed_in("second_officer")
    assert "<td>配偶</td>" in mine.get("/inspection/mine/").content.decode()
    other = signed_in("safety_officer")
    assert "<td>配偶</td>" not in other.get("/inspection/mine/").content.decode()
    for url in (f"/inspection/mine/{member.pk}/declaration/", f"/inspection/mine/{member.pk}/relatives/new/"):
        assert other.get(url).status_code == 404
    row = Relative.objects.get()
    assert other.post(f"/inspection/relatives/{row.pk}/withdrawal/").status_code == 404
    assert signed_in("outsider").get("/inspection/mine/").status_code == 404
    grant_role(
        role="group_leader", unit=story.world.unit("group"), person=story.world.person("safety_officer"),
        from_day=SINCE, by=story.world.actor("security_admin"), at=story.at,
    )  # fmt: skip
    for url in ("/inspection/rounds/R1/", f"/inspection/tasks/{task.pk}/gates/"):
        page = signed_in("safety_officer").get(url).content.decode()
        assert "配偶在" not in page and "详情巡察办和领导小组看得到" in page
    assert (
        "配偶在加热炉车间" in signed_in("inspection_officer").get("/inspection/rounds/R1/").content.decode()
    )


def test_by_the_forms_from_a_team_to_an_open_door(story, task, signed_in):
    office, lead = signed_in("inspection_officer"), signed_in("leader")
    office.post("/inspection/talents/new/", {"person": "2001", "skills": "安全生产"})
    assert "安全生产" in office.get("/inspection/talents/").content.decode()
    office.post("/inspection/rounds/R1/teams/new/")
    team = task.round.teams.get()
    assert (
        "侯振华（2001，安全生产）" in office.get(f"/inspection/teams/{team.pk}/members/new/").content.decode()
    )
    for number, part in (("2001", "leader"), ("温慧敏", "member")):
        office.post(f"/inspection/teams/{team.pk}/members/new/", {"person": number, "part": part})
    office.post(f"/inspection/tasks/{task.pk}/team/", {"team": team.pk})
    for word in ("safety_officer", "second_officer"):
        own, member = signed_in(word), Member.objects.get(person=story.world.person(word))
        own.post(f"/inspection/mine/{member.pk}/declaration/", {"other_ties": ""})
        own.post(f"/inspection/mine/{member.pk}/pledge/", {"csrfmiddlewaretoken": "x"})
    page = office.get(f"/inspection/tasks/{task.pk}/gates/").content.decode()
    assert "侯振华、温慧敏不满 16 学时" in page and "去办" in page
    people = [story.world.person(word).pk for word in ("safety_officer", "second_officer")]
    course = {
        "topic": "条例",
        "kind": "rules",
        "lecturer": "高文静",
        "hours": "8",
        "held_on": "2025-09-15",
        "present": people,
    }
    for topic in ("条例", "谈话"):
        office.post("/inspection/rounds/R1/trainings/new/", {**course, "topic": topic})
    lead.post(f"/inspection/teams/{team.pk}/authorisation/", {"document": NUMBER, "until": "2026-03-31"})
    sent = {"number": "5 号", "sent_on": "2025-09-15", "receiver": "党委工作部"}
    office.post(f"/inspection/tasks/{task.pk}/notice/", sent)
    posted = {
        "posted_on": "2025-09-15", "places": "食堂", "phone": "6120", "mailbox": "厂门口", "accepts_until": "2025-10-10",
    }  # fmt: skip
    office.post(f"/inspection/tasks/{task.pk}/announcement/", posted)
    for side, number in (("office", "2101"), ("org", "3002")):
        office.post(f"/inspection/tasks/{task.pk}/liaisons/", {"side": side, "person": number})
    page = office.get(f"/inspection/tasks/{task.pk}/gates/").content.decode()
    assert "都齐了，可以进驻" in page and "9/11" in page and "不影响进驻" in page
    office.post(f"/inspection/tasks/{task.pk}/entry/", {"on": "2025-09-15"})
    assert Task.objects.get().entered_on is not None and Notice.objects.get().number == "5 号"


@pytest.mark.parametrize(("day", "before"), [("2028-02-29", "2025-02-28"), ("2025-09-15", "2022-09-15")])
def test_three_years_before_a_leap_day(day, before):
    assert years_before(date.fromisoformat(day), 3) == date.fromisoformat(before)
