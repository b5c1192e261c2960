"""What a test of the preparation needs: a task whose round is decided, and two departments with somebody who speaks."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from bihuan.areas.inspection.actions.answer_briefing import answer_briefing
from bihuan.areas.inspection.actions.ask_briefings import ask_briefings
from bihuan.areas.inspection.actions.hold_consultation import hold_consultation
from bihuan.areas.inspection.actions.lend_members import lend_members
from bihuan.areas.inspection.models import Briefing, Task
from bihuan.org.actions.grant_role import grant_role
from bihuan.org.tests.world import SINCE

from .story import Story

SECRET = "拆分计划避开招标，涉及六份合同"


def speaks(story: Story, word: str, unit: str, role: str = "department_officer") -> None:
    grant_role(
        role=role, unit=story.world.unit(unit), person=story.world.person(word), from_day=SINCE,
        by=story.world.actor("security_admin"), at=story.at,
    )  # fmt: skip


def decided(story: Story) -> Task:
    found = story.round()
    task = story.task(found)
    story.decide(found)
    task.round = found
    return task


def asked(story: Story, task: Task, unit: str = "safety_dept", **more: Any) -> Briefing:
    said = {"items": ["重大隐患", "事故处理"], "due_on": story.day + timedelta(days=3), **more}
    (made,) = ask_briefings(
        task=task, asked={story.world.unit(unit): said.pop("items")}, by=story.office, at=story.at, **said
    )
    made.task = task
    return made


def told(story: Story, briefing: Briefing, word: str = "safety_officer", **more: Any):
    said = {"texts": [SECRET, "无"], "at": story.at, **more}
    return answer_briefing(briefing=briefing, by=story.world.actor(word), **said)


def heard(story: Story, task: Task) -> None:
    """One of everything of the preparation: a briefing that was told with a file, a consultation over it, somebody lent."""
    speaks(story, "safety_officer", "safety_dept")
    one = asked(story, task)
    told(story, one, files=[(BytesIO(SECRET.encode()), "清单.txt")])
    people = [story.world.person(word) for word in ("inspection_officer", "safety_officer")]
    hold_consultation(
        round=task.round, task=task, held_on=story.day, present=people, agreed=SECRET, considered=[one],
        by=story.office, at=story.at,
    )  # fmt: skip
    lend_members(
        round=task.round, people=people[1:], number="1 号", from_day=story.day, to_day=story.day,
        notified_on=story.day, by=story.office, at=story.at,
    )  # fmt: skip
