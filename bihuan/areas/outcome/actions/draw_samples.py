"""Link a look-back to the earlier task, and draw by lot which of its closed problems are looked at again."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from secrets import token_hex

from django.db import IntegrityError, transaction

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite.access import Standing
from bihuan.areas.outcome.models import LookAgain, Sample
from bihuan.areas.outcome.policies.looking_again import may_draw_samples
from bihuan.areas.outcome.reads.looking_again import earlier_of, pool_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.policies import insist
from bihuan.org.reads import rule_of
from bihuan.problems.policies.lookback import draw, fingerprint
from bihuan.record.actions.append import append

SHARE = "lookback.share"


@transaction.atomic
def draw_samples(
    *, task: Task, earlier: Task, standing: Standing, by: Actor, at: datetime, seed: str = ""
) -> LookAgain:
    """Once a task. The share is that of the round's pinned pack; at least one is drawn."""
    insist(may_draw_samples(task, standing))
    if not earlier_of(task).filter(pk=earlier.pk).exists():
        raise Refused("只能回看同一党组织以前的任务", "从列出的任务里选", field="earlier")
    rows = dict(pool_of(earlier).values_list("number", "pk"))
    if not rows:
        raise Refused("那一次的问题还没有销号的", "有销号的再抽", field="earlier")
    pack = task.round.rule_pack
    share, numbers, seed = int(rule_of(pack, SHARE).value), sorted(rows), seed or token_hex(16)
    won = draw(numbers, seed, max(1, ceil(len(numbers) * share / 100)))
    try:
        with transaction.atomic():
            made = LookAgain.objects.create(
                task=task, earlier=earlier, seed=seed, share=share, rule_pack=pack, pool="\n".join(numbers),
                pool_sha256=fingerprint(numbers), drawn_at=at, drawn_by_id=by.person_id,
            )  # fmt: skip
    except IntegrityError:
        raise Stale("已经抽过", "刷新页面看最新情况") from None
    Sample.objects.bulk_create(
        Sample(look=made, problem_id=rows[number], order=order) for order, number in enumerate(won, 1)
    )
    append(
        stream=f"outcome-look:{made.pk}", seq=1, kind="outcome.samples_drawn", by=by, at=at, subject=str(task.round),
        data={
            "task": task.pk, "earlier": earlier.pk, "seed": seed, "share": share, "drawn": won,
            "pool_size": len(numbers), "pool_sha256": made.pool_sha256,
        },
    )  # fmt: skip
    return made
