"""A talk, a draft, a name on the list and a request to read, in a task whose team is of the safety department."""

from __future__ import annotations

from datetime import datetime

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.actions.ask_documents import ask_documents
from bihuan.areas.onsite.actions.attach_closed import attach_closed
from bihuan.areas.onsite.actions.hold_talk import hold_talk
from bihuan.areas.onsite.actions.list_interviewee import list_interviewee
from bihuan.areas.onsite.actions.log_visit import log_visit
from bihuan.areas.onsite.actions.note_clue import note_clue
from bihuan.areas.onsite.actions.register_complaint import register_complaint
from bihuan.areas.onsite.actions.send_ask import send_ask
from bihuan.areas.onsite.actions.write_day import write_day
from bihuan.areas.onsite.actions.write_draft import write_draft
from bihuan.areas.onsite.actions.write_midterm import write_midterm
from bihuan.areas.onsite.actions.write_notice import ItemDraft, write_notice
from bihuan.areas.onsite.models import Consent
from bihuan.areas.onsite.reads import standing_of
from bihuan.org.tests.world import World

from .story import DRAFT, SAID, SECRET

COMPLAINT = {"summary": SECRET, "rank": "leaders", "topic": "integrity"}
CLUE = {"subject": "厂长", "summary": SECRET, "severity": "serious"}


def onsite_things(world: World, task: Task, at: datetime) -> None:
    """By its member, with its leader."""
    actor = world.actor("second_officer")
    hands = {"standing": standing_of(task, actor, world.day), "by": actor, "at": at}
    person = world.person
    talk = hold_talk(
        task=task, on=task.entered_on, said=SAID, lead=person("second_officer"), second=person("safety_officer"),
        **hands,
    )  # fmt: skip
    attach_closed(thing=talk, content=b"x", name="a.txt", **hands)
    write_draft(task=task, focus=task.framework.items.first(), said=DRAFT, **hands)
    register_complaint(task=task, channel="letter", received_on=world.day, said=COMPLAINT, **hands)
    note_clue(task=task, said=CLUE, **hands)
    list_interviewee(task=task, person=person("unit_head"), why="领导班子成员", **hands)
    _daily_work(world, task, at, hands)
    Consent.objects.create(
        task=task,
        kind="talk",
        thing=talk.key,
        label=str(talk),
        reason="了解",
        asked_by=person("leader"),
        asked_at=at,
    )


def _daily_work(world: World, task: Task, at: datetime, hands: dict) -> None:
    """A document, help that was asked, a notice, a visit, a report, a log."""
    ask_documents(task=task, items=[SECRET], due_on=world.day, **hands)
    unit, dept = world.unit("hot_mill"), world.unit("safety_dept")
    send_ask(task=task, kind="data", to=dept, ask=SECRET, due_on=world.day, **hands)
    write_notice(task=task, unit=unit, due_on=world.day, items=[ItemDraft(SECRET, "改")], **hands)
    log_visit(
        task=task, on=task.entered_on, method="walk", place="车间", members=[world.person("second_officer")],
        seen=SECRET, **hands,
    )  # fmt: skip
    write_midterm(task=task, text=SECRET, **hands)
    write_day(task=task, day=task.entered_on, text=SECRET, **hands)
