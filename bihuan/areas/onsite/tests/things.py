"""A talk, a draft, a name on the list and a request to read, in a task whose team is of the safety department."""

from __future__ import annotations

from datetime import datetime

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.actions.attach_closed import attach_closed
from bihuan.areas.onsite.actions.hold_talk import hold_talk
from bihuan.areas.onsite.actions.list_interviewee import list_interviewee
from bihuan.areas.onsite.actions.note_clue import note_clue
from bihuan.areas.onsite.actions.register_complaint import register_complaint
from bihuan.areas.onsite.actions.write_draft import write_draft
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
    Consent.objects.create(
        task=task,
        kind="talk",
        thing=talk.key,
        label=str(talk),
        reason="了解",
        asked_by=person("leader"),
        asked_at=at,
    )
