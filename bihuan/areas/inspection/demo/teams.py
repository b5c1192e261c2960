"""The teams of the demo group's rounds: people of the departments, what they told, signed and learnt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import cycle

from bihuan.areas.inspection.actions.add_member import add_member
from bihuan.areas.inspection.actions.authorise_team import authorise_team
from bihuan.areas.inspection.actions.declare import declare
from bihuan.areas.inspection.actions.form_team import form_team
from bihuan.areas.inspection.actions.give_task import give_task
from bihuan.areas.inspection.actions.hold_training import hold_training
from bihuan.areas.inspection.actions.keep_talent import keep_talent
from bihuan.areas.inspection.actions.name_liaison import name_liaison
from bihuan.areas.inspection.actions.pledge import pledge
from bihuan.areas.inspection.actions.post_announcement import post_announcement
from bihuan.areas.inspection.actions.send_notice import send_notice
from bihuan.areas.inspection.models import Member, Round, Task, Team
from bihuan.kernel.actor import SYSTEM, Actor
from bihuan.org.actions.add_person import add_person
from bihuan.org.actions.move_person import move_person
from bihuan.org.demo.group import Group
from bihuan.org.models import Person

TEAMS, SIZE = 3, 6
_FROM = ("SJ", "ZZ", "CW", "AQ", "SB", "HB")
_SKILLS = {"SJ": "财务审计", "ZZ": "党建组织", "CW": "财务", "AQ": "安全生产", "SB": "设备管理", "HB": "环保"}
_MODULES = ("general", "general", "talks", "finance", "party", "")
_COURSES = (("巡察工作条例和本轮方案", "rules"), ("谈话和底稿怎么做", "method"))
#: once chief accountant of one that is to be inspected, moved to a department less than three years ago
RETURNED = ("邢国梁", "GM", "会计主管")
CAST = "任秀英"
LEADER = "江海平"

Moment = Callable[[date], datetime]


class Teams:
    """Forms the teams of one round and takes them as far as is asked."""

    def __init__(self, group: Group, office: Actor, lead: Actor, moment: Moment) -> None:
        self.group, self.office, self.lead, self.moment = group, office, lead, moment

    def pool(self, day: date) -> None:
        """人才库."""
        for code in _FROM:
            for person in self._free(code)[:4]:
                keep_talent(person=person, skills=_SKILLS[code], by=self.office, at=self.moment(day))

    def _free(self, code: str) -> list[Person]:
        """Officers of a department who have no part of their own in inspection."""
        return [person for person in self.group.staff.by_unit.get(code, []) if person.name != CAST]

    def form(self, round: Round, day: date, *, skip: int = 0, more: tuple[Person, ...] = ()) -> list[Team]:
        """Three teams, each from several departments: other people and other pairs in each round. `more` join the last
        team."""
        at, people = self.moment(day), self._people(skip)
        made = []
        for number in range(TEAMS):
            team = form_team(round=round, by=self.office, at=at)
            team.round = round
            size = SIZE - len(more) if number == TEAMS - 1 else SIZE
            chosen = [next(people) for _ in range(size)] + (list(more) if number == TEAMS - 1 else [])
            for place, person in enumerate(chosen):
                part = "leader" if place == 0 else "deputy" if place == 1 else "member"
                add_member(team=team, person=person, part=part, module=_MODULES[place], by=self.office, at=at)
            made.append(team)
        return made

    def small(self, round: Round, day: date, *, place: int) -> Team:
        """One team of five; the first is led by a deputy head of the audit department. Each `place` takes others."""
        at = self.moment(day)
        team = form_team(round=round, by=self.office, at=at)
        team.round = round
        leader = self.group.person(LEADER) if place == 1 else self._free("SJ")[place]
        chosen = [leader, *(self._free(code)[-place] for code in _FROM[1:5])]
        for place, person in enumerate(chosen):
            part = "leader" if place == 0 else "deputy" if place == 1 else "member"
            add_member(team=team, person=person, part=part, module=_MODULES[place], by=self.office, at=at)
        return team

    def _people(self, skip: int) -> Iterator[Person]:
        """In turn from each department, beginning with the `skip`-th of each."""
        queues = [iter(self._free(code)[skip:] + self._free(code)[:skip]) for code in _FROM]
        for queue in cycle(queues):
            yield next(queue)

    def give(self, teams: list[Team], tasks: list[Task], day: date) -> None:
        orgs: dict[int, Team] = {}
        for task in tasks:
            team = orgs.setdefault(task.org_id, teams[len(orgs) % len(teams)])
            give_task(task=task, team=team, by=self.office, at=self.moment(day))

    def told(self, teams: list[Team], day: date, *, silent: tuple[str, ...] = (), unsigned: int = 0) -> None:
        """Everybody declares and signs, but those who are silent and the last `unsigned`."""
        members = [member for team in teams for member in self._of(team)]
        at = self.moment(day)
        for member in members:
            if member.person.name not in silent:
                declare(member=member, by=self.group.actor(member.person), at=at)
        for member in members[: len(members) - unsigned]:
            if member.person.name not in silent:
                pledge(member=member, by=self.group.actor(member.person), at=at)

    def _of(self, team: Team) -> list[Member]:
        return list(team.members.select_related("person", "round__rule_pack", "team").order_by("pk"))

    def train(self, round: Round, teams: list[Team], day: date, *, missed: int = 0) -> None:
        """Two days of eight hours; the last `missed` were not there on the second."""
        present = [member.person for team in teams for member in self._of(team)]
        for n, (topic, kind) in enumerate(_COURSES):
            hold_training(
                round=round, topic=topic, kind=kind, lecturer="高文静", hours=Decimal(8),
                held_on=day + timedelta(days=n), present=present[: len(present) - missed * n],
                by=self.office, at=self.moment(day + timedelta(days=n)),
            )  # fmt: skip

    def authorise(self, teams: list[Team], day: date) -> None:
        for team in teams:
            document = f"晋岭巡组〔{day.year}〕{team.number} 号"
            authorise_team(team=team, document=document, by=self.lead, at=self.moment(day))

    def notice(self, task: Task, day: date, number: int) -> None:
        send_notice(
            task=task, number=f"晋岭巡通〔{day.year}〕{number} 号", sent_on=day, receiver="党委工作部",
            by=self.office, at=self.moment(day),
        )  # fmt: skip

    def announce(self, task: Task, day: date) -> None:
        post_announcement(
            task=task, posted_on=day, places="厂门口、食堂、浴室、厂务公开栏",
            phone="内线 6120，工作日 8:00 至 18:00", mailbox="厂门口和食堂各一个意见箱",
            accepts_until=task.to_day - timedelta(days=5), by=self.office, at=self.moment(day),
        )  # fmt: skip

    def contact(self, task: Task, code: str, day: date) -> None:
        people = {"office": self.office.person_id, "org": self.group.staff.of(code, "liaison")[0].pk}
        for side, pk in people.items():
            name_liaison(
                task=task, side=side, person=Person.objects.get(pk=pk), by=self.office, at=self.moment(day)
            )

    def returned(self, since: date, today: date) -> Person:
        """Somebody who left one of the organisations of this round not three years ago."""
        name, code, title = RETURNED
        person = add_person(
            staff_no="89001", name=name, unit=self.group.units[code], title=title, on=since, by=SYSTEM,
            at=self.moment(since),
        )  # fmt: skip
        moved = today - timedelta(days=2 * 365)
        return move_person(
            person=person, unit=self.group.units["CW"], title="督办员", on=moved, choices={}, by=SYSTEM,
            at=self.moment(moved),
        )  # fmt: skip
