"""One team with one organisation, day by day, through the ordinary actions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from bihuan.areas.inspection.models import Focus, Task
from bihuan.areas.onsite.actions.discuss_draft import discuss_draft
from bihuan.areas.onsite.actions.hand_in_draft import hand_in_draft
from bihuan.areas.onsite.actions.hold_talk import hold_talk
from bihuan.areas.onsite.actions.list_interviewee import list_interviewee
from bihuan.areas.onsite.actions.review_draft import review_draft
from bihuan.areas.onsite.actions.sign_draft import sign_draft
from bihuan.areas.onsite.actions.sign_talk import sign_talk
from bihuan.areas.onsite.actions.write_draft import write_draft
from bihuan.areas.onsite.models import Draft
from bihuan.areas.onsite.reads import standing_of
from bihuan.areas.onsite.reads.team import team_members
from bihuan.kernel.moment import CHINA, local_day
from bihuan.org.demo.group import Group
from bihuan.org.models import Person

from .texts import DRAFTS, TALKS, WHYS

#: of the drafts of a stay that goes on: how far each has come
_GOING = ("signed", "signed", "discussed", "handed_in", "handed_in", "written")
#: on which day of the stay, at most: the last of them lie in the future of a stay that goes on
_TALK_DAYS, _DRAFT_DAY = (3, 4, 6, 8), 5


class Stay:
    """`task` with its team; every act on its day, by who would do it."""

    def __init__(self, world: Any, pk: int) -> None:
        self.group: Group = world.things["org"]
        self.now: datetime = world.at
        self.task = Task.objects.select_related("round__rule_pack", "org", "framework", "given__team").get(
            pk=pk
        )
        members = team_members(self.task)
        self.leader, self.deputy, *rest = [one.person for one in members]
        self.members = rest
        code = self.task.org.code.removeprefix("DW-")
        duties = ("head", "secretary", "deputy", "chief")
        self.people = [
            self.group.staff.of(code, duty)[0] for duty in duties if self.group.staff.of(code, duty)
        ]
        self.focus = list(Focus.objects.filter(framework=self.task.framework_id).order_by("order"))

    def day(self, after: int) -> date:
        """A day of the stay, not after today."""
        return min(self.task.entered_on + timedelta(days=after), local_day(self.now))

    def as_(self, person: Person, day: date, hour: int = 16) -> dict[str, Any]:
        """`standing`, `by` and `at` of an action."""
        actor = self.group.actor(person)
        at = min(datetime.combine(day, time(hour, 10), CHINA), self.now)
        return {"standing": standing_of(self.task, actor, day), "by": actor, "at": at}

    def talk(self) -> None:
        """The list on the second day; talks on theirs, the last of a stay that goes on is still missing."""
        over = self.task.left_on is not None
        listed = [
            list_interviewee(task=self.task, person=person, why=why, **self.as_(self.leader, self.day(1)))
            for person, why in zip(self.people, WHYS, strict=False)
        ]
        for n, one in enumerate(listed if over else listed[:-1]):
            outline, record = TALKS[n]
            lead, second = self.members[n % len(self.members)], self.deputy
            day = self.day(_TALK_DAYS[n])
            said = {"who": one.person.name, "post": one.person.title, "place": "办公楼三楼谈话室",
                    "outline": outline, "record": record}  # fmt: skip
            talk = hold_talk(
                task=self.task,
                on=day,
                said=said,
                lead=lead,
                second=second,
                interviewee=one,
                **self.as_(lead, day),
            )
            if over or n == 0:
                sign_talk(talk=talk, **self.as_(lead, self.day(_TALK_DAYS[n] + 1)))

    def write(self, *, signed: bool, most: int = len(DRAFTS)) -> None:
        """`most` drafts, of those that fit what the task looks at."""
        for n, text in enumerate(DRAFTS[:most]):
            self._draft(n, text, "signed" if signed else _GOING[n])

    def _draft(self, n: int, text: tuple, to: str) -> Draft:
        title, fact, process, basis, nature, evidence, who, kind, place = text
        said = {
            "title": title, "fact": fact, "process": process, "basis": basis, "nature": nature,
            "evidence": [{"name": name, "number": f"证{n + 1:02d}-{m}", "kind": one}
                         for m, (name, one) in enumerate(evidence, 1)],
            "parties": [{"who": who, "kind": kind}],
        }  # fmt: skip
        writer, day = self.members[n % len(self.members)], self.day(_DRAFT_DAY + n // 2)
        made = write_draft(
            task=self.task, focus=self.focus[place % len(self.focus)], said=said, **self.as_(writer, day, 10)
        )
        later = self.day(_DRAFT_DAY + 3 + n // 2)
        for state, do in (
            ("handed_in", lambda: hand_in_draft(draft=made, **self.as_(writer, day, 11))),
            ("reviewed", lambda: review_draft(draft=made, **self.as_(self.deputy, later, 9))),
            ("discussed", lambda: self._discuss(made, later)),
            ("signed", lambda: sign_draft(draft=made, **self.as_(self.leader, later, 17))),
        ):
            if to == "written":
                break
            do()
            if state == to:
                break
        return made

    def _discuss(self, draft: Draft, day: date) -> Draft:
        opinion = "同意。事实清楚，定性准确，按程序签字。"
        return discuss_draft(draft=draft, on=day, opinion=opinion, **self.as_(self.leader, day, 15))
