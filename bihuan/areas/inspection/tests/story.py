"""A small round in the world of the tests: the hot mill in scope, its task in the state that is wanted."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from bihuan.areas.inspection.actions.add_member import add_member
from bihuan.areas.inspection.actions.add_task import add_task
from bihuan.areas.inspection.actions.approve_round import approve_round
from bihuan.areas.inspection.actions.approve_term import approve_term
from bihuan.areas.inspection.actions.approve_year import approve_year
from bihuan.areas.inspection.actions.authorise_team import authorise_team
from bihuan.areas.inspection.actions.declare import declare
from bihuan.areas.inspection.actions.enter import enter
from bihuan.areas.inspection.actions.form_team import form_team
from bihuan.areas.inspection.actions.give_task import give_task
from bihuan.areas.inspection.actions.hold_training import hold_training
from bihuan.areas.inspection.actions.keep_framework import keep_framework
from bihuan.areas.inspection.actions.leave import leave
from bihuan.areas.inspection.actions.open_round import open_round
from bihuan.areas.inspection.actions.open_term import open_term
from bihuan.areas.inspection.actions.plan_year import plan_year
from bihuan.areas.inspection.actions.pledge import pledge
from bihuan.areas.inspection.actions.post_announcement import post_announcement
from bihuan.areas.inspection.actions.review_year import review_year
from bihuan.areas.inspection.actions.send_notice import send_notice
from bihuan.areas.inspection.models import Framework, Member, Round, Task, Team, Term, YearPlan
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.tests.world import SINCE, World

#: of the safety department: nothing ties them to the hot mill
TEAM = ("safety_officer", "second_officer")
MEETING = "党委常委会会议纪要〔2025〕9 号"


class Story:
    """Each step is taken on the morning of the world, by the office; decisions by the leader."""

    def __init__(self, world: World) -> None:
        self.world, self.at, self.day = world, world.at, world.day
        grant_role(
            role="inspection_lead", unit=world.unit("group"), person=world.person("leader"), from_day=SINCE,
            by=world.actor("security_admin"), at=world.at,
        )  # fmt: skip
        self.office, self.lead = world.actor("inspection_officer"), world.actor("leader")

    def term(self, *, approved: bool = True) -> Term:
        made = open_term(
            title="2025—2029年巡察工作规划", first_year=2025, last_year=2029,
            orgs=[self.world.party["mill"], self.world.party["joint"]], by=self.office, at=self.at,
        )  # fmt: skip
        return (
            approve_term(term=made, on=self.day, document=MEETING, by=self.lead, at=self.at)
            if approved
            else made
        )

    def framework(self, title: str = "四个落实", *, special: bool = False) -> Framework:
        known = Framework.objects.filter(title=title).first()
        return known or keep_framework(
            title=title, items=["上级决策部署落实", "从严治党"], special=special, by=self.office, at=self.at
        )

    def year(self) -> YearPlan:
        return plan_year(term=Term.objects.first() or self.term(), year=2025, by=self.office, at=self.at)

    def round(self, code: str = "R1") -> Round:
        plan = YearPlan.objects.first() or self.year()
        return open_round(
            plan=plan, code=code, name=f"2025年巡察 {code}", starts_on=self.day,
            ends_on=self.day + timedelta(days=60), by=self.office, at=self.at,
        )  # fmt: skip

    def task(self, round: Round, org: str = "mill", mode: str = "regular") -> Task:
        special = mode == "special"
        return add_task(
            round=round, org=self.world.party[org], mode=mode, from_day=self.day,
            framework=self.framework("安全专项" if special else "四个落实", special=special),
            to_day=self.day + timedelta(days=30), by=self.office, at=self.at,
        )  # fmt: skip

    def decide(self, round: Round) -> Round:
        """The year is reviewed and approved, then the round."""
        plan = round.plan
        said = {"on": self.day, "document": MEETING, "by": self.lead, "at": self.at}
        if plan.state == "draft":
            review_year(plan=plan, **said)
            approve_year(plan=plan, **said)
        return approve_round(round=round, **said)

    def team(self, round: Round, *words: str) -> Team:
        """People of the safety department, the first of them the leader."""
        made = form_team(round=round, by=self.office, at=self.at)
        for n, word in enumerate(words or TEAM):
            self.member(made, word, "leader" if n == 0 else "member")
        return made

    def member(self, team: Team, word: str, part: str = "member") -> Member:
        return add_member(team=team, person=self.world.person(word), part=part, by=self.office, at=self.at)

    def own(self, team: Team) -> None:
        """Everybody declares and signs for themselves, and was at the training."""
        people = {person.pk: word for word, person in self.world.people.items()}
        members = list(
            Member.objects.standing().filter(team=team).select_related("person", "round__rule_pack")
        )
        for member in members:
            actor = self.world.actor(people[member.person_id])
            declare(member=member, by=actor, at=self.at)
            pledge(member=member, by=actor, at=self.at)
        for topic in ("条例", "谈话"):
            hold_training(
                round=team.round, topic=topic, kind="rules", lecturer="高文静", hours=Decimal(8),
                held_on=self.day, present=[member.person for member in members], by=self.office, at=self.at,
            )  # fmt: skip

    def papers(self, task: Task) -> None:
        said = {"task": task, "by": self.office, "at": self.at}
        send_notice(number="晋岭巡通〔2025〕1 号", sent_on=self.day, receiver="党委工作部", **said)
        post_announcement(
            posted_on=self.day, places="食堂", phone="6120", mailbox="厂门口", accepts_until=self.day, **said
        )

    def ready(self, task: Task) -> Team:
        """All that must be there before the entry; the round is decided."""
        team = self.team(task.round)
        give_task(task=task, team=team, by=self.office, at=self.at)
        self.own(team)
        authorise_team(team=team, document="晋岭巡组〔2025〕1 号", by=self.lead, at=self.at)
        self.papers(task)
        return team

    def entered(self, code: str = "R1", org: str = "mill") -> Task:
        found = self.round(code)
        task = self.task(found, org)
        self.decide(found)
        task.round = found
        self.ready(task)
        return enter(task=task, on=self.day, by=self.office, at=self.at)

    def left(self, task: Task) -> Task:
        return leave(task=task, on=self.day, by=self.office, at=self.at)
