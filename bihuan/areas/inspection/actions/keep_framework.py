"""Keep a set of focus items: 四个落实, or the aspects of a special inspection."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Focus, Framework
from bihuan.areas.inspection.policies import may_plan
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def keep_framework(
    *, title: str, items: Sequence[str], special: bool, by: Actor, at: datetime, source: str = ""
) -> Framework:
    """`items` in their order, without empty ones. A title is used once: another wording gets another title."""
    insist(may_plan(by))
    named = [item.strip() for item in items if item.strip()]
    if not title.strip() or not named:
        raise Refused("要有名称和至少一条重点", "一行写一条", field="items")
    if Framework.objects.filter(title=title.strip()).exists():
        raise Refused(f"“{title.strip()}”已经有了", "换一个名称，如加上年份", field="title")
    kept = Framework.objects.create(title=title.strip(), special=special, source=source.strip())
    Focus.objects.bulk_create([Focus(framework=kept, order=n, title=item) for n, item in enumerate(named, 1)])
    append(
        stream=f"inspection-framework:{kept.pk}",
        seq=1,
        kind="inspection.framework_kept",
        by=by,
        at=at,
        subject=kept.title,
        data={"special": special, "items": named},
    )
    return kept
