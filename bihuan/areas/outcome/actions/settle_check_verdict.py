"""处理: what comes of a rectification that the check found not true. The loop's own look-back opens it again, if at all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.outcome.models import CheckVerdict
from bihuan.areas.outcome.policies.checking import may_settle
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Invalid, Stale
from bihuan.org.policies import insist
from bihuan.problems.actions.recheck import recheck
from bihuan.record.actions.append import append


@transaction.atomic
def settle_check_verdict(
    *, verdict: CheckVerdict, reopen: bool, answer: str, by: Actor, at: datetime
) -> CheckVerdict:
    """With `reopen` the look-back is not passed and the problem is rectified anew: the loop says whether this person may."""
    insist(may_settle(verdict, by))
    if not answer.strip():
        raise Invalid("没有写处理情况", "写清怎样核实、怎样办", field="answer")
    values = {"settled_at": at, "settled_by_id": by.person_id, "answer": answer.strip()}
    if not CheckVerdict.objects.filter(pk=verdict.pk, version=verdict.version, settled_at=None).update(
        **values
    ):
        raise Stale()
    made = None
    if reopen:
        text = f"{verdict.visit.body}现场验证不实：{verdict.note}"
        made = recheck(problem=verdict.problem, passed=False, text=text, found="paper_only", by=by, at=at)
        CheckVerdict.objects.filter(pk=verdict.pk).update(recheck=made)
    for name, value in {**values, "recheck": made}.items():
        setattr(verdict, name, value)
    append(
        stream=verdict.visit.stream, kind="outcome.check_settled", by=by, at=at, subject=verdict.problem.number,
        unit_id=verdict.problem.unit_id, data={"number": verdict.problem.number, "reopened": reopen},
    )  # fmt: skip
    return verdict
