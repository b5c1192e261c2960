"""Hand a clue over to a body of supervision, with what goes with it, under a document."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.access import Standing
from bihuan.areas.onsite.advance import advance
from bihuan.areas.onsite.models import Clue, Handed
from bihuan.areas.onsite.policies import clue_verdict
from bihuan.areas.onsite.reads.due import feedback_rule
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.reads import work_calendar
from bihuan.record.closed import opened


@transaction.atomic
def transfer_clue(
    *, clue: Clue, body: str, document: str, on: date, standing: Standing, by: Actor, at: datetime
) -> Clue:
    """By the registrar of the office. The day a report is due follows from the round's own rule pack, for good."""
    may = clue_verdict("transfer", clue, standing)
    if body not in dict(words.BODIES):
        raise Refused("要选移交给谁", "纪检机构或组织部门", field="body")
    if not document.strip():
        raise Refused("要写移交文号", "如：晋岭巡移〔2026〕1 号", field="document")
    if on > local_day(at) or (clue.confirmed_at and on < local_day(clue.confirmed_at)):
        raise Refused("移交日期在核定以前或今天以后", "核对日期", field="on")
    rule = feedback_rule(clue.task)
    due = rule.due_rule().due(on, work_calendar())
    changes = {
        "body": body, "document": document.strip(), "transferred_on": on, "transferred_by_id": by.person_id,
        "due_on": due,
    }  # fmt: skip
    data = {"body": body, "document": document.strip(), "due_on": due.isoformat(), "rule": rule.key}
    advance(states.CLUE["transfer"], clue, may, by=by, at=at, changes=changes, data=data)
    handed = [("clue", str(clue.key)), *((one["kind"], one["key"]) for one in opened(clue).get("parts", []))]
    for kind, key in handed:
        Handed.objects.get_or_create(
            kind=kind, thing=key, body=body,
            defaults={"task": clue.task, "handed_at": at, "handed_by_id": by.person_id},
        )  # fmt: skip
    return clue
