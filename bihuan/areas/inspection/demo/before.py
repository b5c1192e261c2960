"""What the demo group did before it entered: departments asked and heard, meetings, people lent and appraised."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from bihuan.areas.inspection.actions.answer_briefing import answer_briefing
from bihuan.areas.inspection.actions.ask_briefings import ask_briefings
from bihuan.areas.inspection.actions.hold_consultation import hold_consultation
from bihuan.areas.inspection.actions.hold_entry_meeting import hold_entry_meeting
from bihuan.areas.inspection.actions.lend_members import lend_members
from bihuan.areas.inspection.actions.mobilise import mobilise
from bihuan.areas.inspection.actions.open_appraisal import open_appraisal
from bihuan.areas.inspection.actions.open_briefing import open_briefing
from bihuan.areas.inspection.actions.return_briefing import return_briefing
from bihuan.areas.inspection.actions.return_member import return_member
from bihuan.areas.inspection.actions.send_appraisal import send_appraisal
from bihuan.areas.inspection.actions.write_appraisal import write_appraisal
from bihuan.areas.inspection.models import Briefing, Member, Round, Secondment, Task, Team
from bihuan.areas.inspection.reads.asking import grades, items_for
from bihuan.kernel.actor import Actor
from bihuan.org.demo.group import Group
from bihuan.org.models import Person

#: who speaks for a department; elsewhere its head does
_SPEAKS = {"JJ": "姜知远", "ZZ": "任秀英", "SJ": "江海平"}
_SAID = {
    "近三年审计报告和审计重点": "近三年做过两次审计：一次物资采购专项，一次负责人任中审计，报告见附件。",
    "审计发现的主要问题": "备件采购拆分计划、避开招标，涉及 6 份合同。",
    "审计问题整改情况": "整改了 9 条，废旧物资处置一条没有整改到位。",
    "信访举报、问题线索及办理情况": "近三年收到来信 4 件，办结 3 件，1 件在办。",
    "民主生活会情况": "近两年按期召开，对照检查材料由本部门审过，批评意见偏少。",
}
_USUAL = "近三年没有发现突出问题，日常工作按规定报送。"
_REPORT = "审计情况摘要.txt", "备件采购专项审计：抽查合同 42 份，6 份拆分计划。"
_AGREED = (
    "重点看物资采购和外委项目管理；审计发现没有整改到位的一条列入必查；"
    "财务、审计各派一人在进驻第一周配合调阅。"
)
_WELL = "工作扎实，谈话和调阅按要求做，底稿质量好，遵守保密和作风纪律。"

Moment = Callable[[date], datetime]


class Before:
    """Takes one round as far as it is asked."""

    def __init__(self, group: Group, office: Actor, moment: Moment) -> None:
        self.group, self.office, self.moment = group, office, moment

    def ask(self, task: Task, codes: str, day: date, due: date) -> dict[str, Briefing]:
        units = [self.group.units[code] for code in codes.split()]
        items = items_for(units)
        made = ask_briefings(
            task=task, asked={unit: items[unit.pk] for unit in units}, due_on=due, by=self.office,
            at=self.moment(day),
        )  # fmt: skip
        return dict(zip(codes.split(), made, strict=True))

    def tell(self, briefing: Briefing, code: str, day: date, *, more: str = "") -> None:
        who = _SPEAKS.get(code)
        person = self.group.person(who) if who else self.group.staff.of(code, "head")[0]
        texts = [_SAID.get(item, _USUAL) + more for item in briefing.items]
        files = [(_REPORT[1].encode(), _REPORT[0])] if code == "SJ" else []
        by = self.group.actor(person)
        answer_briefing(briefing=briefing, texts=texts, files=files, by=by, at=self.moment(day))

    def read(self, briefing: Briefing, day: date) -> None:
        open_briefing(briefing=briefing, by=self.office, at=self.moment(day))

    def give_back(self, briefing: Briefing, day: date, due: date) -> None:
        return_briefing(
            briefing=briefing, reason="只写了总体情况，请补上近三年的件数和整改结果", due_on=due, by=self.office,
            at=self.moment(day),
        )  # fmt: skip

    def consult(self, round: Round, day: date, task: Task | None, considered: Iterable[Briefing]) -> None:
        people = [self.group.person(name) for name in ("高文静", "姜知远", "任秀英", "江海平")]
        hold_consultation(
            round=round, task=task, held_on=day, present=people, considered=considered, agreed=_AGREED,
            by=self.office, at=self.moment(day),
        )  # fmt: skip

    def mobilise(self, round: Round, teams: list[Team], day: date, announced: list[Team]) -> None:
        members = [
            member for team in teams for member in team.members.select_related("person").order_by("pk")
        ]
        people = [self.group.person("贺长风"), self.group.person("高文静"), *(one.person for one in members)]
        mobilise(
            round=round, held_on=day, place="集团办公楼三楼会议室", announced=announced, present=people,
            collected=[one for one in members if one.declared_at], by=self.office, at=self.moment(day),
        )  # fmt: skip

    def meet(self, task: Task, day: date) -> None:
        """The secretary pledges, the leader of the team and the head of the unit speak."""
        code = task.org.code.removeprefix("DW-")
        leader = Member.objects.select_related("person").get(team=task.given.team_id, part="leader")
        hold_entry_meeting(
            task=task, held_on=day, place="厂部会议室", secretary=self.group.staff.of(code, "secretary")[0],
            spoke=[leader.person, self.group.staff.of(code, "head")[0]], by=self.office, at=self.moment(day),
        )  # fmt: skip

    def lend(self, round: Round, teams: list[Team], day: date) -> list[Secondment]:
        people = [
            member.person
            for team in teams
            for member in team.members.select_related("person__unit").order_by("pk")
        ]
        return lend_members(
            round=round, people=people, number=f"晋岭巡借〔{day.year}〕{round.number} 号", from_day=round.starts_on,
            to_day=round.ends_on, notified_on=day, by=self.office, at=self.moment(day),
        )  # fmt: skip

    def take_leave(self, lent: list[Secondment], teams: list[Team], day: date, late: date) -> None:
        """All go back; each leader appraises the members, the office the leaders; heads read it, but for the last one,
        which was sent on `late`."""
        leaders: dict[int, Person] = {}
        for team in teams:
            members = list(team.members.select_related("person").order_by("pk"))
            leaders |= {one.person_id: members[0].person for one in members[1:]}
        for n, one in enumerate(lent):
            last = n == len(lent) - 1
            return_member(secondment=one, on=day, by=self.office, at=self.moment(day))
            by = self.group.actor(leaders[one.person_id]) if one.person_id in leaders else self.office
            written = late - timedelta(days=1) if last else day + timedelta(days=10)
            grade = grades()[0 if n % 5 == 0 else 1]
            one.appraisal = write_appraisal(
                secondment=one, grade=grade, text=_WELL, by=by, at=self.moment(written)
            )
            sent = late if last else day + timedelta(days=20)
            send_appraisal(secondment=one, by=self.office, at=self.moment(sent))
            head = self.group.staff.of(one.home.code, "head")[0]
            if not last and head.pk != one.person_id:
                open_appraisal(
                    appraisal=one.appraisal,
                    by=self.group.actor(head),
                    at=self.moment(sent + timedelta(days=1)),
                )
