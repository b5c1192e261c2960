"""Complaints and clues of the demo group's teams: by every channel, each as far as it would be on its day."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from bihuan.areas.onsite.actions.amend_complaint import amend_complaint
from bihuan.areas.onsite.actions.close_clue import close_clue
from bihuan.areas.onsite.actions.close_complaint import close_complaint
from bihuan.areas.onsite.actions.confirm_clue import confirm_clue
from bihuan.areas.onsite.actions.decide_complaint import decide_complaint
from bihuan.areas.onsite.actions.dispose_clue import dispose_clue
from bihuan.areas.onsite.actions.note_clue import note_clue
from bihuan.areas.onsite.actions.receive_clue import receive_clue
from bihuan.areas.onsite.actions.register_complaint import register_complaint
from bihuan.areas.onsite.actions.report_clue import report_clue
from bihuan.areas.onsite.actions.take_in import take_in
from bihuan.areas.onsite.actions.tell import tell
from bihuan.areas.onsite.actions.transfer_clue import transfer_clue
from bihuan.areas.onsite.models import Clue, Complaint
from bihuan.areas.onsite.reads import door
from bihuan.kernel.moment import CHINA, local_day
from bihuan.org.models import Person
from bihuan.org.reads import people_who

from .letters import CLUE, LETTERS, NEW, RESULT, TOLD
from .staying import Stay

#: on which day of the stay complaints come, are decided and closed
_COMES, _DECIDED, _CLOSED = (1, 2, 2, 3, 4, 5), 6, 12


def complaints(world: Any, stay: Stay) -> None:
    """A stay that is over has all of it closed and its clue with the discipline body; one that goes on is in the middle."""
    over = stay.task.left_on is not None
    made = [_registered(stay, n) for n in range(len(LETTERS))]
    came = _told(stay, TOLD)
    if came:
        made += _taken_in(stay)
    for n, one in enumerate(made if over else made[:4]):
        _decide(stay, one, n)
        if over or n == 0:
            close_complaint(
                complaint=one, result=RESULT[one.disposition], **stay.as_(stay.leader, stay.day(_CLOSED))
            )
    _clue(world, stay, made[0], over)
    if not over:
        _told(stay, NEW)


def _registered(stay: Stay, n: int) -> Complaint:
    channel, topic, rank, subject, summary, way, name = LETTERS[n]
    who, day = stay.members[n % len(stay.members)], stay.day(_COMES[n])
    said = {"summary": summary, "subject": subject, "rank": rank, "topic": topic, "way": way, "name": name}
    return register_complaint(
        task=stay.task, channel=channel, received_on=day, said=said, **stay.as_(who, day, 9)
    )


def _told(stay: Stay, texts: tuple[str, ...]) -> bool:
    """By the public page, on the last day it takes something in; not where that day was before the stay."""
    task = door.task_behind(door.door_code(stay.task.pk))
    if task is None:
        return False
    day = min(task.announcement.accepts_until, local_day(stay.now))
    at = min(datetime.combine(day, time(12), CHINA), stay.now)
    if not door.takes_in(task, day):
        return False
    for text in texts:
        tell(task=task, said={"text": text}, files=[], nonce=f"demo-{task.pk}-{text}", at=at)
    return True


def _taken_in(stay: Stay) -> list[Complaint]:
    day = stay.day(10_000) if stay.task.left_on is None else stay.task.left_on
    who = stay.members[0]
    found = take_in(task=stay.task, registrar=who, **stay.as_(stay.leader, day))
    for one in found:
        said = {
            "summary": "反映检修外委验收走过场。",
            "subject": "机动科负责人",
            "rank": "key",
            "topic": "work",
        }
        amend_complaint(complaint=one, said=said, **stay.as_(who, day, 17))
    return found


def _decide(stay: Stay, one: Complaint, n: int) -> None:
    disposition = ("deep", "unit", "department", "kept")[n % 4]
    forward = {
        "unit": {"to": "党委工作部", "text": "请核查食堂承包费的收支公开情况，一个月内报巡察组。"},
        "department": {"to": "人力资源部", "text": "请按政策答复工龄认定问题。"},
    }.get(disposition, {})
    on = max(stay.day(_DECIDED), one.received_on)
    decide_complaint(
        complaint=one, on=on, disposition=disposition, handler=stay.members[n % len(stay.members)],
        said={"opinion": "按程序办理，承办人一周内报进展。", **forward}, **stay.as_(stay.leader, max(on, local_day(one.registered_at))),
    )  # fmt: skip


def _clue(world: Any, stay: Stay, told: Complaint, over: bool) -> None:
    day = stay.day(_DECIDED + 1)
    who = stay.members[0]
    said = {**CLUE, "source": str(told)}
    clue = note_clue(task=stay.task, said=said, **stay.as_(who, day))
    if not over:
        return
    confirm_clue(clue=clue, said={}, parts=[told], **stay.as_(stay.leader, stay.day(_DECIDED + 2)))
    _handed_on(world, stay, clue)


def _handed_on(world: Any, stay: Stay, clue: Clue) -> None:
    registrar, officer = _holder("inspection.register", stay), _holder("inspection.discipline", stay)
    if registrar is None or officer is None:
        return
    sent = stay.task.left_on or stay.day(_CLOSED)
    transfer_clue(
        clue=clue, body="discipline", document=f"晋岭巡移〔{sent.year}〕{stay.task.pk} 号", on=sent,
        **stay.as_(registrar, sent),
    )  # fmt: skip
    receive_clue(clue=clue, handler=officer, **stay.as_(officer, sent, 17))
    dispose_clue(clue=clue, disposition="verify", **stay.as_(officer, sent, 18))
    if clue.due_on and clue.due_on < local_day(world.at):
        report_clue(clue=clue, result="初步核实，部分属实，给予诫勉。", **stay.as_(officer, clue.due_on))
        close_clue(clue=clue, **stay.as_(registrar, clue.due_on, 18))


def _holder(permission: str, stay: Stay) -> Person | None:
    """Whoever of the group holds it; the same one every time."""
    found = people_who(permission, "/", day=local_day(stay.now)) or _of_root(permission, stay)
    return found[0] if found else None


def _of_root(permission: str, stay: Stay) -> list[Person]:
    return people_who(permission, stay.group.units["JT"].path or "", day=local_day(stay.now))
