"""Rounds of the demo group: one that was, over twelve organisations, and one that is being prepared."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from bihuan.areas.inspection.actions.add_task import add_task
from bihuan.areas.inspection.actions.approve_round import approve_round
from bihuan.areas.inspection.actions.approve_term import approve_term
from bihuan.areas.inspection.actions.approve_year import approve_year
from bihuan.areas.inspection.actions.enter import enter
from bihuan.areas.inspection.actions.keep_framework import keep_framework
from bihuan.areas.inspection.actions.leave import leave
from bihuan.areas.inspection.actions.open_round import open_round
from bihuan.areas.inspection.actions.open_term import open_term
from bihuan.areas.inspection.actions.plan_year import plan_year
from bihuan.areas.inspection.actions.review_year import review_year
from bihuan.areas.inspection.models import Framework, Round, Task, Team, Term, YearPlan
from bihuan.kernel.moment import CHINA, local_day
from bihuan.org.demo.group import Group

from .before import Before
from .teams import CAST, Teams

#: all twelve carry the special task; the first six a regular one, four of them entered together, two one by one
FIRST_ROUND = ("LG1", "LZ", "JH", "SJC", "LT", "RZ", "ZHB", "BX", "DL", "YS", "JX", "YL")
_REGULAR, _TOGETHER = 6, 4
#: where a small team is now
FLEXIBLE = "NC"
#: of the second round: regular ones, and one a level below
SECOND_ROUND = ("LG2", "GM", "GC", "HQ", "KY", "ZB")
_BELOW = "DZB-ZB-01"
_FOUR = ("党的路线方针政策和上级决策部署落实情况", "全面从严治党责任落实情况", "新时代党的组织路线落实情况",
         "巡视巡察、审计等监督发现问题整改情况")  # fmt: skip
_SAFETY = (
    "安全生产责任制落实",
    "隐患排查治理",
    "外委施工和危险作业管理",
    "应急准备和值班值守",
    "安全投入和教育培训",
)


def build(world: Any) -> None:
    """Leaves the rounds in `world.things["inspection"]`, by code."""
    writer = _Writer(world.things["org"], world.at)
    first = writer.first()
    now = writer.flexible()  # before the second: the first of this year's plan
    world.things["inspection"] = {"R1": first, "J1": now, "R2": writer.second(), "H1": writer.look_back()}


class _Writer:
    def __init__(self, group: Group, at: datetime) -> None:
        self.group, self.at = group, at
        self.today = local_day(at)
        self.office = group.actor(group.person("高文静"))
        self.lead = group.actor(group.person("贺长风"))
        self.teams = Teams(group, self.office, self.lead, self._moment)
        self.before = Before(group, self.office, self._moment)
        self.teams.pool(self.group.since + timedelta(days=9))
        self.term = self._term()
        self.four = self._framework("四个落实", _FOUR, special=False)
        self.safety = self._framework("安全生产专项", _SAFETY, special=True)

    def _moment(self, day: date) -> datetime:
        return min(datetime.combine(day, time(9, 30), CHINA), self.at)

    def _term(self) -> Term:
        since = self.group.since + timedelta(days=7)
        orgs = [org for org in self.group.party.values() if org.in_scope]
        first = since.year
        term = open_term(
            title=f"{first}—{first + 4}年巡察工作规划", first_year=first, last_year=first + 4, orgs=orgs,
            by=self.office, at=self._moment(since),
        )  # fmt: skip
        day = since + timedelta(days=12)
        document = f"党委常委会会议纪要〔{day.year}〕3 号"
        return approve_term(term=term, on=day, document=document, by=self.lead, at=self._moment(day))

    def _framework(self, title: str, items: tuple[str, ...], *, special: bool) -> Framework:
        at = self._moment(self.group.since + timedelta(days=8))
        return keep_framework(title=title, items=items, special=special, by=self.office, at=at)

    def first(self) -> Round:
        """Last year: twelve organisations, over."""
        start = self.today - timedelta(days=430)
        plan = self._plan(start.year, start - timedelta(days=60))
        made = self._moment(start - timedelta(days=55))
        end = start + timedelta(days=110)
        found = open_round(
            plan=plan, code="R1", name=f"{start.year}年第一轮巡察", starts_on=start, ends_on=end,
            by=self.office, at=made,
        )  # fmt: skip
        for n, code in enumerate(FIRST_ROUND):
            org = self.group.party[f"DW-{code}"]
            if n < _REGULAR:
                late = max(0, n - _TOGETHER + 1)
                entry = "sequential" if late else "simultaneous"
                self._task(found, org, "regular", self.four, 14 + 22 * late, 43, entry, made)
            self._task(found, org, "special", self.safety, 14 + 18 * (n // 4), 17, "simultaneous", made)
        self._approve(plan, found, start - timedelta(days=40))
        teams = self.teams.form(found, start - timedelta(days=25))
        tasks = list(found.tasks.select_related("round__plan", "round__rule_pack", "org", "framework"))
        self.teams.give(teams, tasks, start - timedelta(days=24))
        self.teams.told(teams, start - timedelta(days=20))
        lent = self.before.lend(found, teams, start - timedelta(days=18))
        self._heard_before(found, tasks, start)
        self.teams.train(found, teams, start - timedelta(days=15))
        self.teams.authorise(teams, start - timedelta(days=8))
        self.before.mobilise(found, teams, start - timedelta(days=7), teams)
        self._live_through(found, tasks)
        self.before.take_leave(lent, teams, end, self.today - timedelta(days=3))
        return found

    def flexible(self) -> Round:
        """A small team that is on site now, in one organisation (机动巡察): entered twelve days ago."""
        return self._small("J1", "机动巡察", FLEXIBLE, "flexible", entered=12)

    def look_back(self) -> Round:
        """Another small team looks again where the first round had been first (回头看): entered six days ago."""
        return self._small("H1", "巡察回头看", FIRST_ROUND[0], "lookback", entered=6)

    def _small(self, round_code: str, name: str, code: str, mode: str, *, entered: int) -> Round:
        start = self.today - timedelta(days=entered + 2)
        plan = self._plan(start.year, self.today - timedelta(days=75))
        made = self._moment(self.today - timedelta(days=45))
        found = open_round(
            plan=plan, code=round_code, name=f"{start.year}年{name}", starts_on=start, ends_on=start + timedelta(days=40),
            by=self.office, at=made,
        )  # fmt: skip
        org = self.group.party[f"DW-{code}"]
        self._task(found, org, mode, self.four, 2, 25, "simultaneous", made)
        self._approve(plan, found, self.today - timedelta(days=40))
        team = self.teams.small(found, self.today - timedelta(days=30), place=1 if mode == "flexible" else 2)
        tasks = list(found.tasks.select_related("round__plan", "round__rule_pack", "org", "framework"))
        self.teams.give([team], tasks, self.today - timedelta(days=29))
        self.teams.told([team], self.today - timedelta(days=28))
        self.teams.train(found, [team], self.today - timedelta(days=24))
        self.teams.authorise([team], self.today - timedelta(days=20))
        (task,) = tasks
        self.teams.notice(task, self.today - timedelta(days=22), 4 if mode == "flexible" else 9)
        self.teams.contact(task, code, self.today - timedelta(days=21))
        self.teams.announce(task, self.today - timedelta(days=entered + 1))
        self._step(enter, found, task, self.today - timedelta(days=entered))
        return found

    def _heard_before(self, found: Round, tasks: list[Task], start: date) -> None:
        """Of the six regular tasks: four departments each, all heard in time but one, which was sent back once."""
        regular = [task for task in tasks if task.mode == "regular"]
        for n, task in enumerate(regular):
            asked = self.before.ask(
                task, "JJ ZZ SJ CW", start - timedelta(days=22), start - timedelta(days=14)
            )
            for code, one in asked.items():
                self.before.tell(one, code, start - timedelta(days=16))
                self.before.read(one, start - timedelta(days=13))
            if n == 0:
                self.before.give_back(asked["CW"], start - timedelta(days=13), start - timedelta(days=10))
                self.before.tell(asked["CW"], "CW", start - timedelta(days=9), more="附近三年件数。")
                self.before.read(asked["CW"], start - timedelta(days=8))
                self.before.consult(found, start - timedelta(days=7), task, asked.values())

    def second(self) -> Round:
        """Begins in three days."""
        start = self.today + timedelta(days=3)
        plan = self._plan(start.year, self.today - timedelta(days=70))
        made = self._moment(self.today - timedelta(days=40))
        nth = "一二三"[plan.rounds.count()]  # a flexible round of the same year is counted too
        found = open_round(
            plan=plan, code="R2", name=f"{start.year}年第{nth}轮巡察", starts_on=start,
            ends_on=start + timedelta(days=75), by=self.office, at=made,
        )  # fmt: skip
        for n, code in enumerate(SECOND_ROUND):
            org = self.group.party[f"DW-{code}"]
            entry = "sequential" if n > 3 else "simultaneous"
            self._task(found, org, "regular", self.four, 24 * max(0, n - 3), 23, entry, made)
        below = self.group.party[_BELOW]
        self._task(found, below, "elevated", self.four, 10, 17, "simultaneous", made)
        self._approve(plan, found, self.today - timedelta(days=20))
        back = self.teams.returned(self.group.since, self.today)
        teams = self.teams.form(
            found, self.today - timedelta(days=11), skip=3, more=(self.group.person(CAST), back)
        )
        tasks = list(found.tasks.select_related("round__plan", "round__rule_pack", "org", "framework"))
        # the one who came from GM sits in the team that goes there
        order = [teams[n % 3] for n in range(len(tasks))]
        gone = next(n for n, task in enumerate(tasks) if task.org.code == "DW-GM")
        order[gone], order[2] = order[2], order[gone]
        for task, team in zip(tasks, order, strict=True):
            self.teams.give([team], [task], self.today - timedelta(days=10))
        self.teams.told(teams, self.today - timedelta(days=6), silent=(CAST,), unsigned=2)
        self.teams.train(found, teams, self.today - timedelta(days=4), missed=3)
        self.teams.authorise(teams[:2], self.today - timedelta(days=1))
        for number, task in enumerate(tasks[:4], 5):
            self.teams.notice(task, self.today - timedelta(days=3), number)
            self.teams.contact(task, task.org.code.removeprefix("DW-"), self.today - timedelta(days=2))
        for task in tasks[:3]:
            self.teams.announce(task, self.today - timedelta(days=1))
        self._hear(found, tasks, teams)
        return found

    def _hear(self, found: Round, tasks: list[Task], teams: list[Team]) -> None:
        """Half heard: of the first, one is late and one was sent back; of the second, nobody has read what came; of the
        third, time is left."""

        def day(ago: int) -> date:
            return self.today - timedelta(days=ago)

        first = self.before.ask(tasks[0], "JJ ZZ SJ AQ", day(9), day(2))
        for code in ("JJ", "ZZ", "AQ"):
            self.before.tell(first[code], code, day(4))
            self.before.read(first[code], day(3))
        self.before.give_back(first["AQ"], day(2), day(-1))
        self.before.consult(found, day(2), tasks[0], [first["JJ"], first["ZZ"]])
        second = self.before.ask(tasks[1], "SJ CW", day(8), day(-1))
        self.before.tell(second["SJ"], "SJ", day(1))
        self.before.ask(tasks[2], "HB FW", day(3), day(-4))
        self.before.mobilise(found, teams, day(1), teams[:2])
        self.before.lend(found, teams[:2], day(5))

    def _plan(self, year: int, day: date) -> YearPlan:
        known = YearPlan.objects.filter(year=year).first()
        at = self._moment(day)
        return known or plan_year(term=self.term, year=year, by=self.office, at=at)

    def _task(
        self,
        round: Round,
        org,
        mode: str,
        framework: Framework,
        after: int,
        days: int,
        entry: str,
        at: datetime,
    ) -> Task:
        first = round.starts_on + timedelta(days=after)
        return add_task(
            round=round, org=org, mode=mode, framework=framework, from_day=first,
            to_day=first + timedelta(days=days), entry=entry, by=self.office, at=at,
        )  # fmt: skip

    def _approve(self, plan: YearPlan, round: Round, day: date) -> None:
        plan.refresh_from_db()
        if plan.state == "draft":
            document = f"巡察工作领导小组会议纪要〔{day.year}〕2 号"
            review_year(plan=plan, on=day, document=document, by=self.lead, at=self._moment(day))
            later = day + timedelta(days=5)
            document = f"党委常委会会议纪要〔{later.year}〕9 号"
            approve_year(plan=plan, on=later, document=document, by=self.lead, at=self._moment(later))
        day += timedelta(days=8)
        round.plan = plan
        document = f"巡察工作领导小组会议纪要〔{day.year}〕4 号"
        approve_round(round=round, on=day, document=document, by=self.lead, at=self._moment(day))

    def _live_through(self, round: Round, tasks: list[Task]) -> None:
        """Each on its day: the notice ten days before, the announcement the day before, the entry, the leaving."""
        steps = []
        for n, task in enumerate(tasks, 1):
            first = task.from_day
            steps += [
                (
                    first - timedelta(days=10),
                    0,
                    n,
                    lambda day, task=task, n=n: self.teams.notice(task, day, n),
                ),
                (first - timedelta(days=1), 1, n, lambda day, task=task: self.teams.announce(task, day)),
                (first, 2, n, lambda day, task=task: self._step(enter, round, task, day)),
                (first, 3, n, lambda day, task=task: self.before.meet(task, day)),
                (task.to_day, 4, n, lambda day, task=task: self._step(leave, round, task, day)),
            ]
        for day, _, _, do in sorted(steps, key=lambda step: step[:3]):
            do(day)

    def _step(self, action, round: Round, task: Task, day: date) -> None:
        task.round = round
        action(task=task, on=day, by=self.office, at=self._moment(day))
