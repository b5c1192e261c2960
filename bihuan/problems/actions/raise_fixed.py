"""当场发现、当场改好: a small thing enters the loop and goes straight to a second person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.problems.models import Problem

from .attach import Upload
from .fix_now import fix_now
from .raise_problem import raise_problem


@transaction.atomic
def raise_fixed(
    *,
    by: Actor,
    at: datetime,
    before: Sequence[Upload] = (),
    after: Sequence[Upload] = (),
    fixed_text: str = "",
    **details: Any,
) -> Problem:
    """Register a problem and say in the same breath that it is put right: both, or neither.

    `details` are those of `raise_problem`. Raises what the two steps raise; without a photo of after,
    Refused.
    """
    problem = raise_problem(by=by, at=at, files=before, **details)
    fix_now(problem=problem, by=by, at=at, text=fixed_text, files=after)
    return problem
