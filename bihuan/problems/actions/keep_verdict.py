"""What a person said to a pair that looks alike, so that nobody is asked again."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from bihuan.kernel.actor import Actor
from bihuan.problems.models import Likeness, Problem


def keep_verdict(
    *, problem: Problem, like: Problem, verdict: str, text: str, by: Actor, at: datetime
) -> None:
    """Only within a step of `problem`: its version keeps two people apart. The worker may note the same pair at
    the same moment; then the pair is there, and takes the verdict.
    """
    said = {
        "verdict": verdict,
        "text": text.strip(),
        "decided_at": at,
        "decided_by_id": by.person_id,
        "problem": problem,
        "like": like,
    }
    pair = Likeness.objects.filter(Q(problem=problem, like=like) | Q(problem=like, like=problem))
    if not pair.update(**said):
        Likeness.objects.bulk_create([Likeness(problem=problem, like=like)], ignore_conflicts=True)
        pair.update(**said)
