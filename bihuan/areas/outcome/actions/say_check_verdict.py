"""记结论: what the check found of one problem, in its own sheet. The loop is not touched."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.areas.outcome.models import CheckVerdict, CheckVisit
from bihuan.areas.outcome.policies.checking import may_say_verdict
from bihuan.areas.outcome.reads.checking import problem_in
from bihuan.areas.outcome.words import CHECK_VERDICTS
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Invalid, Missing, Stale
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def say_check_verdict(
    *, visit: CheckVisit, number: str, verdict: str, note: str, by: Actor, at: datetime
) -> CheckVerdict:
    """Said again it replaces what was said, until the office has answered."""
    found = problem_in(visit, number)
    if found is None:
        raise Missing()
    problem = found[1]
    known = CheckVerdict.objects.filter(visit=visit, problem=problem).first()
    insist(may_say_verdict(visit, known, by, local_day(at)))
    if verdict not in dict(CHECK_VERDICTS):
        raise Invalid("没有选结论", "属实、部分属实、不实选一种", field="verdict")
    if verdict != "true" and not note.strip():
        raise Invalid("没有写看到的情况", "写清哪里不实", field="note")
    said = {"verdict": verdict, "note": note.strip(), "said_at": at, "said_by_id": by.person_id}
    made = _kept(visit, problem, known, said)
    append(
        stream=visit.stream, kind="outcome.check_verdict", by=by, at=at, subject=problem.number,
        unit_id=problem.unit_id, data={"number": problem.number, "verdict": verdict},
    )  # fmt: skip
    return made


def _kept(visit: CheckVisit, problem, known: CheckVerdict | None, said: dict) -> CheckVerdict:
    if known is None:
        try:
            with transaction.atomic():
                return CheckVerdict.objects.create(visit=visit, problem=problem, **said)
        except IntegrityError:
            raise Stale() from None
    here = CheckVerdict.objects.filter(pk=known.pk, version=known.version, settled_at=None)
    if not here.update(**said, version=known.version + 1):
        raise Stale()
    known.refresh_from_db()
    return known
