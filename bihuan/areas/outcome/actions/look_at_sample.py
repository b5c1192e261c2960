"""What was found of one drawn problem; the loop takes it from there: confirmed, or open again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import Sample
from bihuan.areas.outcome.policies.looking_again import may_look
from bihuan.areas.outcome.words import SAMPLE_VERDICTS
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.problems.actions.recheck import recheck
from bihuan.record.actions.append import append

#: what the loop calls it
FOUND = {"genuine": "", "fake": "paper_only", "relapse": "relapse", "untouched": "incomplete"}


@transaction.atomic
def look_at_sample(
    *, sample: Sample, verdict: str, text: str, standing: Standing, by: Actor, at: datetime
) -> Sample:
    """By a member of the look-back's team who had no part in the problem (the loop asks that). Not genuine means a new
    round of rectification."""
    task = sample.look.task
    insist(may_look(sample, task, standing))
    if verdict not in dict(SAMPLE_VERDICTS):
        raise Refused("没有选结论", "真改、虚假、反弹、未改选一种", field="verdict")
    here = Sample.objects.filter(pk=sample.pk, verdict="")
    if not here.update(verdict=verdict, looked_at=at, looked_by_id=by.person_id):
        raise Stale()
    made = recheck(
        problem=sample.problem, passed=verdict == "genuine", text=text, found=FOUND[verdict], by=by, at=at
    )
    Sample.objects.filter(pk=sample.pk).update(recheck=made)
    sample.verdict, sample.recheck = verdict, made
    append(
        stream=f"outcome-look:{sample.look_id}", kind="outcome.sample_looked_at", by=by, at=at,
        subject=str(task.round), data={"task": task.pk, "numbers": [sample.problem.number], "verdict": verdict},
    )  # fmt: skip
    return sample
