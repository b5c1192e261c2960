"""Take organisations into the scope of a term, or out of it with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import ScopeOrg, Term
from bihuan.areas.inspection.policies import may_plan
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import PartyOrg
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def change_scope(
    *, term: Term, orgs: Iterable[PartyOrg], why: str, by: Actor, at: datetime
) -> tuple[list[int], list[int]]:
    """From today `orgs` are in scope and no others. Returns the ids taken in and out. What leaves keeps its rows:
    a past coverage stays as it was counted."""
    insist(may_plan(by))
    day, wanted = local_day(at), {org.pk for org in orgs}
    rows = {row.org_id: row for row in term.scope.all()}
    out = [pk for pk, row in rows.items() if row.left_on is None and pk not in wanted]
    fresh = sorted(wanted - set(rows))
    again = sorted(pk for pk in wanted if pk in rows and rows[pk].left_on is not None)
    if out and not why.strip():
        raise Refused(f"移出 {len(out)} 个党组织要写原因", "写明撤销、合并或批准的文件", field="why")
    if not (out or fresh or again):
        raise Refused("范围没有变化", "勾上或去掉党组织再保存")
    ScopeOrg.objects.filter(term=term, org__in=out).update(left_on=day, why_left=why.strip())
    ScopeOrg.objects.filter(term=term, org__in=again).update(left_on=None, why_left="")
    ScopeOrg.objects.bulk_create([ScopeOrg(term=term, org_id=pk) for pk in fresh])
    data = {"orgs_in": [*fresh, *again], "orgs_out": out, "why": why.strip()}
    append(stream=term.stream, kind="inspection.scope_changed", by=by, at=at, subject=term.title, data=data)
    return [*fresh, *again], out
